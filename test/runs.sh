#!/usr/bin/env bash
# Simulations one after the other in one process do what they do in a process each.
# Usage: runs.sh PROGRAM
set -euo pipefail
program=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

deliveries=(Immediate Backlog Scheduled Immediate)
"$program" "${deliveries[@]}" >"$work/one-process"
for delivery in "${deliveries[@]}"; do
    "$program" "$delivery"
done >"$work/own-processes"

if ! grep -q 'rxErrors=[1-9]' "$work/one-process"; then
    echo "expected the runs to lose packets, so that random numbers matter; they lost none"
    exit 1
fi
if ! diff -u "$work/own-processes" "$work/one-process"; then
    echo "expected the same from one process as from four"
    exit 1
fi
echo "$(wc -l <"$work/one-process") lines the same from one process and from four"

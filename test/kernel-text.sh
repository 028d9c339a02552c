#!/usr/bin/env bash
# A new lo is printed as iproute2 and the running kernel print theirs, in a network namespace that
# is made for it. Usage: kernel-text.sh PROGRAM
set -euo pipefail
program=$1
namespace=loopback-text-$$
if ! command -v ip >/dev/null || ! ip netns add "$namespace" 2>/dev/null; then
    echo "skipped: no network namespace can be made here; that takes root and iproute2"
    exit 77
fi
work=$(mktemp -d)
trap 'ip netns del "$namespace"; rm -rf "$work"' EXIT

status=0
compare() {
    if ! diff -u "$work/kernel" "$work/simulated"; then
        echo "$1: expected what the kernel's lo prints"
        status=1
    fi
}
# Linux's MTU does not fit ns-3's uint16_t.
own_mtu() {
    sed -E 's/(mtu |"mtu":)65535/\165536/' >"$work/simulated"
}
ip -n "$namespace" link set lo up
for state in up down; do
    ip -n "$namespace" link set lo $state
    ip -n "$namespace" -s link show lo >"$work/kernel"
    "$program" text $state | own_mtu
    compare "ip -s link show, lo $state"
    ip -n "$namespace" -s -j link show lo >"$work/kernel"
    "$program" json $state | own_mtu
    compare "ip -s -j link show, lo $state"
    ip netns exec "$namespace" cat /proc/net/dev >"$work/kernel"
    "$program" proc $state >"$work/simulated"
    compare "/proc/net/dev, lo $state"
done
[ $status -ne 0 ] || echo "the same as $(ip -V) and Linux $(uname -r), in 6 forms"
exit $status

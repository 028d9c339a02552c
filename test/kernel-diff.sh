#!/usr/bin/env bash
# The same workloads on the running kernel's lo, in a network namespace that is made for it, and in
# the simulator: what became of them, the counters and the frames. Usage: kernel-diff.sh PROGRAM
set -euo pipefail
command -v python3 >/dev/null || {
    echo "skipped: there is no python3; install python3"
    exit 77
}
exec python3 -B "$(dirname "$0")/kernel-diff/run.py" "$@"

#!/usr/bin/env bash
# The same workloads on the running kernel's lo, in a network namespace that is made for it, and in
# the simulator: what became of them, the counters and the frames. Usage: kernel-diff.sh PROGRAM
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"
need python3
PYTHONPATH=$(dirname "$0") python3 -B "$(dirname "$0")/kernel-diff/run.py" "$@"

#!/usr/bin/env bash
# Run the same workloads on the running kernel's lo, in a new network namespace, and in the
# simulator; compare outcomes, counters and frames. Usage: kernel-diff.sh PROGRAM
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"
need python3
PYTHONPATH=$(dirname "$0") python3 -B "$(dirname "$0")/kernel-diff/run.py" "$@"

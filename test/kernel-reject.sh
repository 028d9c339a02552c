#!/usr/bin/env bash
# Send the same packets into `unreachable`, `prohibit` and `blackhole` routes of the running kernel,
# with a sender, a router and a third host in new network namespaces, and into the simulator's
# routes; compare the answers, byte for byte. Usage: kernel-reject.sh PROGRAM
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"
need python3
PYTHONPATH=$(dirname "$0") python3 -B "$(dirname "$0")/kernel-reject/run.py" "$@"

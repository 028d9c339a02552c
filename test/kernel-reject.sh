#!/usr/bin/env bash
# The same packets into a route of the running kernel that is `unreachable`, `prohibit` or
# `blackhole`, with a sender, a router and a third host in network namespaces that are made for it,
# and into the simulator's routes: the answers, byte for byte. Usage: kernel-reject.sh PROGRAM
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"
need python3
PYTHONPATH=$(dirname "$0") python3 -B "$(dirname "$0")/kernel-reject/run.py" "$@"

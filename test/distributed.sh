#!/usr/bin/env bash
# Run lo-distributed on one, two and four MPI ranks, with both of ns-3's parallel simulators.
# Tables and captures must equal those of ns-3's default simulator, byte for byte. An error
# must end all ranks, with one line.
#
# Usage: distributed.sh BINDIR [PATTERN]
#   BINDIR   directory of the program
#   PATTERN  its file name, such as ns3.37-%s-default, where %s is the program; by default %s
#
# The exit status is 0 on success, 1 on failure, and 77 if there is no MPI.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"

program=$(find_program lo-distributed "${@:?usage: distributed.sh BINDIR [PATTERN]}")

need mpirun "$program"

# Allow root, and more ranks than processors, which then yield while idle.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_mpi_yield_when_idle=1

cd "$dir"

# on RANKS [OPTION]...: run lo-distributed, with its output in out and err and its status in status.
on() {
    attempt mpirun -np "$1" "$program" "${@:2}"
    ran="$1 ranks, lo-distributed ${*:2}"
}

# same SETTING [OPTION]...: expect results that do not depend on the ranks.
same() {
    local setting=$1 ranks simulator
    shift
    mkdir -p "$setting/one"
    "$program" "$@" --pcap "$setting/one" >"$setting/one/table" ||
        fail "lo-distributed $*: expected all requests to be answered"
    grep -q '^ *0 *[1-9]' "$setting/one/table" || fail "lo-distributed $*: expected traffic on lo"
    for simulator in Distributed NullMessage; do
        for ranks in 1 2 4; do
            local files=$setting/$simulator-$ranks
            mkdir "$files"
            on $ranks "$@" --pcap "$files" \
                --SimulatorImplementationType=ns3::${simulator}SimulatorImpl
            mv out "$files/table"
            is "the exit status (stderr: $(head -5 err))" 0 $status
            is 'what differs from one process' '' "$(diff -r "$setting/one" "$files" | head -5)"
        done
    done
}

# says TEXT: expect all ranks to have ended, and one line of ours to contain the text.
says() {
    passed=$((passed + 1))
    case $status in
        0 | 124) fail "expected it to fail, got exit status $status" ;;
    esac
    grep '^lo-distributed: ' err >lines || true
    if [ "$(wc -l <lines)" -ne 1 ] || ! grep -qF -- "$1" lines; then
        fail "expected one line with '$1', got: $(head -5 err)"
    fi
    [ ! -s out ] || fail "expected nothing on standard output"
}

# refuses RANKS TEXT [OPTION]...: expect an error on that many ranks.
refuses() {
    on "$1" "${@:3}"
    says "$2"
}

same even --nodes 8 --requests 20
same uneven --nodes 5 --requests 20 --delay 300us --ns3::LoNetDevice::Delivery=Backlog
same delayed --nodes 4 --requests 40 --netem 'delay 1ms 1ms distribution normal duplicate 1%'

on 2 --nodes 8 --requests 20 --RngRun=2 --netem 'loss 10%'
is 'the exit status if requests are not answered' 1 $status
on 2 --nodes 4 --requests 4
is 'lines of ranks' 2 "$(grep -c '^rank [01]: [0-9]* events' err)"
refuses 4 '--nodes: 3 is less than the 4 ranks' --nodes 3
refuses 4 "cannot write 'none/lo-0.pcap'" --pcap none
refuses 2 '--delay' --delay=-1s
refuses 1 '--requests: cannot be' --requests 1000000 --interval 24h # more than ns-3's time
refuses 2 'netem' --netem banana

# An error on one rank alone.
mkdir -p partly/lo-6.pcap
refuses 4 "cannot write 'partly/lo-6.pcap'" --pcap partly
# As on four machines, one of which lacks the folder.
mkdir -p machine-{0,1,2,3} machine-{0,1,3}/captures
# shellcheck disable=SC2016 # for the shell of the rank
attempt mpirun -np 4 sh -c 'cd machine-$OMPI_COMM_WORLD_RANK && exec "$@"' - \
    "$program" --pcap captures
ran='4 ranks, one without a folder'
says "cannot write 'captures/lo-4.pcap'"

finish

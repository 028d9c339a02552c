#!/usr/bin/env bash
# Runs lo-distributed on one, two and four of MPI's ranks, with both of ns-3's parallel simulators:
# tables, captures and traces have to be those of ns-3's own simulator, to the byte. And what can
# not be has to end all ranks, with one line.
#
# Usage: distributed.sh BINDIR [PATTERN]
#   BINDIR   directory of the program
#   PATTERN  its file name, where %s is the name, as ns3.37-%s-default; %s unless given
#
# The exit status is 0 if all is well, 1 if not, and 77 if there is no MPI.
set -euo pipefail

bindir=$(realpath "${1:?usage: distributed.sh BINDIR [PATTERN]}")
# shellcheck disable=SC2059
program=$bindir/$(printf "${2:-%s}" lo-distributed)

for needed in mpirun "$program"; do
    if ! command -v "$needed" >/dev/null; then
        echo "skipped: no $needed"
        exit 77
    fi
done

# More ranks than processors, as root, and no more threads than that.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_mpi_yield_when_idle=1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

checks=0
failed=0
fail() {
    failed=$((failed + 1))
    echo "FAILED: $*"
}

# on RANKS [OPTION]...: leaves what lo-distributed prints in out and err, and its exit status.
on() {
    local ranks=$1
    shift
    status=0
    timeout 300 mpirun -np "$ranks" "$program" "$@" >out 2>err || status=$?
    ran="$ranks ranks, lo-distributed $*"
}

# same SETTING [OPTION]...: the results do not depend on the ranks.
same() {
    local setting=$1 ranks simulator
    shift
    mkdir -p "$setting/one"
    "$program" "$@" --pcap "$setting/one" --ascii "$setting/one" >"$setting/one/table" ||
        fail "lo-distributed $*: expected all requests to be answered"
    grep -q '^ *0 *[1-9]' "$setting/one/table" || fail "lo-distributed $*: expected traffic on lo"
    for simulator in Distributed NullMessage; do
        for ranks in 1 2 4; do
            local files=$setting/$simulator-$ranks
            mkdir "$files"
            on $ranks "$@" --simulator $simulator --pcap "$files" --ascii "$files"
            mv out "$files/table"
            checks=$((checks + 1))
            [ $status -eq 0 ] || fail "$ran: expected exit status 0, got $status: $(head -5 err)"
            diff -r "$setting/one" "$files" >difference ||
                fail "$ran: expected what one process gives: $(head -5 difference)"
        done
    done
}

# refuses RANKS TEXT [OPTION]...: all ranks end, and one line of ours has the text.
refuses() {
    local text=$2
    on "$1" "${@:3}"
    checks=$((checks + 1))
    case $status in
        0 | 124) fail "$ran: expected it to fail, got exit status $status" ;;
    esac
    grep '^lo-distributed: ' err >lines || true
    if [ "$(wc -l <lines)" -ne 1 ] || ! grep -qF -- "$text" lines; then
        fail "$ran: expected one line with '$text', got: $(head -5 err)"
    fi
    [ ! -s out ] || fail "$ran: expected nothing on standard output"
}

same even --nodes 8 --requests 20
same uneven --nodes 5 --requests 20 --delay 300us --ns3::LoNetDevice::Delivery=Backlog
same lossy --nodes 4 --requests 40 --services 2 --impaired --ns3::LinkImpairment::Loss=0.01 \
    --ns3::LinkImpairment::Delay='ns3::ConstantRandomVariable[Constant=0.001]'

on 2 --nodes 8 --requests 20 --RngRun=2
! cmp -s out even/one/table || fail "$ran: expected other results from other random numbers"
on 2 --nodes 4 --requests 4 --timing
[ "$(grep -c '^ *[01] *2 ' err)" -eq 2 ] || fail "$ran: expected a line for each of two ranks"
on 2 --help
[ "$(grep -c '^Usage:' out)" -eq 1 ] || fail "$ran: expected the help once"

refuses 4 '--nodes: 3 is less than the 4 ranks' --nodes 3
refuses 2 "--simulator: 'Fast' is not one of" --simulator Fast
refuses 2 '--simulator: Default is for one rank' --simulator Default
refuses 2 'say --simulator instead' \
    --SimulatorImplementationType=ns3::NullMessageSimulatorImpl
refuses 4 "can not open 'none/lo-0.pcap'" --pcap none
refuses 2 '--delay' --delay -1s
refuses 2 'ReceiveErrorModel: all hosts would share it' \
    --ns3::LoNetDevice::ReceiveErrorModel=ns3::RateErrorModel
refuses 2 'LinkImpairment::Delay: all hosts would share it' --impaired \
    --ns3::LinkImpairment::Delay='ns3::ExponentialRandomVariable[Mean=0.001]'
# On some of the ranks alone.
refuses 4 'Interval: it drew -' \
    --ns3::RequestSource::Interval='ns3::UniformRandomVariable[Min=-0.1|Max=1]' --requests 40
mkdir -p partly/lo-6.tr
refuses 4 "can not open 'partly/lo-6.tr'" --ascii partly
# In mid-run, where each rank may say so before it is ended.
endless='--ns3::LinkImpairment::Delay=ns3::ConstantRandomVariable[Constant=1e300]'
refuses 1 'the Delay drawn is 1e+300 s' --impaired "$endless"
on 2 --impaired "$endless"
checks=$((checks + 1))
if [ $status -eq 0 ] || [ $status -eq 124 ] ||
    ! grep -q '^lo-distributed: ns-3 can not go on: .*the Delay drawn is 1e+300 s' err; then
    fail "$ran: expected it to fail and say why, got exit status $status and: $(head -5 err)"
fi
refuses 2 'SndBufSize' --ns3::TcpSocket::SndBufSize=1000

echo "$checks checks, $failed failures"
[ $failed -eq 0 ]

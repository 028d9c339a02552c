#!/usr/bin/env bash
# Runs lo-impaired, and checks what it prints, writes and refuses. Usage: see common.sh
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"

# impaired EXPRESSION: the value of a Python expression of lo.csv and out, as lo-impaired wrote them.
impaired()
{
    python3 -c '
import csv, math, sys

def nanoseconds(text):
    return int(text.replace(".", ""))

rows = {}
for row in csv.DictReader(open("lo.csv")):
    rows.setdefault(row["run"], []).append(row)
added = {run: sorted({nanoseconds(row["response_s"]) - nanoseconds(row["service_s"])
                      for row in those if row["outcome"] == "answered"})
         for run, those in rows.items()}
outcomes = {run: {row["outcome"] for row in those} for run, those in rows.items()}
def percentiles(those):
    times = sorted(nanoseconds(row["response_s"]) for row in those if row["outcome"] == "answered")
    ranks = [math.ceil(len(times) * permille / 1000) for permille in (500, 900, 990, 999, 1000)]
    late = 100 * sum(time >= 200000000 for time in times) / len(times)
    return ["%.3f" % (times[rank - 1] / 1e6) for rank in ranks] + ["%.3f" % late]
table = {}
for line in open("out").read().split("\n\n")[0].splitlines()[1:]:
    *label, p50, p90, p99, p999, most, late, percent = line.split()
    table[" ".join(label)] = [p50, p90, p99, p999, most, late]
print(eval(sys.argv[1]))' "$1"
}

check_impaired()
{
    # Each message crosses lo once, and ns-3's TCP sends it a nanosecond after it is asked to.
    for chain in '1 32' '4 32' '7 100'; do
        for delivery in Immediate Scheduled Backlog; do
            local crossings=$((2 * ${chain% *}))
            run lo-impaired --services "${chain% *}" --connections "${chain#* }" --requests 500 \
                --delay 1.5ms --loss 0 --delivery $delivery --responses lo.csv --quiet
            gives 0
            is 'what lo adds to the service time, in ns' \
                "{'lo as it is': [$crossings], 'impaired: loss 0 %': [$((crossings * 1500001))]}" \
                "$(impaired added)"
            is 'stderr' '' "$(cat err)"
        done
    done
    run lo-impaired --dest ::1 --loss 0.1%,1% --requests 3000 --responses lo.csv --quiet
    gives 0
    is 'the outcomes' "[{'answered'}, {'answered'}, {'answered'}]" \
        "$(impaired 'list(outcomes.values())')"
    is 'requests in the CSV' '[3000, 3000, 3000]' \
        "$(impaired '[len(those) for those in rows.values()]')"
    is 'whether the percentiles in the table are those of the CSV' True \
        "$(impaired '{run: percentiles(those) for run, those in rows.items()} == table')"
    # A request crosses lo 8 times: 1 - 0.99^8 = 7.7 % lose a segment, give or take 3 sigma.
    is 'whether a lost segment costs a retransmission timeout' True \
        "$(impaired '6.2 < float(table["impaired: loss 1 %"][5]) < 9.2')"
    is 'whether nobody waits for seconds' True \
        "$(impaired 'float(table["impaired: loss 1 %"][4]) < 2000')"
    cp out first
    cp lo.csv first.csv
    run lo-impaired --dest ::1 --loss 0.1%,1% --requests 3000 --responses lo.csv --quiet
    same first out
    same first.csv lo.csv
    run lo-impaired --dest ::1 --loss 0.1%,1% --requests 3000 --quiet --RngRun=2
    gives 0
    is 'whether another run has other results' 1 "$(cmp -s first out; echo $?)"
    # What takes longer than a retransmission timeout is acknowledged before.
    run lo-impaired --service-time 300ms --requests 50 --loss 0 --pcap lo.pcap --quiet
    gives 0
    is 'retransmissions without loss' 0 \
        "$(tshark -r lo.pcap -Y tcp.analysis.retransmission 2>/dev/null | wc -l)"
    check_impaired_accounts
    check_impaired_options
    check_impaired_files
}

# Every request is accounted for, also if lo loses all, or connections are given up.
check_impaired_accounts()
{
    for loss in '--loss 100%' '--loss 60% --ns3::TcpSocket::DataRetries=2'; do
        # shellcheck disable=SC2086
        run lo-impaired $loss --requests 1000 --responses lo.csv --quiet
        gives 1
        is 'requests sent, answered, failed and unanswered' \
            "$(tail -n +2 lo.csv | grep '^impaired' | cut -d, -f4 | python3 -c '
import sys
ends = sys.stdin.read().split()
print(len(ends), *map(ends.count, ("answered", "failed", "unanswered")))')" \
            "$(awk '/^requests/ { requests = 1 } requests && /^impaired/ {
                print $(NF - 3), $(NF - 2), $(NF - 1), $NF; exit }' out)"
        is 'whether some failed' True "$(impaired '"failed" in list(outcomes.values())[1]')"
    done
    # Here each connection can be established, so what fails was given up on one.
    run lo-impaired --loss 40% --ns3::TcpSocket::DataRetries=1 --ns3::TcpSocket::ConnCount=30 \
        --connections 8 --requests 200 --responses lo.csv --quiet
    gives 1
    is 'whether some were given up' True "$(impaired '"failed" in list(outcomes.values())[1]')"
    for attribute in Duplicate=0.2 Reorder=0.3 Rate=20Mbps LossModel=GilbertElliott; do
        run lo-impaired --ns3::LinkImpairment::$attribute --requests 500 --quiet
        gives 0
    done
    run lo-impaired --requests 500 --mtu 1500 --response-size 60000 --quiet
    gives 0
}

check_impaired_options()
{
    for option in delay jitter; do
        for time in -1s x 25h 0x; do
            refuses "--$option: '$time'" lo-impaired --$option $time
        done
        refuses "--$option: --ns3::LinkImpairment::Delay is given too" lo-impaired --$option 1ms \
            '--ns3::LinkImpairment::Delay=ns3::ConstantRandomVariable[Constant=0.001]'
    done
    for loss in -1 1.1 101% x 1e-3 % . 1%%; do
        refuses "--loss: '$loss'" lo-impaired --loss $loss
    done
    refuses "--loss: ''" lo-impaired --loss 0.1,
    refuses '--connections: a host has ports for 16384' lo-impaired --services 33 --connections 497
    refuses 'more than 8' lo-impaired --loss 0,0,0,0,0,0,0,0,0
    refuses '--ns3::LinkImpairment::Loss is given too' lo-impaired --loss 0 \
        --ns3::LinkImpairment::Loss=0
    refuses '--ns3::LinkImpairment::LossModel is given too' lo-impaired --loss 0 \
        --ns3::LinkImpairment::LossModel=FourState
    refuses '--ns3::LinkImpairment::Corrupt' lo-impaired --ns3::LinkImpairment::Corrupt=0.01
    refuses '--ns3::LoNetDevice::Impairment' lo-impaired \
        --ns3::LoNetDevice::Impairment=ns3::LinkImpairment
    refuses '--ns3::RequestSource::ServiceTime is given too' lo-impaired --service-time 1ms \
        '--ns3::RequestSource::ServiceTime=ns3::ConstantRandomVariable[Constant=0.001]'
    refuses '--ns3::RequestSource::Interval: it drew -1' lo-impaired \
        '--ns3::RequestSource::Interval=ns3::ConstantRandomVariable[Constant=-1]'
    refuses 'ns-3 can not go on: aborted. cond=' lo-impaired --quiet \
        '--ns3::LinkImpairment::Delay=ns3::ConstantRandomVariable[Constant=1e300]'
    refuses '--ns3::TcpSocket::SndBufSize' lo-impaired --ns3::TcpSocket::SndBufSize=1000
    for option in services connections requests request-size response-size; do
        for number in 0 -1 x 10000000; do
            refuses "--$option: '$number'" lo-impaired --$option $number
        done
    done
}

check_impaired_files()
{
    run lo-impaired --requests 100 --loss 0.1,0.2 --quiet --pcap lo.pcap --json lo.json --plot lo
    gives 0
    is 'packets in the capture' "$(json lo.json 'link["stats64"]["rx"]["packets"]')" \
        "$(tshark -r lo.pcap 2>/dev/null | wc -l)"
    is 'packets lost' "$(json lo.json 'link["stats64"]["tx"]["dropped"]')" \
        "$(sed -n 's/.* lost=\([0-9]*\) .*/\1/p' out | tail -1)"
    is 'curves in the plot' 3 "$(grep '^plot' lo.plt | grep -o title | wc -l)"
    prints 'set output "lo.png"' lo.plt
    for option in pcap json; do
        refuses /dev/full lo-impaired --requests 1 --quiet --$option /dev/full
        refuses "can not write 'none/file'" lo-impaired --$option none/file
    done
    refuses "can not open '.'" lo-impaired --quiet --pcap .
    is 'what it printed before it said so' '' "$(cat out)"
    for option in responses plot; do
        refuses "can not write 'none/file" lo-impaired --$option none/file
    done
    refuses "can not write '.': it is not a regular file" lo-impaired --responses .
    refuses '--plot' lo-impaired --plot 'a"b'
    echo keep >lo.csv
    status=0
    (
        trap '' XFSZ
        ulimit -f 1
        "$(program lo-impaired)" --requests 100 --quiet --responses lo.csv >/dev/null 2>err
    ) || status=$?
    ran='lo-impaired --responses with a file size limit'
    gives 1
    prints "can not write 'lo.csv': File too large" err
    is 'lo.csv' keep "$(cat lo.csv)"
    is 'files left behind' lo.csv "$(echo lo.csv*)"
}

# AddressSanitizer wants all of the address space.
check_memory()
{
    grep -qa __asan_init "$(program lo-impaired)" && return
    status=0
    (
        ulimit -v 100000
        "$(program lo-impaired)" --requests 1000000 --quiet >out 2>err
    ) || status=$?
    ran='lo-impaired with 100 MB of address space'
    gives 1
    is 'stderr' 'lo-impaired: there is not enough memory for as much as the options ask for' \
        "$(cat err)"
}

check_options
check_impaired
check_memory
finish

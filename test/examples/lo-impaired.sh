#!/usr/bin/env bash
# Run lo-impaired, and check what it prints, writes and refuses. Usage: see common.sh
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"

# impaired EXPRESSION: print a Python expression of lo.csv and of the table in out.
impaired()
{
    python3 -c '
import csv, sys
times = {}
for row in csv.DictReader(open("lo.csv")):
    times.setdefault(row["run"], []).append(float(row["response_ms"]))
for those in times.values():
    those.sort()
table = {}
for line in open("out").read().split("\n\n")[0].splitlines()[1:]:
    words = line.split()
    table[" ".join(words[:-8])] = [float(word) for word in words[-8:] if word != "%"]
def percentiles(those):
    ranks = [-(-len(those) * permille // 1000) for permille in (500, 900, 990, 999, 1000)]
    return [round(those[rank - 1], 3) for rank in ranks]
print(eval(sys.argv[1]))' "$1"
}

check_impaired()
{
    for chain in '1 32' '4 32' '7 100'; do
        run 0 --services "${chain% *}" --connections "${chain#* }" --requests 500 \
            --netem 'delay 1.5ms' --plot lo
        # Each message crosses lo once.
        is 'whether the median grows by the delays' True "$(impaired '
abs(table["delay 1.5ms"][0] - table["lo as it is"][0] - 3 * '"${chain% *}"') < 1')"
        is 'stderr' '' "$(cat err)"
    done
    run 0 --dest ::1 --netem 'delay 1ms loss 0.1%; delay 1ms loss 1%' --requests 3000 \
        --plot lo --pcap lo.pcap --pcapng lo.pcapng --json lo.json
    is 'responses in the CSV' '[3000, 3000, 3000]' \
        "$(impaired '[len(those) for those in times.values()]')"
    is 'whether the percentiles in the table are those of the CSV' True "$(impaired '
all(abs(a - b) < 0.001 * b + 0.0011 for run in table for a, b in zip(percentiles(times[run]), table[run]))')"
    # A request crosses lo 8 times: 1 - 0.99^8 = 7.7 % lose a segment, give or take 3 sigma.
    is 'whether a lost segment costs a retransmission timeout' True \
        "$(impaired '6.2 < table["delay 1ms loss 1%"][5] < 9.2')"
    is 'whether none takes seconds' True "$(impaired 'table["delay 1ms loss 1%"][4] < 2000')"
    is 'packets in the capture of the last run' \
        "$(json lo.json 'link["stats64"]["rx"]["packets"]')" "$(count lo.pcap frame)"
    is_complete lo.pcapng lo.json 'QDISC_DROP, Netem loss'
    plots lo
    is 'curves' 3 "$(grep -o ' title ' <(tail -n 1 lo.plt) | wc -l)"
    cp out first
    cp lo.csv first.csv
    run 0 --dest ::1 --netem 'delay 1ms loss 0.1%; delay 1ms loss 1%' --requests 3000 \
        --plot lo
    is_same first out
    is_same first.csv lo.csv
    run 0 --netem 'delay 1ms duplicate 20% reorder 30%' --requests 500 --response-size 60000
    # Requests longer than a retransmission timeout are acknowledged before it.
    run 0 --service-time 300ms --requests 50 --netem 'delay 1ms' --pcap lo.pcap
    is 'retransmissions without loss' 0 "$(count lo.pcap tcp.analysis.retransmission)"
    run 0 --netem $'delay 1ms\nreorder 30%' --requests 100 --plot lo
    plots lo
    run 1 --netem 'loss 100%' --requests 100 --plot lo
    is 'the row of a run without answers' '0.0 0.0' \
        "$(impaired '"%s %s" % tuple(table["loss 100%"][5:7])')"
    plots lo
    local unanswered='lo-impaired: not all requests were answered within 24 h of simulated time; use a shorter --interval, or less loss'
    is 'stderr without answers' "$unanswered" "$(cat err)"
    run 1 --interval 24h --requests 100
    is 'stderr of a run that is too long' "$unanswered" "$(cat err)"
}

check_impaired_options()
{
    refuses '--netem: ' --netem 'delay 1ms; foo'
    refuses '--netem: corrupt cannot be used with TCP' --netem 'delay 1ms; corrupt 1%'
    refuses "--services: cannot be '0'" --services 0
    refuses "--connections: cannot be '101'" --connections 101
    refuses "--requests: cannot be '1000001'" --requests 1000001
    refuses "--interval: cannot be '0'" --interval 0
    refuses "--service-time: cannot be '-1s'" --service-time=-1s
    refuses_files --plot --pcap --pcapng --json
}

check_options
check_impaired
check_impaired_options
finish

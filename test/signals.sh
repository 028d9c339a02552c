#!/usr/bin/env bash
# A signal ends an example's simulation. The example then prints its results so far, closes its
# files and ends by the signal.
# Usage: signals.sh PROGRAM BINDIR
#   PROGRAM  stop-on-signal
#   BINDIR   directory of the example programs
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"
program=$(realpath "$1")
bindir=$(realpath "$2")
need capinfos python3 tshark
cd "$dir"

# grown FILE SIZE: wait until the file has that size, or the process $pid has ended.
grown() {
    while kill -0 $pid 2>/dev/null && [ "$(stat -c %s "$1" 2>/dev/null || echo -1)" -lt "$2" ]; do
        sleep 0.02
    done
}

# ends STATUS: expect the process $pid to end with that status.
ends() {
    local status=0
    { wait $pid || status=$?; } 2>/dev/null
    is 'exit status' "$1" $status
}

# whole FILE: expect a CSV to end with a whole line, and each line to have as many columns.
whole() {
    is "the columns of $1" "$(head -1 "$1" | tr -dc , | wc -c)" \
        "$(tr -dc ',\n' <"$1" | awk '{ print length }' | sort -u | xargs)"
    is "the end of $1" 1 "$(tail -c 1 "$1" | wc -l)"
}

# interrupted SIGNAL NAME ARGUMENT...: interrupt a run; its capture must match its counters.
interrupted() {
    local signal=$1 name=$2
    shift 2
    rm -f lo*
    ran="SIG$signal to $name"
    # A shell makes background processes ignore SIGINT.
    env --default-signal=INT,TERM "$bindir/$name" "$@" --pcap lo.pcap --json lo.json >out 2>err &
    pid=$!
    grown lo.pcap 50000
    kill "-$signal" $pid
    ends $((128 + $(kill -l "$signal")))
    is 'stderr' "$name: $([ "$signal" = INT ] && echo Interrupt || echo Terminated): the results are \
of the time until then" "$(cat err)"
    is 'packets in the capture' "$(python3 -c '
import json
print(json.load(open("lo.json"))[0]["stats64"]["rx"]["packets"])')" \
        "$(capinfos -Tcmr lo.pcap 2>&1 | tr '\n' ' ' | sed -n 's|^lo.pcap,\([0-9]*\) $|\1|p; t; p')"
}

ran=stop-on-signal
is 'a second simulation after one that a signal stopped' \
    'event at 1 s,signal 15,event at 1 s,event at 2 s,signal 0' "$("$program" | paste -sd,)"

interrupted INT lo-tcp --bytes 100G
interrupted TERM lo-ping --count 65535 --size 60000 --plot lo --ascii lo.tr --pcapng lo.pcapng
is 'delivered packets in the pcapng' "$(capinfos -TcrM lo.pcap | cut -f2)" \
    "$(tshark -r lo.pcapng -Y '!frame.comment' 2>/dev/null | wc -l)"
whole lo.csv
is 'the end of lo.tr' 1 "$(tail -c 1 lo.tr | wc -l)"
interrupted INT lo-outage --bytes 1G --outage-start 1h --plot lo
whole lo.csv
is 'plots in lo.plt' 1 "$(grep -c '^plot' lo.plt)"
interrupted TERM lo-impaired --requests 5000 --netem 'delay 1ms' --plot lo
whole lo.csv
is 'plots in lo.plt' 1 "$(grep -c '^plot' lo.plt)"
is 'whether the second run was interrupted' yes "$(awk '/^lo as it is  / && $(NF) == 5000 {
    print "yes" } /^delay 1ms  / && $(NF) == 5000 { print "no" }' out)"

# As nohup does.
rm -f lo*
ran='SIGINT, which is ignored, and SIGTERM to lo-tcp'
env --ignore-signal=INT --default-signal=TERM "$bindir/lo-tcp" --bytes 100G --pcap lo.pcap >out 2>err &
pid=$!
grown lo.pcap 50000
kill -INT $pid
grown lo.pcap $(($(stat -c %s lo.pcap) + 1000000))
kill -TERM $pid
ends 143

finish

#!/usr/bin/env bash
# Files that an example program was writing when a signal came hold what crossed lo until then.
# Usage: signals.sh BINDIR
#   BINDIR   directory of the example programs
set -euo pipefail
bindir=$(realpath "$1")
for tool in python3 capinfos; do
    if ! command -v $tool >/dev/null; then
        echo "skipped: no $tool"
        exit 77
    fi
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

passed=0
failed=0
# is WHAT EXPECTED GOT
is() {
    if [ "$2" = "$3" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$ran: expected $1 to be '$2', got '$3'"
    fi
}

# grown FILE SIZE: wait for the process $pid to make the file so large, or to end.
grown() {
    local deadline=$((SECONDS + 60))
    while [ "$(stat -c %s "$1" 2>/dev/null || echo -1)" -lt "$2" ] &&
        [ $SECONDS -lt $deadline ] && kill -0 $pid 2>/dev/null; do
        sleep 0.02
    done
}

# signalled SIGNAL FILE SIZE COMMAND...: send it the signal when the file has grown to the size.
signalled() {
    local signal=$1 file=$2 size=$3
    shift 3
    ran="SIG$signal to ${*##*/}"
    # What an earlier program has left would be taken for this one's.
    [ "$file" = kept.csv ] || rm -f "$file"
    # A shell has what it starts in the background ignore SIGINT.
    env --default-signal=INT,TERM "$@" >out 2>err &
    pid=$!
    grown "$file" "$size"
    kill "-$signal" $pid 2>/dev/null || true
    status=0
    { wait $pid || status=$?; } 2>/dev/null
}

# frames FILE: how many packets a capture has; and what is wrong with it, on stdout too.
frames() {
    capinfos -Tcmr "$1" 2>&1 | tr '\n' ' ' | sed -n "s|^$1,\([0-9]*\) \$|\1|p; t; p"
}

# whole FILE: that a CSV ends with a line, and each has as many columns as the first.
whole() {
    is "the columns of $1" "$(head -1 "$1" | tr -dc , | wc -c)" \
        "$(tr -dc ',\n' <"$1" | awk '{ print length }' | sort -u | xargs)"
    is "the end of $1" 1 "$(tail -c 1 "$1" | wc -l)"
}

# interrupted PCAP COMMAND...: an example in mid-run: its capture is what its counters say.
interrupted() {
    local signal=$1 name=$2
    shift
    [ -x "$bindir/$name" ] || return 0
    shift
    signalled "$signal" lo.pcap 50000 "$bindir/$name" "$@" --pcap lo.pcap --json lo.json
    is 'exit status' $((128 + $(kill -l "$signal"))) $status
    is 'lines on stderr' 1 "$(wc -l <err)"
    is 'stderr' "$name: $([ "$signal" = INT ] && echo Interrupt || echo Terminated): what it has \
printed and written is of the time until then" "$(cat err)"
    is 'packets in the capture' "$(python3 -c '
import json
print(json.load(open("lo.json"))[0]["stats64"]["rx"]["packets"])')" "$(frames lo.pcap)"
}
interrupted INT lo-tcp --quiet --bytes 100G
interrupted TERM lo-ping --count 65535 --size 60000 --series lo.csv --ascii lo.tr
whole lo.csv
is 'the end of lo.tr' 1 "$(tail -c 1 lo.tr | wc -l)"
interrupted INT lo-outage --bytes 1G --outage-start 1h --series lo.csv --plot lo
whole lo.csv
is 'plots in lo.plt' 1 "$(grep -c '^plot' lo.plt)"
rm lo*
interrupted TERM lo-impaired --quiet --requests 5000 --responses lo.csv --plot lo
whole lo.csv
requests=$(awk '/^requests/ { on = 1 } /^$/ { on = 0 } on && !/^requests/ { print $(NF - 3) }' out | xargs)
is 'whether the second run was interrupted' '5000 yes' \
    "${requests% *} $([ "${requests#* }" -gt 0 ] && [ "${requests#* }" -lt 5000 ] && echo yes)"
is 'responses' $((${requests/ / + } + 1)) "$(wc -l <lo.csv)"
is 'plots in lo.plt' 1 "$(grep -c '^plot' lo.plt)"
if [ -x "$bindir/blackhole-rtbh" ]; then
    echo keep >kept.csv
    signalled INT kept.csv 999 timeout --preserve-status --signal=INT 1 \
        "$bindir/blackhole-rtbh" --series kept.csv
    is 'exit status' 130 $status
    is kept.csv keep "$(cat kept.csv)"
    is 'files left behind' kept.csv "$(echo kept.csv*)"
fi
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]

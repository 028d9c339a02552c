#!/usr/bin/env bash
# LinkStatsHelper::Sample leaves whole files when a run stops or aborts, and gnuplot plots them.
# Usage: sample.sh PROGRAM
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"
program=$(realpath "$1")
need gnuplot python3
cd "$dir"

# Print the times in a CSV, each with its number of rows.
times() {
    tail -n +2 "$1" | cut -d, -f1 | uniq -c | awk '{ print $2 * 1000 ":" $1 }' | xargs
}
# Check that gnuplot plots what the CSV has.
plots() {
    local plot
    attempt gnuplot "$1.plt"
    is "exit of gnuplot $1.plt" '0 ' "$status $(cat out err)"
    for plot in bytes packets losses total; do
        is "$1-$plot.png" 'PNG 900 600' "$(python3 -c '
import struct, sys
data = open(sys.argv[1], "rb").read()
print(data[1:4].decode(), *struct.unpack(">II", data[16:24]))' "$1-$plot.png")"
    done
}
# Print the points of a plot as gnuplot reads them, a line per curve.
points() {
    sed 's/set output .*/set table picture[i].".points"/; s/^ *stats/unset table; &/' "$1.plt" |
        gnuplot
    awk '/^ / { printf "%s%s:%s", n++ ? " " : "", $1 * 1000, $2 } /^$/ && n { print ""; n = 0 }' \
        "$2.points"
}

attempt "$program" stop lo
is 'exit of a run that ends well' 0 $status
is 'rows of it' '0:3 100:3 200:3 300:4 400:4 500:4 550:4' "$(times lo.csv)"
plots lo
read -r -d '' expected <<'POINTS' || true
0:0 100:10000 200:10000 300:10000 400:10000 500:10000 550:10000
0:0 100:0 200:0 300:0 400:0 500:0 550:0
0:0 100:20000 200:20000 300:20000 400:20000 500:20000 550:20000
300:0 400:0 500:0 550:0
0:0 100:10000 200:10000 300:10000 400:10000 500:10000 550:10000
0:0 100:30000 200:30000 300:30000 400:30000 500:30000 550:30000
0:0 100:20000 200:20000 300:20000 400:20000 500:20000 550:20000
300:0 400:40000 500:40000 550:40000
POINTS
is 'points of the plot of bytes' "$expected" "$(points lo bytes)"
# Print what gnuplot calls the devices.
titles() {
    { sed '/^set terminal/d; /^do for/,$d' "$1.plt" && echo 'print titles'; } | gnuplot 2>&1
}
name='_a__ `b__'
is 'names in the plot' \
    " \"lo of node $name\" \"dummy0 of node $name\" \"lo of node 1\" \"dummy0 of node 1\"" \
    "$(titles lo)"
read -r -d '' expected <<'NAMES' || true
['1', 'dummy0']
['1', 'lo']
['_a__ `b__', 'dummy0']
['_a__ `b__', 'lo']
NAMES
is 'names in the CSV' "$expected" "$(python3 -c '
import csv
rows = list(csv.DictReader(open("lo.csv")))
for names in sorted({(row["node"], row["device"]) for row in rows}):
    print(list(names))')"

attempt "$program" abort cut
is 'exit of a run that aborts' 134 $status
is 'rows of it' '0:3 100:3 200:3 300:4 400:4 500:4' "$(times cut.csv)"
plots cut
is 'its curves' "$(titles lo)" "$(titles cut)"

prefix="a \"b\" c/it's"
mkdir "$(dirname "$prefix")"
attempt "$program" stop "$prefix"
plots "$prefix"

finish

#!/usr/bin/env bash
# Run blackhole-rtbh, and check what it prints, writes and refuses. Usage: see common.sh
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"

# total COLUMN: print the sum of a column of counts in the table of out.
total()
{
    awk -v column="$1" '/attack/ && NF > 8 && $1 ~ /^[0-9.]+$/ {
        sum += $(NF - 4 + column)
    } END { print sum }' out
}

# check_results: check out's results of the neighbour and of FlowMonitor.
check_results()
{
    is 'goodput a second after the route, within 5 % of the attack-free' yes \
        "$(awk '$1 == "11.00" { print ($6 > 95 && $6 < 105) ? "yes" : $6 }' out)"
    is 'goodput in the attack, below a tenth of that' yes \
        "$(awk '$1 == "6.00" { print ($5 < 10) ? "yes" : $5 }' out)"
    is 'goodput after the removal, below a tenth of that' yes \
        "$(awk '$1 == "16.00" { print ($5 < 10) ? "yes" : $5 }' out)"
    is 'packets that FlowMonitor lost' "$(sed -n 's/.* received, \([0-9]*\) lost/\1/p' out)" \
        $(($(total 3) + $(total 4)))
}

check_rtbh()
{
    for seed in 1 2 3; do
        run 0 --RngRun=$seed
        check_results
        mv out out.$seed
    done
    is 'different seeds' 3 "$(cksum out.? | cut -d' ' -f1 | sort -u | wc -l)"
    run 0 --RngRun=2 --plot rtbh
    is_same out.2 out
    plots rtbh
    is 'lines of the series' 126 "$(wc -l <rtbh.csv)"
    is 'Mbit discarded before and after the route' 0 \
        "$(awk -F, 'NR > 1 && ($1 <= 10 || $1 > 15.2) { sum += $6 } END { print sum }' rtbh.csv)"
    # 1 Mbit/s over 0.2 s is 25 packets of 1000 bytes.
    is 'packets discarded, by the series' "$(total 3)" \
        "$(awk -F, 'NR > 1 { sum += $6 * 25 } END { printf "%.0f", sum }' rtbh.csv)"
    # The blackhole discards the whole attack.
    run 0 --attack-start 5s --blackhole-start 5000001us --blackhole-stop 20s --attack-stop 20000001us
    prints ', the bottleneck'"'"'s queue dropped 0;'
    # An interrupted run prints nothing, and keeps the files of the previous one.
    cp rtbh.csv before.csv
    ran="$name, interrupted"
    is 'the exit status' 130 "$(
        timeout --preserve-status -s INT 1 "$program" --end 24h --plot rtbh >out 2>&1 || echo $?
    )"
    is 'its output' '' "$(cat out)"
    is_same before.csv rtbh.csv
}

check_rtbh_options()
{
    refuses '--blackhole-start: it must be later than --attack-start' --blackhole-start 4s
    refuses '--blackhole-stop: it must be later than --blackhole-start' --blackhole-stop 10s
    refuses '--attack-stop: it must be later than --blackhole-stop' --blackhole-stop 20s
    refuses '--end: it must be later than --attack-stop' --attack-stop 26s
    refuses "--attack-rate: cannot be '5G'" --attack-rate 5G
    refuses_files --plot
}

check_options
check_rtbh
check_rtbh_options
finish

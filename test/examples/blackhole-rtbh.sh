#!/usr/bin/env bash
# Runs blackhole-rtbh, and checks what it prints, writes and refuses. Usage: see common.sh
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"

# rtbh_total COLUMN: the sum of a column of counts in the table of out.
rtbh_total()
{
    awk -v column="$1" '/attack/ && NF > 8 && $1 ~ /^[0-9.]+$/ {
        sum += $(NF - 4 + column)
    } END { print sum }' out
}

# rtbh_holds: what out says of the neighbour and of FlowMonitor.
rtbh_holds()
{
    gives 0
    is 'goodput a second after the route, within 5 % of the attack-free' yes \
        "$(awk '$1 == "11.00" { print ($6 > 95 && $6 < 105) ? "yes" : $6 }' out)"
    is 'goodput in the attack, below a tenth of that' yes \
        "$(awk '$1 == "6.00" { print ($5 < 10) ? "yes" : $5 }' out)"
    is 'goodput after the removal, below a tenth of that' yes \
        "$(awk '$1 == "16.00" { print ($5 < 10) ? "yes" : $5 }' out)"
    is 'goodput back within a second' yes \
        "$(awk '/is back to within/ { print ($14 <= 1) ? "yes" : $14 }' out)"
    is 'packets that FlowMonitor lost' "$(sed -n 's/.* received, \([0-9]*\) lost/\1/p' out)" \
        $(($(rtbh_total 3) + $(rtbh_total 4)))
    prints 'as many as FlowMonitor lost'
}

check_rtbh()
{
    local seed reject=--ns3::BlackholeNetDevice::Reject=AdminProhibited
    for seed in 1 2 3 4 5; do
        run blackhole-rtbh --RngRun=$seed
        rtbh_holds
        mv out out.$seed
    done
    is 'different seeds' 5 "$(cksum out.? | cut -d' ' -f1 | sort -u | wc -l)"
    run blackhole-rtbh --RngRun=2 --series rtbh.csv --plot rtbh
    same out.2 out
    plots rtbh
    is 'lines of the series' 126 "$(wc -l <rtbh.csv)"
    is 'Mbit sunk before and after the route' 0 \
        "$(awk -F, 'NR > 1 && ($1 <= 10 || $1 > 15.2) { sum += $6 } END { print sum }' rtbh.csv)"
    # A rate in Mbit/s over 0.2 s is 25 packets of 1000 bytes for each.
    is 'packets sunk, by the series' "$(rtbh_total 3)" \
        "$(awk -F, 'NR > 1 { sum += $6 * 25 } END { printf "%.0f", sum }' rtbh.csv)"
    cp rtbh.csv first.csv
    run blackhole-rtbh --RngRun=2 --series rtbh.csv $reject
    rtbh_holds
    run blackhole-rtbh --RngRun=2 --series rtbh.csv --plot rtbh
    same first.csv rtbh.csv
    # All of the attack is sunk: all that FlowMonitor loses is.
    run blackhole-rtbh --attack-start 5s --blackhole-start 5000001us --blackhole-stop 21s
    gives 0
    prints ', the bottleneck'"'"'s queue dropped 0;'
    is 'packets sunk' "$(sed -n 's/.* received, \([0-9]*\) lost/\1/p' out)" "$(rtbh_total 3)"
    # A queue in which packets wait for longer than FlowMonitor has patience.
    run blackhole-rtbh --bottleneck 1M --queue 1500
    gives 0
    refuses '--blackhole-start: it has to be later than --attack-start' blackhole-rtbh \
        --blackhole-start 4s
    refuses '--blackhole-stop: it has to be later than --blackhole-start' blackhole-rtbh \
        --blackhole-stop 10s
    refuses '--end: it has to be later than --blackhole-stop' blackhole-rtbh --blackhole-stop 25s
    refuses '--end: it has to be later than --attack-stop' blackhole-rtbh --attack-stop 26s
    refuses '--interval: it makes more than a million lines' blackhole-rtbh --interval 1us
    refuses "--bottleneck: '1k'" blackhole-rtbh --bottleneck 1k
    refuses "--attackers: '0'" blackhole-rtbh --attackers 0
    refuses "--attack-rate: '5G'" blackhole-rtbh --attack-rate 5G
    refuses "--queue: '0'" blackhole-rtbh --queue 0
    refuses "--connections: '0'" blackhole-rtbh --connections 0
    refuses_files blackhole-rtbh
}

check_options
check_rtbh
finish

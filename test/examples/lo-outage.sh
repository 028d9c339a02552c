#!/usr/bin/env bash
# Run lo-outage, and check what it prints, writes and refuses. Usage: see common.sh
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"

check_outage()
{
    for dest in 127.0.0.1 ::1; do
        for delivery in Immediate Scheduled Backlog; do
            run 0 --dest $dest --delivery $delivery
            prints '10000000 of 10000000 bytes received'
            prints 'The first byte after the outage arrived 1.200 s after lo was up'
        done
    done
    # The sum of time-outs that double from 0.2 s.
    is 'when it is sent again' '3.200 3.600 4.400 6.000 9.200' \
        "$(sed -n '/at s /,/^$/s/^ *\([0-9.]*\) .*/\1/p' out | xargs)"
    run 0 --outage 20s --ns3::TcpSocketBase::MinRto=1s --bytes 5360000 \
        --plot outage --json outage.json --pcap outage.pcap \
        --pcapng outage.pcapng
    prints '5360000 of 5360000 bytes received'
    prints 'arrived 11.000 s after lo was up'
    is 'packets that lo refused' "$(sed -n 's/.* segments, \([0-9]*\) of them.*/\1/p' out)" \
        "$(json outage.json 'link["stats64"]["tx"]["dropped"]')"
    is 'packets in the capture' "$(json outage.json 'link["stats64"]["rx"]["packets"]')" \
        "$(count outage.pcap tcp)"
    is_complete outage.pcapng outage.json DEV_READY
    is 'first line of the series' time_s,sent_bytes,acked_bytes,cwnd_bytes,rto_s,retransmissions,resent_byte \
        "$(head -1 outage.csv)"
    is 'what the series says of 20 s' 1 "$(grep -c '^20\.000000000,3[78].*,536,16\.000,4,$' outage.csv)"
    is 'what is sent and acknowledged in the end' 5360000,5360000 "$(tail -1 outage.csv | cut -d, -f2,3)"
    is 'rows of what is sent again' "$(sed -n 's/.* segments, \([0-9]*\) of them.*/\1/p' out)" \
        "$(grep -c ',[0-9]*[0-9]$' outage.csv)"
    plots outage
    run 1 --outage 24h --plot given-up
    prints 'TCP gave up at 525.200 s'
    prints 'No byte arrived after the outage'
    is 'lines of the series' $((10506 + 15)) "$(wc -l <given-up.csv)"
    # A single segment is acknowledged before its retransmission.
    run 0 --rate 20k --bytes 50k --outage 1s
    prints 'in 97 segments, 3 of them retransmissions'
    run 1 --netem 'loss 100%'
    prints 'TCP gave up at 189.000 s'
    run 0 --bytes 1k --rate 1M --plot "early\\' \""
    prints 'all had arrived before'
    plots "early\\' \""
}

check_outage_options()
{
    for rate in 0 999 1x 11G -1; do
        refuses "--rate: cannot be '$rate'" --rate=$rate
    done
    for time in 0s x 25h 99999999999999999999h; do
        refuses "--outage: cannot be '$time'" --outage $time
    done
    run 0 --bytes 1000000 --ns3::TcpSocket::SegmentSize=65000
    prints '1000000 of 1000000 bytes received'
    refuses '--netem: corrupt cannot be used with TCP' --netem 'corrupt 1%'
    refuses "--bytes: cannot be '0'" --bytes 0
    refuses_files --plot --pcap --pcapng --json
}

check_options
check_outage
check_outage_options
finish

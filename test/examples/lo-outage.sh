#!/usr/bin/env bash
# Runs lo-outage, and checks what it prints, writes and refuses. Usage: see common.sh
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"

check_outage()
{
    local dest delivery
    for dest in 127.0.0.1 ::1; do
        for delivery in Immediate Scheduled Backlog; do
            run lo-outage --dest $dest --delivery $delivery
            gives 0
            prints '10000152 of 10000152 bytes received'
            prints 'The first byte after the outage arrived 1.200 s after lo was up'
        done
    done
    # The time-outs of 0.2 s, doubled each time, add up.
    is 'when it is sent again' '3.200 3.600 4.400 6.000 9.200' \
        "$(sed -n '/at s /,/^$/s/^ *\([0-9.]*\) .*/\1/p' out | xargs)"
    run lo-outage --outage 20s --ns3::TcpSocketBase::MinRto=1s --bytes 5360000 \
        --series outage.csv --plot outage --json outage.json --pcap outage.pcap
    gives 0
    prints '5360000 of 5360000 bytes received'
    prints 'arrived 11.000 s after lo was up'
    is 'packets that lo refused' "$(sed -n 's/.* segments, \([0-9]*\) of them.*/\1/p' out)" \
        "$(json outage.json 'link["stats64"]["tx"]["dropped"]')"
    is 'packets in the capture' "$(json outage.json 'link["stats64"]["rx"]["packets"]')" \
        "$(tshark -r outage.pcap 2>/dev/null | wc -l)"
    is 'first line of the series' time_s,sent_bytes,acked_bytes,cwnd_bytes,rto_s,retransmissions \
        "$(head -1 outage.csv)"
    is 'what the series says of 20 s' 1 "$(grep -c '^20\.000000000,3[78].*,536,16\.000,4$' outage.csv)"
    is 'what is sent and acknowledged in the end' 5360000,5360000 "$(tail -1 outage.csv | cut -d, -f2,3)"
    plots outage
    run lo-outage --outage 24h --interval 1s --series given-up.csv
    gives 1
    prints 'TCP gave up at 525.200 s'
    prints 'No byte arrived after the outage'
    is 'lines of the series' 526 "$(wc -l <given-up.csv)"
    # Segments that go alone are acknowledged before they would be sent again.
    run lo-outage --rate 20k --bytes 50k --outage 1s
    gives 0
    prints 'in 97 segments, 3 of them retransmissions'
    run lo-outage --bytes 1k --rate 1M
    gives 0
    prints 'all had arrived before'
    for rate in 0 999 1x 11G -1; do
        refuses "--rate: '$rate'" lo-outage --rate $rate
    done
    refuses "--outage: '0s'" lo-outage --outage 0s
    for time in x 25h 9223372037s 99999999999999999999h; do
        refuses "--outage-start: '$time'" lo-outage --outage-start $time
        refuses "--outage: '$time'" lo-outage --outage $time
    done
    run lo-outage --outage-start 24h --outage 24h --interval 1s
    gives 0
    prints 'all had arrived before'
    refuses '--interval: the run is not that long' lo-outage --interval 1h
    refuses 'leave --ns3::Application::StartTime out' lo-outage --ns3::Application::StartTime=1s
    refuses '--interval: it makes more than a million lines' lo-outage --interval 1us
    refuses "--bytes: '0'" lo-outage --bytes 0
    # Of a connection that can not be some releases of ns-3's application make an end.
    run lo-outage "$(loses 1)"
    gives 1
    refuses '--ns3::OnOffApplication::DataRate: use --rate' lo-outage \
        --ns3::OnOffApplication::DataRate=1Mbps
    refuses '--segment-size: --ns3::TcpSocket::SegmentSize is given too' lo-outage \
        --segment-size 536 --ns3::TcpSocket::SegmentSize=1000
    echo 'mtu = 1500' >mtu.conf
    refuses '--mtu: --ns3::LoNetDevice::Mtu is given too' lo-outage --config mtu.conf \
        --ns3::LoNetDevice::Mtu=1500
    refuses "can not write 'none/file'" lo-outage --json none/file
    is 'what it printed before it said so' '' "$(cat out)"
    refuses_files lo-outage
}

check_options
check_outage
finish

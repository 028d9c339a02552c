#!/usr/bin/env bash
# Runs lo-tcp, and checks what it prints, writes and refuses. Usage: see common.sh
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"

check_tcp()
{
    local errors='tcp.analysis.retransmission || tcp.analysis.lost_segment'
    for dest in 127.0.0.1 ::1; do
        for delivery in Immediate Scheduled Backlog; do
            for size in 536 65463; do
                run lo-tcp --dest $dest --delivery $delivery --segment-size $size --bytes 3M --quiet
                gives 0
                prints '3000000 of 3000000 bytes received'
                prints '0 of them retransmissions'
                prints 'goodput: no simulated time passed'
                is 'stderr' '' "$(cat err)"
            done
        done
    done
    run lo-tcp --segment-size 65000 --quiet
    gives 0
    prints '100000000 of 100000000 bytes received in 1539 segments'
    run lo-tcp --bytes 100k --pcap tcp.pcap --json tcp.json
    gives 0
    is 'packets in the capture' "$(json tcp.json 'link["stats64"]["rx"]["packets"]')" \
        "$(tshark -r tcp.pcap 2>/dev/null | wc -l)"
    is 'TCP errors that Wireshark finds' 0 \
        "$(tshark -r tcp.pcap -Y "$errors" 2>/dev/null | wc -l)"
    for type in TcpCubic TcpNewReno ns3::TcpVegas; do
        run lo-tcp --bytes 1M --socket-type $type
        gives 0
    done
    run lo-tcp --bytes 1M --ns3::TcpSocket::SegmentSize=10000 --ns3::TcpSocket::RcvBufSize=200000
    gives 0
    prints '1000000 of 1000000 bytes received in 1'
    run lo-tcp --bytes 1M "$(loses 0.1)"
    gives 0
    prints 'Mbit/s in'
    run lo-tcp --bytes 1M "$(loses 1)"
    gives 1
    prints '0 of 1000000 bytes received'
    refuses 'leave --ns3::Application::StartTime out' lo-tcp --quiet --ns3::Application::StartTime=1s
    refuses "--socket-type: 'TcpFoo' is not one of: " lo-tcp --socket-type TcpFoo
    refuses "--socket-type: 'TcpHeader' is not one of: " lo-tcp --socket-type TcpHeader
    for bytes in 0 -1 1x 1kk 1001G 99999999999999999999; do
        refuses "--bytes: '$bytes'" lo-tcp --bytes $bytes
    done
    for size in 0 -1 65464; do
        refuses "--segment-size: '$size'" lo-tcp --segment-size $size
    done
    refuses "/dev/full" lo-tcp --bytes 1 --quiet --json /dev/full
    refuses '--delivery: --ns3::LoNetDevice::Delivery is given too' lo-tcp --delivery Backlog \
        --ns3::LoNetDevice::Delivery=Backlog
    refuses '--socket-type: --ns3::TcpL4Protocol::SocketType is given too' lo-tcp \
        --socket-type TcpCubic --ns3::TcpL4Protocol::SocketType=ns3::TcpVegas
    refuses '--ns3::BulkSendApplication::MaxBytes: use --bytes' lo-tcp \
        --ns3::BulkSendApplication::MaxBytes=1000
}

check_options
check_tcp
finish

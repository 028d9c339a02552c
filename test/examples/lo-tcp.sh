#!/usr/bin/env bash
# Run lo-tcp, and check what it prints, writes and refuses. Usage: see common.sh
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"

check_tcp()
{
    for dest in 127.0.0.1 ::1; do
        for delivery in Immediate Scheduled Backlog; do
            for size in 536 65463; do
                run 0 --dest $dest --delivery $delivery --segment-size $size --bytes 3M
                prints '3000000 of 3000000 bytes received'
                prints ' 0 of them retransmissions'
                prints 'goodput: no simulated time passed'
                is 'stderr' '' "$(cat err)"
            done
        done
    done
    run 0 --segment-size 65000
    prints '100000000 of 100000000 bytes received in '
    run 0 --bytes 100k --pcap tcp.pcap --json tcp.json
    is 'packets in the capture' "$(json tcp.json 'link["stats64"]["rx"]["packets"]')" \
        "$(count tcp.pcap tcp)"
    is 'TCP errors that Wireshark finds' 0 \
        "$(count tcp.pcap 'tcp.analysis.retransmission || tcp.analysis.lost_segment')"
    is 'connections closed' 2 "$(count tcp.pcap tcp.flags.fin==1)"
    run 0 --bytes 1M --segment-size 10000 --mtu 1500 # IP fragments the segments
    run 0 --bytes 1M --ns3::TcpL4Protocol::SocketType=ns3::TcpVegas
    run 0 --bytes 1M --ns3::TcpSocket::SegmentSize=10000 --ns3::TcpSocket::RcvBufSize=200000
    prints '1000000 of 1000000 bytes received in 1'
    run 0 --bytes 1M --netem 'delay 1ms loss 1%' --pcapng tcp.pcapng --json tcp.json
    prints 'Mbit/s in'
    is_complete tcp.pcapng tcp.json 'QDISC_DROP, Netem loss'
    run 0 --bytes 1M --netem 'delay 1ms loss 1%' --pcapng -
    is_same tcp.pcapng out
    is 'the report on stderr' 1 "$(grep -c 'Mbit/s in' err)"
    run 1 --bytes 1M --netem 'loss 100%'
    prints '0 of 1000000 bytes received'
}

check_tcp_options()
{
    refuses "SocketType: cannot be 'TcpFoo'" --ns3::TcpL4Protocol::SocketType=TcpFoo
    for bytes in 0 -1 1x 1kk 1001G 99999999999999999999; do
        refuses "--bytes: cannot be '$bytes'" --bytes=$bytes
    done
    for size in 0 -1 65464; do
        refuses "--segment-size: cannot be '$size'" --segment-size=$size
    done
    refuses '--netem: corrupt cannot be used with TCP' --netem 'delay 1ms corrupt 1%'
    # Parameters set all attributes of netem.
    run 0 --bytes 1M --netem 'delay 1ms' --ns3::NetemQueueDisc::Corrupt=1
    refuses_files --pcap --pcapng --json
    refuses "another option writes '-' already" --pcapng - --json -
    refuses "another option writes 'lo' already" --pcapng lo --json ./lo
    mkfifo pipe
    for file in - pipe; do
        refuses '--pcap: ns-3 cannot write a pcap to a pipe' --pcap $file
    done
}

check_options
check_tcp
check_tcp_options
finish

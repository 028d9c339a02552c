#!/usr/bin/env bash
# tshark reads the same IP packets from a run's Ethernet, NULL and RAW captures, each packet once, and
# lo-replay makes the same file of each. Usage: captures.sh PROGRAM FOLDER-OF-EXAMPLES
set -euo pipefail
program=$1
replay=$2/lo-replay
command -v tshark >/dev/null || {
    echo "skipped: there is no tshark; install tshark"
    exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

packets=$("$program" "$work/")
decode() {
    tshark -r "$work/$1.pcap" -o ip.check_checksum:TRUE -o udp.check_checksum:TRUE \
        -o tcp.check_checksum:TRUE -T fields \
        -e frame.number -e frame.time_epoch -e ip.version -e ip.src -e ip.dst -e ip.proto \
        -e ip.len -e ip.id -e ip.frag_offset -e ip.checksum.status -e ipv6.src -e ipv6.plen \
        -e ipv6.nxt -e udp.length -e udp.checksum.status -e tcp.seq_raw -e tcp.len \
        -e tcp.checksum.status -e icmp.type -e icmp.code -e icmpv6.type "${@:2}" 2>/dev/null
}
status=0
for link in ethernet null raw; do
    decode "$link" >"$work/$link.txt"
    seen=$(wc -l <"$work/$link.txt")
    if [ "$seen" -ne "$packets" ]; then
        echo "$link: expected each of the $packets packets once, tshark sees $seen"
        status=1
    fi
    if ! cmp "$work/ethernet.txt" "$work/$link.txt"; then
        echo "$link: expected the packets of the Ethernet capture"
        status=1
    fi
    if [ -x "$replay" ]; then
        "$replay" "$work/$link.pcap" --output "$work/out.pcap" >"$work/report" || true
        if ! cmp "$work/$link.pcap" "$work/out.pcap"; then
            echo "$link: expected the same file out of lo-replay"
            status=1
        fi
    fi
    bad=$(tshark -r "$work/$link.pcap" -Y _ws.malformed 2>/dev/null | wc -l)
    if [ "$bad" -ne 0 ]; then
        echo "$link: expected no malformed packet, tshark finds $bad"
        status=1
    fi
done
if tshark -r "$work/ethernet.pcap" -T fields -e eth.src -e eth.dst 2>/dev/null | sort -u |
    grep -qv $'^00:00:00:00:00:00\t00:00:00:00:00:00$'; then
    echo "ethernet: expected zero addresses as on Linux's lo"
    status=1
fi
[ "$packets" -gt 100 ] || {
    echo "expected more than 100 packets to compare, there are $packets"
    status=1
}
echo "$packets packets, in three link types"
exit $status

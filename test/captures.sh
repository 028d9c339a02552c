#!/usr/bin/env bash
# tshark reads the same IP packets from a run's Ethernet, NULL and RAW captures, each packet once,
# and lo-replay makes the same file of each. Usage: captures.sh PROGRAM FOLDER-OF-EXAMPLES
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"
program=$1
replay=$2/lo-replay
need tshark

packets=$("$program" "$dir/")
decode() {
    tshark -r "$dir/$1.pcap" -o ip.check_checksum:TRUE -o udp.check_checksum:TRUE \
        -o tcp.check_checksum:TRUE -T fields \
        -e frame.number -e frame.time_epoch -e ip.version -e ip.src -e ip.dst -e ip.proto \
        -e ip.len -e ip.id -e ip.frag_offset -e ip.checksum.status -e ipv6.src -e ipv6.plen \
        -e ipv6.nxt -e udp.length -e udp.checksum.status -e tcp.seq_raw -e tcp.len \
        -e tcp.checksum.status -e icmp.type -e icmp.code -e icmpv6.type "${@:2}" 2>/dev/null
}
for link in ethernet null raw; do
    decode "$link" >"$dir/$link.txt"
    is "the packets that tshark sees, $link" "$packets" "$(wc -l <"$dir/$link.txt")"
    is "what differs from the Ethernet capture, $link" '' \
        "$(cmp "$dir/ethernet.txt" "$dir/$link.txt" 2>&1)"
    if [ -x "$replay" ]; then
        "$replay" "$dir/$link.pcap" --output "$dir/out.pcap" >"$dir/report" || true
        is "what lo-replay changes, $link" '' "$(cmp "$dir/$link.pcap" "$dir/out.pcap" 2>&1)"
    fi
    is "malformed packets, $link" '' "$(tshark -r "$dir/$link.pcap" -Y _ws.malformed 2>/dev/null)"
done
is 'Ethernet addresses, as on Linux' $'00:00:00:00:00:00\t00:00:00:00:00:00' \
    "$(tshark -r "$dir/ethernet.pcap" -T fields -e eth.src -e eth.dst 2>/dev/null | sort -u)"
is 'that there are more than 100 packets' yes "$([ "$packets" -gt 100 ] && echo yes)"
finish

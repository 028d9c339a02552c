#!/usr/bin/env bash
# tshark and capinfos read a run's pcapng: devices, packets, directions, drop reasons and counters.
# tshark also reads it while the run writes it. Usage: pcapng.sh DROPPED-PACKETS FOLDER-OF-EXAMPLES
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"
program=$(realpath "$1")
examples=$(realpath "$2")
need tshark
cd "$dir"

# Print what tshark prints; its complaints go to the file complaints.
read_capture() {
    tshark "$@" 2> >(grep -v 'Running as user' >>complaints)
}
fields() {
    local arguments=()
    for field in "${@:2}"; do
        arguments+=(-e "$field")
    done
    read_capture -r "$1" -T fields "${arguments[@]}"
}
touch complaints

# Each reason, by device.
"$program" run.pcapng 2>report
is 'drops by their comments' "$(sed '/^rx/d; s/^\([0-9]*\) /\1 /' report | sort)" \
    "$(fields run.pcapng frame.comment | sed 's/, .*:/:/; /^$/d' | sort | uniq -c |
        sed 's/^ *//' | sort)"
read -r -d '' expected <<'END' || true
BLACKHOLE 2
CPU_BACKLOG 1
DEV_HDR 2
DEV_READY 1
DEV_READY 2
OTHERHOST 1
PKT_TOO_BIG 2
QDISC_DROP 2
RX_ERROR 1
UNHANDLED_PROTO 1
END
is 'directions by reason' "$expected" "$(fields run.pcapng frame.comment \
    frame.packet_flags_direction | sed -n 's/[:,].*\t0x0*/ /p' | sort -u)"
is 'the reason of the queue disc' \
    'QDISC_DROP, (Dropped by child queue disc) Queue disc limit exceeded: dropped by lo of node client' \
    "$(fields run.pcapng frame.comment | grep QDISC | sort -u)"
is "Wireshark's filter" 1 \
    "$(read_capture -r run.pcapng -Y 'frame.comment contains "PKT_TOO_BIG"' | wc -l)"
read -r -d '' expected <<'END' || true
dummy0 1 2
dummy1 1 2
lo client 1
lo client 2
END
is 'interfaces and directions' "$expected" "$(fields run.pcapng frame.interface_name \
    frame.interface_description frame.packet_flags_direction | sed 's/0x0*//; s/\t/ /g' | sort -u)"
is 'times' '1.001000001 10.000000000' \
    "$(fields run.pcapng frame.time_epoch | sed -n '1p; $p' | xargs)"
is 'malformed packets, and those with a wrong checksum' '' "$(read_capture -r run.pcapng \
    --disable-protocol kip -o ip.check_checksum:TRUE -o udp.check_checksum:TRUE -Y '_ws.malformed ||
    _ws.expert.severity >= warning')"
structure=$(read_capture -X 'read_format:MIME Files Format' -r run.pcapng -V)
is 'counters at the end' "$(sed -n 's/^\(rx.*\) of .*/\1/p' report | sort)" \
    "$(sed -n 's/.* Comment: \(rxPackets=.*\)/\1/p' <<<"$structure" | sort)"
is 'packets received and dropped' '14 27 0 0 0 10' \
    "$(sed -n 's/^ *Number of [A-Z][a-z]* Packets: //p' <<<"$structure" | xargs)"
is 'sections of unknown length' 1 "$(grep -c ' Section Length: -1$' <<<"$structure")"
is 'blocks that tshark does not know' '' \
    "$(grep -i -E 'unknown|malformed|expert info' <<<"$structure" || true)"
capinfos run.pcapng >infos 2>>complaints
for line in 'File type:           Wireshark/... - pcapng' 'File encapsulation:  Ethernet' \
    'File timestamp precision:  nanoseconds (9)' 'Capture application: ns-3' \
    'Strict time order:   True' 'Number of interfaces in file: 3'; do
    is "capinfos: $line" 1 "$(grep -c -F "$line" infos)"
done
is 'the snap length of each interface' 'Capture length = 262144' \
    "$(grep -o 'Capture length = .*' infos | sort -u)"
is 'what tshark complains of' '' "$(cat complaints)"

# A disk that gets full gives one line; misuse.sh tries files that cannot be written at all.
# shellcheck disable=SC2016 # for the inner shell
attempt bash -c "trap '' XFSZ; ulimit -f 4; exec \"\$0\" cut.pcapng" "$program"
is 'exit on a disk that gets full' 134 $status
is 'message on it' "msg=\"PcapngHelper::EnablePcapng: cannot write 'cut.pcapng': File too large\"" \
    "$(grep -o 'msg="[^"]*"' err || cat err)"

# Live: tshark must print its first packet long before the run ends.
if [ -x "$examples/lo-ping" ]; then
    "$examples/lo-ping" --pcapng - >ping.pcapng 2>report
    is 'packets on standard output' 10 "$(fields ping.pcapng frame.number | wc -l)"
    is 'the report is on standard error' 1 "$(grep -c '5 packets transmitted' report)"
    # The command of doc/packets.rst.
    if command -v tcpdump >/dev/null; then
        for checksums in 0 1; do
            "$examples/lo-ping" --count 1 --pcap ping.pcap --ChecksumEnabled=$checksums >report
            is "wrong checksums with ChecksumEnabled=$checksums" $((2 - 2 * checksums)) \
                "$(tcpdump -nvv -r ping.pcap 2>/dev/null | grep -c 'bad cksum 0 ')"
        done
    fi
    is 'pings of 2001:db8::/32 within a host' 1 \
        "$("$examples/lo-ping" --dest 2001:db8::1 --count 1 | grep -c 'bytes from 2001:db8::1')"
    mkfifo pipe
    # The command of doc/packets.rst; but tshark up to 3.x sometimes captures nothing from a pipe.
    way=-i
    [[ $(tshark --version 2>/dev/null) != *'(Wireshark) 3.'* ]] || way=-r
    "$examples/lo-ping" --SimulatorImplementationType=ns3::RealtimeSimulatorImpl --count 60000 \
        --pcapng pipe >report &
    children+=($!)
    run=$!
    tshark -l $way pipe >live 2>capturing &
    children+=($!)
    until [ -s live ]; do sleep 0.1; done
    is 'the run that writes the pipe' running "$(kill -0 $run && echo running)"
    kill -TERM $run
    wait $run || true
    is 'it ends well' 1 "$(grep -c 'packets transmitted' report)"
    wait "${children[-1]}"
fi
finish

#!/usr/bin/env bash
# Run lo-replay, and check what it prints, writes and refuses. Usage: see common.sh
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"

capture=$data/lo-mixed.pcap
bad="bad file's.pcap"

# made FROM TO PYTHON: make TO of FROM by a statement that changes the bytearray data.
made()
{
    python3 -c '
import struct, sys
data = bytearray(open(sys.argv[1], "rb").read())
exec(sys.argv[3])
open(sys.argv[2], "wb").write(data)' "$@"
}

# packets FILE: print the times and bytes of a capture's packets.
packets()
{
    tshark -r "$1" -T fields -e frame.time_epoch -x 2>/dev/null | cksum
}

# Swap the byte order of a pcap.
swap='
out = struct.pack(">IHHiIII", *struct.unpack_from("<IHHiIII", data))
at = 24
while at < len(data):
    header = struct.unpack_from("<IIII", data, at)
    out += struct.pack(">IIII", *header) + data[at + 16:at + 16 + header[2]]
    at += 16 + header[2]
data = out'

# Make SLL of SLL2, as tcpdump wrote before 4.99.
sll='
out, at = data[:20] + struct.pack("<I", 113), 24
while at < len(data):
    header = struct.unpack_from("<IIII", data, at)
    protocol, _, _, hardware, kind, length = struct.unpack_from(">HHIHBB", data, at + 16)
    end = at + 16 + header[2]
    out += struct.pack("<IIII", *header[:2], header[2] - 4, header[3] - 4)
    out += struct.pack(">HHH8sH", kind, hardware, length, data[at + 28:at + 36], protocol)
    out += data[at + 36:end]
    at = end
data = out'

# twice KIND HARDWARE: duplicate each packet, as it leaves and as it arrives, among those of another
# device. The arguments are the offsets of fields in the link-layer header.
twice()
{
    printf %s "
out, at = data[:24], 24
while at < len(data):
    end = at + 16 + struct.unpack_from('<I', data, at + 8)[0]
    for offset, value in ($1, b'\\4'), ($1, b'\\0'), ($2, b'\\0\\1'):
        record = data[at:end]
        record[16 + offset:16 + offset + len(value)] = value
        out += record
    at = end
data = out"
}

check_replay()
{
    local n file link
    for file in "$data"/*.pcap; do
        run 0 "$file" --output out.pcap
        is_same "$file" out.pcap
        n=$(count "$file" frame)
        prints "$n packets in, $n packets out"
    done
    run 0 "$capture" --output out.pcap
    for way in rx tx; do
        prints "$(json "$data/lo-mixed.stats.json" \
            '"%(bytes)d      %(packets)d" % link["stats64"]["'$way'"]')"
    done
    editcap -F nsecpcap -t 0.000000123 "$capture" nano.pcap
    head -c 24 "$capture" >empty.pcap
    for link in 12 228 229; do
        made "$data/lo-raw.pcap" raw-$link.pcap "data[20] = $link"
    done
    made "$data/lo-any.pcap" sll.pcap "$sll"
    # Just before and at the last second that fits a capture's 32 bits.
    made "$capture" last.pcap '
frame = data[32:24 + 16 + 98]
data[24:] = b"".join(struct.pack("<II", 2**32 - 2 + i, 5) + frame for i in range(2))'
    for file in nano empty raw-228 raw-229 sll last; do
        for delivery in Immediate Scheduled Backlog; do
            run 0 --input $file.pcap --output out.pcap --ns3::LoNetDevice::Delivery=$delivery
            is_same $file.pcap out.pcap
        done
    done
    made "$capture" swapped.pcap "$swap"
    made nano.pcap swapped-nano.pcap "$swap"
    made "$data/lo-null.pcap" loop.pcap '
data[20] = 108
at = 24
while at < len(data):
    data[at + 16:at + 20] = data[at + 19:at + 15:-1]
    at += 16 + struct.unpack_from("<I", data, at + 8)[0]'
    cp "$data/lo.pcapng" .
    for file in swapped.pcap swapped-nano.pcap raw-12.pcap loop.pcap lo.pcapng; do
        run 0 $file --output out.pcap
        is 'the packets' "$(packets $file)" "$(packets out.pcap)"
    done
    made "$data/lo-any.pcap" twice.pcap "$(twice 10 8)"
    made sll.pcap twice-sll.pcap "$(twice 1 2)"
    for file in twice twice-sll; do
        run 0 $file.pcap --output out.pcap
        is 'outgoing packets' 17 "$(count out.pcap sll.pkttype==4)"
        is 'packets' 17 "$(count out.pcap frame)"
    done
}

check_replay_ways()
{
    cp "$capture" both.pcap
    ln -s both.pcap link.pcap
    run 0 link.pcap --output link.pcap
    is_same "$capture" both.pcap
    is 'the link' both.pcap "$(readlink link.pcap)"
    ran='eight runs at the same time'
    for _ in 1 2 3 4 5 6 7 8; do
        "$program" "$capture" --output out.pcap >/dev/null &
    done 2>together
    wait
    is 'what they say on stderr' '' "$(cat together)"
    is_same "$capture" out.pcap
    ran='lo-replay - --output -'
    is 'stdout' same "$("$program" - --output - <both.pcap 2>err | cmp - "$capture" && echo same)"
    is 'the report on stderr' 1 "$(grep -c '^44 packets in, 44 packets out' err)"
    run 0 "$capture" --output out.pcap --ns3::LoNetDevice::Mtu=1500
    prints 'dropped: PKT_TOO_BIG'
    is 'packets out' "$(count "$capture" 'frame.len <= 1514')" "$(count out.pcap frame)"
    run 0 "$capture" --output out.pcap --netem 'delay 2s'
    is 'the first time' "$(tshark -r "$capture" -c1 -T fields -e frame.time_epoch 2>/dev/null |
        awk '{ printf "%.6f", $1 + 2 }')" \
        "$(tshark -r out.pcap -c1 -T fields -e frame.time_epoch 2>/dev/null | awk '{ printf "%.6f", $1 }')"
}

# refuses_capture TEXT: expect $bad to be refused, and an existing output file to be kept.
refuses_capture()
{
    echo keep >kept.pcap
    refuses "'$bad': $1" "$bad" --output kept.pcap
    is 'kept.pcap' keep "$(cat kept.pcap)"
}

# advises PACKETS: run the command of the last message, which makes NEW, and replay that.
advises()
{
    bash -c "$(sed "s/.*: \(editcap\|mergecap\|zcat\)/\1/; s/FILE/\"$bad\"/" err)" 2>err.advice || true
    run 0 NEW --output out.pcap
    is 'packets after the advice' "$1" "$(count out.pcap frame)"
    rm NEW
}

check_bad_captures()
{
    local size microseconds
    size=$(stat -c %s "$capture")
    : >"$bad"
    refuses_capture 'it is empty; capture again: tcpdump -i lo -s 0 -w NEW'
    gzip -c "$capture" >"$bad"
    refuses_capture 'it is compressed; unpack it: zcat'
    advises 44
    head -c 10 "$capture" >"$bad"
    refuses_capture 'truncated dump file'
    cp "$data/lo-mixed.stats.json" "$bad"
    refuses_capture 'unknown file format'
    made "$capture" "$bad" 'data[20] = 105'
    refuses_capture 'its link type is 802.11; capture on lo itself: tcpdump'
    for cut in $((24 + 15)) $((24 + 16)); do
        head -c $cut "$capture" >"$bad"
        refuses_capture 'packet 1: truncated dump file'
        advises 0
    done
    head -c $((size - 1)) "$capture" >"$bad"
    refuses_capture 'packet 44: truncated dump file'
    advises 43
    head -c 200000 "$data/lo.pcapng" >"$bad"
    refuses_capture 'packet 27: truncated pcapng dump file'
    advises 26
    made "$capture" "$bad" 'data[32:36] = b"\xff\xff\xff\xff"'
    refuses_capture 'packet 1: invalid packet capture length'
    advises 0
    editcap -s 100 -F pcap "$capture" "$bad"
    refuses_capture 'packet 7: only 100 of its 118 bytes are within the snap length; capture whole'
    made "$capture" "$bad" 'data[16:20] = b"\x10\0\0\0"'
    refuses_capture 'packet 1: only 16 of its 98 bytes are within the snap length; correct that'
    advises 44
    made "$capture" "$bad" 'data[32:40] = b"\x0d\0\0\0\x0d\0\0\0"; del data[40 + 13:40 + 98]'
    refuses_capture 'packet 1: its size or time is impossible; leave it out'
    advises 43
    for microseconds in 40420f00 00000080; do
        made "$capture" "$bad" "data[28:32] = bytes.fromhex('$microseconds')"
        refuses_capture 'packet 1: its size or time is impossible; leave it out'
        advises 43
    done
}

check_replay_files()
{
    refuses "cannot read 'none': No such file" none --output out.pcap
    refuses "cannot read '.': Is a directory" . --output out.pcap
    refuses "cannot write '.': Is a directory" "$capture" --output .
    refuses "cannot write '/dev/full': No space left" "$capture" --output /dev/full
    refuses "cannot write 'none/out.pcap'" "$capture" --output none/out.pcap
    refuses --output "$capture"
    refuses --output --output out.pcap
    refuses '--input' a b --output out.pcap
    refuses '--dest: there is no such option' "$capture" --output out.pcap --dest ::1
    # Memory for one packet must do, whatever the file's size. AddressSanitizer needs it all.
    grep -qa __asan_init "$program" && return
    made "$data/lo-ipv6-large.pcap" long.pcap 'data += 300 * data[24:]'
    ran='lo-replay of 216 MB in 400 MB of address space'
    (ulimit -v 400000 && "$program" long.pcap --output out.pcap >out 2>err) || true
    is_same long.pcap out.pcap
}

check_options
check_replay
check_replay_ways
check_bad_captures
check_replay_files
finish

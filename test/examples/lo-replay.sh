#!/usr/bin/env bash
# Runs lo-replay, and checks what it prints, writes and refuses. Usage: see common.sh
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"

# patched OFFSET HEX: lo-mixed.pcap with some bytes replaced.
patched()
{
    python3 -c '
import sys
data = bytearray(open(sys.argv[1], "rb").read())
offset, new = int(sys.argv[2]), bytes.fromhex(sys.argv[3])
data[offset:offset + len(new)] = new
open("bad.pcap", "wb").write(data)' "$capture" "$@"
}

# swapped FROM TO: a little-endian capture in big-endian order.
swapped()
{
    python3 -c '
import struct, sys
data = open(sys.argv[1], "rb").read()
out = struct.pack(">IHHiIII", *struct.unpack_from("<IHHiIII", data))
at = 24
while at < len(data):
    header = struct.unpack_from("<IIII", data, at)
    out += struct.pack(">IIII", *header) + data[at + 16:at + 16 + header[2]]
    at += 16 + header[2]
open(sys.argv[2], "wb").write(out)' "$@"
}

check_replay()
{
    run lo-replay "$capture" --output out.pcap --ns3::LoNetDevice::Mtu=65535
    gives 0
    same "$capture" out.pcap
    prints '44 packets in, 44 packets out'
    prints "$(json "$stats" '"%(bytes)d      %(packets)d" % link["stats64"]["rx"]')"
    is 'lines of RX and TX that are as Linux counted' 2 \
        "$(grep -c "$(json "$stats" '"%(bytes)d      %(packets)d" % link["stats64"]["tx"]')" out)"

    editcap -F nsecpcap "$capture" nano.pcap
    editcap -F nsecpcap -t 0.000000123 "$capture" nano-odd.pcap
    swapped "$capture" swapped.pcap
    swapped nano-odd.pcap swapped-nano.pcap
    head -c 24 "$capture" >empty.pcap
    for file in nano nano-odd swapped swapped-nano empty; do
        for delivery in Immediate Scheduled Backlog; do
            run lo-replay --input $file.pcap --output out.pcap \
                --ns3::LoNetDevice::Delivery=$delivery
            gives 0
            same $file.pcap out.pcap
        done
    done

    cp "$capture" both.pcap
    chmod 640 both.pcap
    ln -s both.pcap link.pcap
    run lo-replay link.pcap --output link.pcap
    gives 0
    same "$capture" both.pcap
    is 'the link' both.pcap "$(readlink link.pcap)"
    is 'the permissions' 640 "$(stat -c %a both.pcap)"

    run lo-replay "$capture" --output out.pcap --ns3::LoNetDevice::Mtu=1500
    gives 0
    prints 'dropped: PKT_TOO_BIG'
    is 'packets out' "$(tshark -r "$capture" -Y 'frame.len <= 1514' 2>/dev/null | wc -l)" \
        "$(tshark -r out.pcap 2>/dev/null | wc -l)"
}

# refuses_capture TEXT: bad.pcap is not replayed, and the file that is there stays.
refuses_capture()
{
    echo keep >kept.pcap
    refuses "'bad.pcap': $1" lo-replay bad.pcap --output kept.pcap
    is 'kept.pcap' keep "$(cat kept.pcap)"
    is 'files left behind' kept.pcap "$(echo kept.pcap*)"
}

check_bad_captures()
{
    local size
    size=$(stat -c %s "$capture")
    for cut in 23 10; do
        head -c $cut "$capture" >bad.pcap
        refuses_capture 'it ends in the middle of its file header'
    done
    for cut in 0 3; do
        head -c $cut "$capture" >bad.pcap
        refuses_capture 'it is not a pcap file'
    done
    head -c $((24 + 15)) "$capture" >bad.pcap
    refuses_capture 'record 1: the file ends in the middle of the record'
    head -c $((24 + 16)) "$capture" >bad.pcap
    refuses_capture 'record 1: the file ends in the middle of its'
    head -c $((size - 1)) "$capture" >bad.pcap
    refuses_capture 'record 44: the file ends in the middle of its'
    (cat "$capture"; printf 'x') >bad.pcap
    refuses_capture 'record 45: the file ends in the middle of the record'
    cp "$stats" bad.pcap
    refuses_capture 'it is not a pcap file'
    editcap -F pcapng "$capture" bad.pcap
    refuses_capture 'it is a pcapng file; convert it: editcap -F pcap'
    editcap -s 100 "$capture" bad.pcap -F pcap
    refuses_capture 'record 7: only 100 of its 118 bytes'
    patched 4 0300
    refuses_capture 'its pcap version is 3.4'
    patched 8 0d000000
    refuses_capture 'its header has time zone 13'
    patched 12 01000000
    refuses_capture 'its header has time zone 0 and significant figures 1'
    patched 16 10000000
    refuses_capture "record 1: its 98 bytes are more than the file's snap length, 16"
    patched 20 65000000
    refuses_capture 'its link type is 101'
    patched 24 ffffffff
    refuses_capture 'record 2: it is earlier than the one before; sort them: reordercap'
    patched 28 40420f00
    refuses_capture 'record 1: its time has 1000000 microseconds'
    patched 32 ffffffff
    refuses_capture 'record 1: the file ends in the middle of its 4294967295 bytes'
    patched 36 61000000
    refuses_capture 'record 1: it has 98 bytes of a packet of 97'
    patched 32 0d0000000d000000
    refuses_capture 'record 1: its 13 bytes are less than an Ethernet header'
    patched 32 0e0001000e000100
    refuses_capture "record 1: its 65536 bytes after the Ethernet header are more than lo's largest"
}

check_replay_files()
{
    refuses "can not read 'none': No such file" lo-replay none --output out.pcap
    refuses "can not read '.': it is not a regular file" lo-replay . --output out.pcap
    refuses "can not write '.': it is not a regular file" lo-replay "$capture" --output .
    refuses "can not write '/dev/full': it is not a regular file" lo-replay "$capture" \
        --output /dev/full
    refuses "can not write 'none/out.pcap'" lo-replay "$capture" --output none/out.pcap
    refuses "can not write '$capture/out'" lo-replay "$capture" --output "$capture/out"
    refuses --output lo-replay "$capture"
    refuses --input lo-replay --output out.pcap
    refuses "'b'" lo-replay a b --output out.pcap
    echo keep >kept.pcap
    status=0
    (
        trap '' XFSZ
        ulimit -f 8
        "$(program lo-replay)" "$capture" --output kept.pcap >/dev/null 2>err
    ) || status=$?
    ran='lo-replay with a file size limit'
    gives 1
    prints "can not write 'kept.pcap': File too large" err
    is 'kept.pcap' keep "$(cat kept.pcap)"
    is 'files left behind' kept.pcap "$(echo kept.pcap*)"
    check_replay_signal
}

# A capture that takes long enough to be interrupted.
check_replay_signal()
{
    python3 -c '
import sys
data = open(sys.argv[1], "rb").read()
last = data[24:24 + 16 + 98]
open("long.pcap", "wb").write(data[:24] + 2000000 * last)' "$capture"
    "$(program lo-replay)" long.pcap --output kept.pcap >/dev/null 2>err &
    local pid=$!
    for _ in $(seq 100); do
        ls kept.pcap.* >/dev/null 2>&1 && break
        sleep 0.05
    done
    kill -TERM $pid
    status=0
    wait $pid 2>/dev/null || status=$?
    ran='lo-replay that gets SIGTERM'
    gives 143
    is 'kept.pcap' keep "$(cat kept.pcap)"
    is 'files left behind' kept.pcap "$(echo kept.pcap*)"
    # Memory is for a packet, not for the file. AddressSanitizer wants it all.
    grep -qa __asan_init "$(program lo-replay)" && return
    status=0
    (ulimit -v 400000; "$(program lo-replay)" long.pcap --output out.pcap >out 2>err) || status=$?
    ran='lo-replay of 228 MB in 400 MB of address space'
    gives 0
    same long.pcap out.pcap
}

# Just before, and at, the last second that a capture's 32 bits hold.
check_last_second()
{
    python3 -c '
import struct, sys
data = open(sys.argv[1], "rb").read()
frame = data[24:24 + 16 + 98]
open("last.pcap", "wb").write(data[:24] + b"".join(
    struct.pack("<II", *time) + frame[8:] for time in ((2**32 - 2, 5), (2**32 - 1, 999999))))
' "$capture"
    run lo-replay last.pcap --output out.pcap
    gives 0
    same last.pcap out.pcap
}

check_options
check_replay
check_last_second
check_bad_captures
check_replay_files
finish

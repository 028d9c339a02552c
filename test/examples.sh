#!/usr/bin/env bash
# Runs the example programs, and checks what they print, write and refuse.
#
# Usage: examples.sh BINDIR [PATTERN]
#   BINDIR   directory of the programs
#   PATTERN  their file names, where %s is the name, as ns3.37-%s-default; %s unless given
#
# The exit status is 0 if all is well, 1 if not, and 77 if a tool that judges is not there.

set -euo pipefail

bindir=$(realpath "${1:?usage: examples.sh BINDIR [PATTERN]}")
pattern=${2:-%s}
capture=$(realpath "$(dirname "$0")")/data/lo-mixed.pcap
stats=${capture%.pcap}.stats.json

for tool in cmp editcap python3 tshark; do
    if ! command -v $tool >/dev/null; then
        echo "skipped: no $tool"
        exit 77
    fi
done

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

programs=(lo-impaired lo-outage lo-ping lo-replay lo-tcp)
# It needs modules that an ns-3 tree may not have.
# shellcheck disable=SC2059
if [ -x "$(printf "%s/$pattern" "$bindir" blackhole-rtbh)" ]; then
    programs+=(blackhole-rtbh)
fi

passed=0
failed=0
skipped=0

pass()
{
    passed=$((passed + 1))
}

fail()
{
    failed=$((failed + 1))
    echo "FAILED: $*"
}

program()
{
    # shellcheck disable=SC2059
    printf "%s/$pattern" "$bindir" "$1"
}

# loses RATE: the option that loses that share of the packets.
loses()
{
    local model="ns3::RateErrorModel[ErrorRate=$1|ErrorUnit=ERROR_UNIT_PACKET]"
    echo "--ns3::LoNetDevice::ReceiveErrorModel=$model"
}

# run PROGRAM [ARGUMENT]...: leaves its exit status in $status, its output in out and err.
run()
{
    local name=$1
    shift
    status=0
    timeout 120 "$(program "$name")" "$@" >out 2>err || status=$?
    ran="$name $*"
}

# gives STATUS: what ran last ended with it.
gives()
{
    if [ "$status" = "$1" ]; then
        pass
    else
        fail "$ran: expected exit status $1, got $status: $(head -3 err)"
    fi
}

# prints TEXT [FILE]: it stands in what ran last's stdout, or in a file.
prints()
{
    if grep -qF -- "$1" "${2:-out}"; then
        pass
    else
        fail "$ran: expected '$1' in ${2:-out}: $(head -20 "${2:-out}")"
    fi
}

# refuses TEXT PROGRAM [ARGUMENT]...: exit status 1, and one line on stderr that has the text.
refuses()
{
    local text=$1
    shift
    run "$@"
    if [ "$status" = 1 ] && [ "$(wc -l <err)" = 1 ] && grep -q "^$1: " err &&
        grep -qF -- "$text" err; then
        pass
    else
        fail "$ran: expected exit status 1 and one line '$1: ...$text...' on stderr, got" \
            "exit status $status and: $(head -3 err)"
    fi
}

# same FILE FILE
same()
{
    if cmp "$1" "$2" >cmp.out 2>&1; then
        pass
    else
        fail "${ran:-}: expected $1 and $2 to be the same: $(cat cmp.out)"
    fi
}

# is WHAT EXPECTED ACTUAL
is()
{
    if [ "$2" = "$3" ]; then
        pass
    else
        fail "$ran: expected $1 to be '$2', got '$3'"
    fi
}

# json FILE EXPRESSION: the value of a Python expression of the first link.
json()
{
    python3 -c '
import json, sys
link = json.load(open(sys.argv[1]))[0]
print(eval(sys.argv[2]))' "$@"
}

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

check_ping()
{
    run lo-ping
    gives 0
    cat >expected <<'END'
PING 127.0.0.1 (127.0.0.1) 56(84) bytes of data.
64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.000 ms
64 bytes from 127.0.0.1: icmp_seq=2 ttl=64 time=0.000 ms
64 bytes from 127.0.0.1: icmp_seq=3 ttl=64 time=0.000 ms
64 bytes from 127.0.0.1: icmp_seq=4 ttl=64 time=0.000 ms
64 bytes from 127.0.0.1: icmp_seq=5 ttl=64 time=0.000 ms

--- 127.0.0.1 ping statistics ---
5 packets transmitted, 5 received, 0% packet loss, time 4000ms
rtt min/avg/max/mdev = 0.000/0.000/0.000/0.000 ms

END
    head -11 out >beginning
    same expected beginning
    prints '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65535'
    prints '840      10      0'

    for delivery in Immediate Scheduled Backlog; do
        run lo-ping --delivery "$delivery" --dest ::1 --count 3 --interval 200ms
        gives 0
        prints 'PING ::1(::1) 56 data bytes'
        prints '64 bytes from ::1: icmp_seq=3 ttl=64 time=0.000 ms'
        prints '3 packets transmitted, 3 received, 0% packet loss, time 400ms'
    done
    for dest in 127.0.0.9 10.1.1.1 2001:db8::1; do
        run lo-ping --dest "$dest" --count 1 --size 16
        gives 0
        prints "24 bytes from $dest: icmp_seq=1 ttl=64"
    done
    for most in '127.0.0.1 65507' '::1 65527'; do
        run lo-ping --dest "${most% *}" --size "${most#* }" --count 1 --mtu 1500
        gives 0
        prints "$((${most#* } + 8)) bytes from ${most% *}: icmp_seq=1"
    done

    run lo-ping --count 2 "$(loses 1)"
    gives 1
    prints '2 packets transmitted, 0 received, 100% packet loss, time 1000ms'
    is 'stderr' '' "$(cat err)"
}

# As Linux's ping, but for the times: in a network namespace of our own, where one can be made.
check_ping_as_linux()
{
    local netns=lo-examples-$$
    if ! ip netns add "$netns" 2>/dev/null; then
        echo "skipped: comparison with Linux's ping (no network namespace can be made)"
        skipped=$((skipped + 1))
        return
    fi
    ip -n "$netns" link set lo up
    for dest in 127.0.0.1 ::1; do
        for size in 16 56 1400; do
            ip netns exec "$netns" ping -n -c 2 -i 0.2 -s "$size" "$dest" >linux || true
            run lo-ping --count 2 --interval 0.2 --size "$size" --dest "$dest"
            for file in linux out; do
                # Newer iputils have a blank in "::1 (::1)" that older ones have not.
                sed -E 's/^(PING [^ (]+) ?\(/\1(/; s/[0-9]+\.[0-9]+|time [0-9]+/T/g; 7q' "$file" \
                    >"$file.shape"
            done
            same linux.shape out.shape
        done
    done
    ip netns del "$netns"
}

check_ping_files()
{
    run lo-ping --count 3 --pcap lo.pcap --ascii lo.tr --json lo.json --series lo.csv
    gives 0
    is 'packets in the capture' 6 "$(tshark -r lo.pcap 2>/dev/null | wc -l)"
    is 'requests in the capture' 3 "$(tshark -r lo.pcap -Y 'icmp.type == 8' 2>/dev/null | wc -l)"
    is 'received bytes' 504 "$(json lo.json 'link["stats64"]["rx"]["bytes"]')"
    is 'sent packets' 6 "$(json lo.json 'link["stats64"]["tx"]["packets"]')"
    is 'lines of the ascii trace' '6 + 6 - 6 r' \
        "$(cut -c1 lo.tr | LC_ALL=C sort | uniq -c | xargs)"
    is 'first line of the series' time_s,tx_packets,tx_bytes,rx_packets,rx_bytes "$(head -1 lo.csv)"
    is 'last line of the series' 2.000000000,6,504,6,504 "$(tail -1 lo.csv)"
    is 'lines of the series' 13 "$(wc -l <lo.csv)"
    for option in pcap ascii json series; do
        refuses /dev/full lo-ping --"$option" /dev/full
        refuses "can not open 'none/file'" lo-ping --"$option" none/file
        refuses "can not open 'lo.json/file': Not a directory" lo-ping --"$option" lo.json/file
        refuses "can not open '.': Is a directory" lo-ping --"$option" .
    done
    status=0
    "$(program lo-ping)" >/dev/full 2>err || status=$?
    ran='lo-ping >/dev/full'
    gives 1
    prints "can not write 'standard output'" err
    # A disk that gets full midway.
    status=0
    (
        trap '' XFSZ
        ulimit -f 1
        "$(program lo-ping)" --count 50 --pcap cut.pcap >/dev/null 2>err
    ) || status=$?
    ran='lo-ping --pcap with a file size limit'
    gives 1
    prints "can not write 'cut.pcap': File too large" err
}

check_options()
{
    for name in "${programs[@]}"; do
        run "$name" --help
        gives 0
        prints 'Examples:'
        prints '--config FILE'
        refuses "--cuont: there is no such option" "$name" --cuont=3
        refuses "--cuont: there is no such option" "$name" --cuont 3
        refuses "-x: there is no such option" "$name" -x
        refuses "ns-3 has no type ns3::Foo" "$name" --ns3::Foo::Mtu=3
        refuses "ns3::LoNetDevice has no attribute Foo" "$name" --ns3::LoNetDevice::Foo=3
        for mtu in 70000 67 -1 12x x; do
            refuses "--ns3::LoNetDevice::Mtu: '$mtu'" "$name" --ns3::LoNetDevice::Mtu="$mtu"
        done
        refuses "--ns3::LoNetDevice::Mtu" "$name" --ns3::LoNetDevice::Mtu
        refuses "--ns3::LoNetDevice::Delivery: 'x'" "$name" --ns3::LoNetDevice::Delivery=x
        refuses "--ns3::LoNetDevice::ReceiveErrorModel: 'ns3::Foo[A=1]'" "$name" \
            '--ns3::LoNetDevice::ReceiveErrorModel=ns3::Foo[A=1]'
        refuses "--RngRun: '-1'" "$name" --RngRun=-1
        refuses "--RngRun: 'x'" "$name" --RngRun=x
        refuses "--RngRuns" "$name" --RngRuns=3
        refuses "can not read 'none'" "$name" --config none
        refuses "can not read '.'" "$name" --config .
    done
    for count in -1 0 65536 x 1.5 99999999999999999999 ''; do
        refuses --count lo-ping --count "$count"
    done
    for interval in -1s 0 5x 1e3 s 25h 1.2.3 nan inf; do
        refuses "--interval: '$interval'" lo-ping --interval "$interval"
    done
    for size in -1 65528 x; do
        refuses "--size: '$size'" lo-ping --size "$size"
    done
    refuses '--size: 65508' lo-ping --size 65508
    refuses '--size: 15 is less than the 16' lo-ping --size 15
    for mtu in -1 67 65536; do
        refuses "--mtu: '$mtu'" lo-ping --mtu "$mtu"
    done
    for dest in x 127.0.0 224.0.0.1 255.255.255.255 0.0.0.0 :: ff02::1 localhost 127.0.0.1x; do
        refuses "--dest: '$dest'" lo-ping --dest "$dest"
    done
    refuses "--delivery: 'immediate'" lo-ping --delivery immediate
    refuses "'stray'" lo-ping stray
    refuses '--count' lo-ping --count 1 --count 2
}

check_config()
{
    printf 'count = 2 # of them\ndest = ::1\nns3::LoNetDevice::Mtu = 1500\nRngRun = 3\n' >config
    run lo-ping --config config
    gives 0
    prints 'PING ::1(::1)'
    prints '2 packets transmitted'
    prints 'mtu 1500'
    run lo-ping --config config --count 1 --ns3::LoNetDevice::Mtu=1400
    prints '1 packets transmitted'
    prints 'mtu 1400'
    for line in cuont=3 garbage ns3::LoNetDevice::Mtu=1 config=config; do
        echo "$line" >config
        refuses "'config'" lo-ping --config config
    done
    echo 'count = -1' >config
    refuses "--count: '-1'" lo-ping --config config
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
    refuses "--socket-type: 'TcpFoo' is not one of: " lo-tcp --socket-type TcpFoo
    refuses "--socket-type: 'TcpHeader' is not one of: " lo-tcp --socket-type TcpHeader
    for bytes in 0 -1 1x 1kk 1001G 99999999999999999999; do
        refuses "--bytes: '$bytes'" lo-tcp --bytes $bytes
    done
    for size in 0 -1 65464; do
        refuses "--segment-size: '$size'" lo-tcp --segment-size $size
    done
    refuses "/dev/full" lo-tcp --bytes 1 --quiet --json /dev/full
}

# impaired EXPRESSION: the value of a Python expression of lo.csv and out, as lo-impaired wrote them.
impaired()
{
    python3 -c '
import csv, math, sys

def nanoseconds(text):
    return int(text.replace(".", ""))

rows = {}
for row in csv.DictReader(open("lo.csv")):
    rows.setdefault(row["run"], []).append(row)
added = {run: sorted({nanoseconds(row["response_s"]) - nanoseconds(row["service_s"])
                      for row in those if row["outcome"] == "answered"})
         for run, those in rows.items()}
outcomes = {run: {row["outcome"] for row in those} for run, those in rows.items()}
def percentiles(those):
    times = sorted(nanoseconds(row["response_s"]) for row in those if row["outcome"] == "answered")
    ranks = [math.ceil(len(times) * permille / 1000) for permille in (500, 900, 990, 999, 1000)]
    late = 100 * sum(time >= 200000000 for time in times) / len(times)
    return ["%.3f" % (times[rank - 1] / 1e6) for rank in ranks] + ["%.3f" % late]
table = {}
for line in open("out").read().split("\n\n")[0].splitlines()[1:]:
    *label, p50, p90, p99, p999, most, late, percent = line.split()
    table[" ".join(label)] = [p50, p90, p99, p999, most, late]
print(eval(sys.argv[1]))' "$1"
}

check_impaired()
{
    # Each message crosses lo once, and ns-3's TCP sends it a nanosecond after it is asked to.
    for chain in '1 32' '4 32' '7 100'; do
        for delivery in Immediate Scheduled Backlog; do
            local crossings=$((2 * ${chain% *}))
            run lo-impaired --services "${chain% *}" --connections "${chain#* }" --requests 500 \
                --delay 1.5ms --loss 0 --delivery $delivery --responses lo.csv --quiet
            gives 0
            is 'what lo adds to the service time, in ns' \
                "{'lo as it is': [$crossings], 'impaired: loss 0 %': [$((crossings * 1500001))]}" \
                "$(impaired added)"
            is 'stderr' '' "$(cat err)"
        done
    done
    run lo-impaired --dest ::1 --loss 0.1%,1% --requests 3000 --responses lo.csv --quiet
    gives 0
    is 'the outcomes' "[{'answered'}, {'answered'}, {'answered'}]" \
        "$(impaired 'list(outcomes.values())')"
    is 'requests in the CSV' '[3000, 3000, 3000]' \
        "$(impaired '[len(those) for those in rows.values()]')"
    is 'whether the percentiles in the table are those of the CSV' True \
        "$(impaired '{run: percentiles(those) for run, those in rows.items()} == table')"
    # A request crosses lo 8 times: 1 - 0.99^8 = 7.7 % lose a segment, give or take 3 sigma.
    is 'whether a lost segment costs a retransmission timeout' True \
        "$(impaired '6.2 < float(table["impaired: loss 1 %"][5]) < 9.2')"
    is 'whether nobody waits for seconds' True \
        "$(impaired 'float(table["impaired: loss 1 %"][4]) < 2000')"
    cp out first
    cp lo.csv first.csv
    run lo-impaired --dest ::1 --loss 0.1%,1% --requests 3000 --responses lo.csv --quiet
    same first out
    same first.csv lo.csv
    run lo-impaired --dest ::1 --loss 0.1%,1% --requests 3000 --quiet --RngRun=2
    gives 0
    is 'whether another run has other results' 1 "$(cmp -s first out; echo $?)"
    # What takes longer than a retransmission timeout is acknowledged before.
    run lo-impaired --service-time 300ms --requests 50 --loss 0 --pcap lo.pcap --quiet
    gives 0
    is 'retransmissions without loss' 0 \
        "$(tshark -r lo.pcap -Y tcp.analysis.retransmission 2>/dev/null | wc -l)"
    check_impaired_accounts
    check_impaired_options
    check_impaired_files
}

# Every request is accounted for, also if lo loses all, or connections are given up.
check_impaired_accounts()
{
    for loss in '--loss 100%' '--loss 60% --ns3::TcpSocket::DataRetries=2'; do
        # shellcheck disable=SC2086
        run lo-impaired $loss --requests 1000 --responses lo.csv --quiet
        gives 1
        is 'requests sent, answered, failed and unanswered' \
            "$(tail -n +2 lo.csv | grep '^impaired' | cut -d, -f4 | python3 -c '
import sys
ends = sys.stdin.read().split()
print(len(ends), *map(ends.count, ("answered", "failed", "unanswered")))')" \
            "$(awk '/^requests/ { requests = 1 } requests && /^impaired/ {
                print $(NF - 3), $(NF - 2), $(NF - 1), $NF; exit }' out)"
        is 'whether some failed' True "$(impaired '"failed" in list(outcomes.values())[1]')"
    done
    # Here each connection can be established, so what fails was given up on one.
    run lo-impaired --loss 40% --ns3::TcpSocket::DataRetries=1 --ns3::TcpSocket::ConnCount=30 \
        --connections 8 --requests 200 --responses lo.csv --quiet
    gives 1
    is 'whether some were given up' True "$(impaired '"failed" in list(outcomes.values())[1]')"
    for attribute in Duplicate=0.2 Reorder=0.3 Rate=20Mbps LossModel=GilbertElliott; do
        run lo-impaired --ns3::LinkImpairment::$attribute --requests 500 --quiet
        gives 0
    done
    run lo-impaired --requests 500 --mtu 1500 --response-size 60000 --quiet
    gives 0
}

check_impaired_options()
{
    for option in delay jitter; do
        for time in -1s x 25h 0x; do
            refuses "--$option: '$time'" lo-impaired --$option $time
        done
        refuses "--$option: --ns3::LinkImpairment::Delay is given too" lo-impaired --$option 1ms \
            '--ns3::LinkImpairment::Delay=ns3::ConstantRandomVariable[Constant=0.001]'
    done
    for loss in -1 1.1 101% x 1e-3 % . 1%%; do
        refuses "--loss: '$loss'" lo-impaired --loss $loss
    done
    refuses "--loss: ''" lo-impaired --loss 0.1,
    refuses 'more than 8' lo-impaired --loss 0,0,0,0,0,0,0,0,0
    refuses '--ns3::LinkImpairment::Loss is given too' lo-impaired --loss 0 \
        --ns3::LinkImpairment::Loss=0
    refuses '--ns3::LinkImpairment::LossModel is given too' lo-impaired --loss 0 \
        --ns3::LinkImpairment::LossModel=FourState
    refuses '--ns3::LinkImpairment::Corrupt' lo-impaired --ns3::LinkImpairment::Corrupt=0.01
    refuses '--ns3::LoNetDevice::Impairment' lo-impaired \
        --ns3::LoNetDevice::Impairment=ns3::LinkImpairment
    refuses '--ns3::RequestSource::ServiceTime is given too' lo-impaired --service-time 1ms \
        '--ns3::RequestSource::ServiceTime=ns3::ConstantRandomVariable[Constant=0.001]'
    refuses '--ns3::RequestSource::Interval: it drew -1' lo-impaired \
        '--ns3::RequestSource::Interval=ns3::ConstantRandomVariable[Constant=-1]'
    refuses '--ns3::TcpSocket::SndBufSize' lo-impaired --ns3::TcpSocket::SndBufSize=1000
    for option in services connections requests request-size response-size; do
        for number in 0 -1 x 10000000; do
            refuses "--$option: '$number'" lo-impaired --$option $number
        done
    done
}

check_impaired_files()
{
    run lo-impaired --requests 100 --loss 0.1,0.2 --quiet --pcap lo.pcap --json lo.json --plot lo
    gives 0
    is 'packets in the capture' "$(json lo.json 'link["stats64"]["rx"]["packets"]')" \
        "$(tshark -r lo.pcap 2>/dev/null | wc -l)"
    is 'packets lost' "$(json lo.json 'link["stats64"]["tx"]["dropped"]')" \
        "$(sed -n 's/.* lost=\([0-9]*\) .*/\1/p' out | tail -1)"
    is 'curves in the plot' 3 "$(grep '^plot' lo.plt | grep -o title | wc -l)"
    prints 'set output "lo.png"' lo.plt
    for option in pcap json; do
        refuses /dev/full lo-impaired --requests 1 --quiet --$option /dev/full
        refuses "can not open 'none/file'" lo-impaired --requests 1 --quiet --$option none/file
    done
    for option in responses plot; do
        refuses "can not write 'none/file" lo-impaired --$option none/file
    done
    refuses "can not write '.': it is not a regular file" lo-impaired --responses .
    refuses '--plot' lo-impaired --plot 'a"b'
    echo keep >lo.csv
    status=0
    (
        trap '' XFSZ
        ulimit -f 1
        "$(program lo-impaired)" --requests 100 --quiet --responses lo.csv >/dev/null 2>err
    ) || status=$?
    ran='lo-impaired --responses with a file size limit'
    gives 1
    prints "can not write 'lo.csv': File too large" err
    is 'lo.csv' keep "$(cat lo.csv)"
    is 'files left behind' lo.csv "$(echo lo.csv*)"
}

# refuses_files PROGRAM: the series and the plot are written whole or not at all.
refuses_files()
{
    local option
    for option in series plot; do
        refuses "can not write 'none/file" "$1" --$option none/file
        refuses ': Not a directory' "$1" --$option out/file
    done
    mkdir -p folder.plt
    refuses "can not write '.': it is not a regular file" "$1" --series .
    refuses "can not write 'folder.plt': it is not a regular file" "$1" --plot folder
    refuses "can not write '/dev/full': it is not a regular file" "$1" --series /dev/full
    # shellcheck disable=SC2016
    refuses "--plot: 'a\`b' has a character" "$1" --plot 'a`b'
    echo keep >kept.csv
    status=0
    (
        trap '' XFSZ
        ulimit -f 1
        "$(program "$1")" --series kept.csv >/dev/null 2>err
    ) || status=$?
    ran="$1 with a file size limit"
    gives 1
    prints "can not write 'kept.csv': File too large" err
    is 'kept.csv' keep "$(cat kept.csv)"
    is 'files left behind' kept.csv "$(echo kept.csv*)"
}

# plots PREFIX: gnuplot makes a picture of what ran last, and says nothing.
plots()
{
    command -v gnuplot >/dev/null || return 0
    is "what gnuplot says of $1.plt" '' "$(gnuplot "$1.plt" 2>&1)"
    is "the first bytes of $1.png" 89504e47 "$(head -c 4 "$1.png" | od -An -tx1 | tr -d ' ')"
}

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
    run lo-outage --outage 30min
    gives 1
    prints 'No byte arrived after the outage'
    run lo-outage --bytes 1k --rate 1M
    gives 0
    prints 'all had arrived before'
    for rate in 0 999 1x 11G -1; do
        refuses "--rate: '$rate'" lo-outage --rate $rate
    done
    refuses "--outage: '0s'" lo-outage --outage 0s
    refuses "--outage-start: 'x'" lo-outage --outage-start x
    refuses '--interval: it makes more than a million lines' lo-outage --interval 1us
    refuses "--bytes: '0'" lo-outage --bytes 0
    refuses_files lo-outage
}

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

check_impaired
check_ping
check_ping_as_linux
check_ping_files
check_options
check_config
check_replay
check_bad_captures
check_replay_files
check_tcp
check_outage
if [[ " ${programs[*]} " == *' blackhole-rtbh '* ]]; then
    check_rtbh
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] || exit 1
[ "$skipped" = 0 ] || exit 77

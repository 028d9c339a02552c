#!/usr/bin/env bash
# Replay captures of the running kernel's lo, made of the same traffic by `tcpdump -i lo`,
# `tcpdump -i any` and dumpcap in a new network namespace. The traffic is bulk TCP over IPv6, and
# datagrams of two senders on two processors. Usage: kernel-replay.sh LO-REPLAY
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"
program=$(realpath "$1")
need dumpcap editcap python3 tcpdump tshark
make_namespace
cd "$dir"
chmod 777 . # for a dumpcap that drops root's rights

# Usage: wait_for WHAT COMMAND...: wait until the command succeeds.
wait_for() {
    local tries
    for ((tries = 0; tries < 600; ++tries)); do
        "${@:2}" && return
        sleep 0.1
    done
    echo "timed out: $1"
    exit 1
}
inside() {
    ip netns exec "$namespace" "$@"
}

# Capture as lo-replay advises when it refuses a capture.
: >bad.pcap
tcpdump=$({ "$program" bad.pcap --output none 2>&1 || true; } | sed 's/.*: tcpdump/tcpdump/')
is 'the advice on an empty file' 'tcpdump -i lo -s 0 -w NEW' "$tcpdump"

inside ip link set lo up
# Usage: start NAME COMMAND...: capture, and wait until it listens.
start() {
    ip netns exec "$namespace" "${@:2}" 2>"$1.log" &
    children+=($!)
    wait_for "$1 does not listen" grep -q -s -i 'listening on\|^File: ' "$1.log"
}
# shellcheck disable=SC2086 # it is a command
start lo $tcpdump -B 65536 -U --immediate-mode -Z root
start any tcpdump -i any -s 0 -w any.pcap -B 65536 -U --immediate-mode -Z root
start pcapng dumpcap -i lo -B 64 -w lo.pcapng

cat >traffic.py <<'END'
import os, socket, threading, time

def send_datagrams(cpu):
    cpus = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cpus[cpu % len(cpus)]})
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        for i in range(5000):
            sender.sendto(b"sender %d" % cpu, ("127.0.0.1", 9000))
            if i % 50 == 0:
                time.sleep(0.002) # the captures catch up

def receive(listener):
    connection, _ = listener.accept()
    while connection.recv(1 << 20):
        pass

receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver.bind(("127.0.0.1", 9000))
listener = socket.create_server(("::1", 5001), family=socket.AF_INET6)
server = threading.Thread(target=receive, args=(listener,))
server.start()
senders = []
for cpu in range(2):
    senders.append(os.fork())
    if senders[-1] == 0:
        send_datagrams(cpu)
        os._exit(0)
with socket.create_connection(("::1", 5001)) as client:
    client.sendall(bytes(64 << 20))
server.join()
for sender in senders:
    os.waitpid(sender, 0)
END
inside python3 traffic.py
# Once this packet is in the file, all before it are.
for file in NEW any.pcap lo.pcapng; do
    # shellcheck disable=SC2016
    wait_for "the last packet in $file" inside bash -c \
        'echo -n the-last-packet >/dev/udp/127.0.0.1/9001; grep -q -a the-last-packet "$0"' $file
done
for child in "${children[@]}"; do
    kill "$child"
    wait "$child" || true
done
children=()

# Usage: replays CAPTURE EXPECTED: compare the output with the expected pcap.
replays() {
    "$program" "$1" --output out.pcap >report
    is "what becomes of $1" "the same as $2" "$(cmp "$2" out.pcap 2>&1 && echo "the same as $2")"
    is "the packets of $1" "$(capinfos -M -c "$2" | sed -n 's/Number of packets: *//p')" \
        "$(sed -n 's/ packets in, .*//p' report)"
}
replays NEW NEW
replays any.pcap any.pcap
editcap -F nsecpcap lo.pcapng expected.pcap
replays lo.pcapng expected.pcap

# A capture may lack packets: its buffer holds few, and the traffic is fast.
for file in NEW any.pcap lo.pcapng; do
    for filter in 'ipv6.plen == 65496 && tcp' 'data.data == "sender 0"' 'data.data == "sender 1"'; do
        [ "$(count $file "$filter")" -gt 10 ] ||
            fail "$file: expected more than 10 packets with $filter"
    done
done
is 'the link type of -i any' "$(count any.pcap frame)" "$(count any.pcap sll)"
echo "$(count NEW frame) packets of Linux $(uname -r); times step back \
$(count NEW 'frame.time_delta < 0') times"
finish

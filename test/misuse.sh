#!/usr/bin/env bash
# Each way of using the library wrongly ends the program with one line that says what was wrong.
# Usage: misuse.sh PROGRAM
set -uo pipefail
program=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit

# What the message has to say, by case.
declare -A says=(
    [second-install]='node 0 has a LoNetDevice already'
    [second-install-named]='node 0 \("/?(Names/)?server"\) has a LoNetDevice already'
    [foreign-stack]='node 0 has an Internet stack that is not ns-3.s own with its TrafficControl'
    [route-without-lo]='node 0 has no LoNetDevice; install one first'
    [route-without-stack]='node 0 has no Internet stack; install it first'
    [blackhole-twice]='AddRoute: a blackhole route to 10.0.0.0/8 exists on node 0'
    [blackhole-twice-ipv6]='AddRoute: a blackhole route to 2001::/16 exists on node 0'
    [blackhole-not-there]='RemoveRoute: there is no blackhole route to 10.0.0.0/9 on node 0'
    [blackhole-never-there]='RemoveRoute: there is no blackhole route to 2001::/16 on node 0'
    [blackhole-host-bits]='10.0.0.1/24 is an address in a network; the network is 10.0.0.0/24'
    [blackhole-host-bits-ipv6]='2001::1/64 is an address in a network; the network is 2001::/64'
    [blackhole-holes]='the mask 255.0.255.0 has holes'
    [blackhole-holes-ipv6]='AddRoute: the mask .* has holes'
    [blackhole-multicast]='239.1.0.0/16 is a multicast network'
    [blackhole-multicast-ipv6]='ff00::/8 is a multicast network'
    [blackhole-no-address]="AddRoute: '10.0.0' is not an IPv4 address"
    [blackhole-no-length]="AddRoute: '/129' is not a prefix length of IPv6"
    [blackhole-no-node]='AddRoute: there is no node; create it first'
    [blackhole-no-node-ipv6]='AddRoute: there is no node; create it first'
    [unblackhole-no-node]='RemoveRoute: there is no node; create it first'
    [unblackhole-no-node-ipv6]='RemoveRoute: there is no node; create it first'
    [protocol-to-no-list]='AddRoutingProtocol: the node.s routing protocol is no list'
    [no-such-protocol]='GetRoutingProtocol: there is no protocol of index 1'
    [blackhole-no-stack]='AddRoute: node 0 has no IPv4 stack; install it first'
    [blackhole-no-ipv6]='RemoveRoute: node 0 has no IPv6 stack; install it first'
    [no-node]='there is no node'
    [no-node-to-print]='LinkStatsHelper: there is no node; create it first'
    [no-node-among-printed]='LinkStatsHelper: there is no node; create it first'
    [no-node-to-unroute]='UnrouteLocalAddresses: there is no node; create it first'
    [route-without-protocol]='node 0 has no Internet stack; install it first'
    [no-node-to-search]='LoHelper: there is no node; create it first'
    [no-node-to-trace]='there is no device, or it is on no node; put it on one first'
    [no-device-to-trace]='there is no device, or it is on no node; put it on one first'
    [no-such-name]='no node is named "nobody"'
    [no-such-attribute]='Speed'
    [wrong-mtu]='Mtu'
    [wrong-delivery]='Delivery|Never'
    [wrong-budget]='Budget'
    [wrong-address]='LoNetDevice::SetAddress: .* is not a Mac48Address'
    [wrong-data-link]='7 is not ETHERNET, NULL_LOOPBACK or RAW_IP'
    [unwritable-pcap]='/no/such/folder/lo-0-0.pcap'
    [pcap-no-prefix]='Empty prefix string'
    [pcap-long-name]="EnablePcap: cannot write 'x{300}-0-0.pcap': File name too long"
    [pcap-same-name]="EnablePcap: 'lo-1-0.pcap' is being written already; take another name"
    [unwritable-ascii]='/no/such/folder/lo-0-0.tr'
    [shared-impairment]='a device has this LinkImpairment already; give each device one of its own'
    [tag-without-constructor]='byte tag ns3::NoConstructorTag, which has no constructor; add one'
    [detached-impairment]='LinkImpairment::Enqueue: it is attached to no device; attach it first'
    [probability-over-1]='Loss'
    [probability-under-0]='Reorder'
    [probability-nan]='GilbertP'
    [correlation-over-1]='LossCorrelation'
    [probabilities-over-1]='StateP13 \+ StateP14 is 1.2: '
    [wrong-loss-model]='LossModel|Sometimes'
    [delay-nan]='the Delay drawn is nan s'
    [delay-infinite]='the Delay drawn is inf s'
    [delay-too-long]='the Delay drawn is -1e\+10 s'
    [delay-to-the-end]='until after the end of ns-3.s Time'
    [sample-no-nodes]='Sample: there are no nodes'
    [sample-no-node]='LinkStatsHelper: there is no node; create it first'
    [sample-no-device]='Sample: no node has a LoNetDevice or a BlackholeNetDevice; install one'
    [sample-node-twice]='Sample: node 0 is among the nodes twice'
    [sample-no-interval]='Sample: the interval is \+0s; it has to be more than 0'
    [sample-backwards]='Sample: the interval is -1s; it has to be more than 0'
    [sample-no-prefix]='Sample: the prefix is empty'
    [sample-same-prefix]="Sample: 'lo.csv' is being written already; take another name"
    [sample-same-file]="Sample: './lo.csv' is being written already; take another name"
    [sample-unwritable]="cannot write '/no/such/folder/lo.csv': No such file or directory"
    [sample-unwritable-script]="cannot write 'folder.plt': Is a directory"
    [sample-full-disk]="cannot write 'full.csv': No space left on device"
    [subtract-later]='txPackets was 1 and is 0: subtract the earlier reading'
)

passed=0
failed=0
# Usage: try TIME NAME [run]
#   TIME  what the message's time is like, if it has one
try() {
    local time=$1 message status lines
    shift
    message=$("$program" "$@" 2>&1 >/dev/null)
    status=$?
    lines=$(grep -c 'msg="' <<<"$message")
    if [ "$status" -ne 0 ] && [ "$status" -ne 139 ] && [ "$lines" -eq 1 ] &&
        grep -Eq "${says[$1]:-no expectation}" <<<"$message" &&
        grep -Eq "\", ($time )?file=" <<<"$message"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$*: expected a non-zero exit and one message like '${says[$1]:-?}' at $time," \
            "got exit $status and: $message"
    fi
}
# Before a simulation runs, and in one, after a second of which it is.
for name in $("$program"); do
    rm -rf ./*
    try '\+0\.0+s -?[0-9]+' "$name"
    rm -rf ./*
    try '\+1\.0+s -?[0-9]+' "$name" run
done
if [ $((passed + failed)) -ne $((2 * ${#says[@]})) ]; then
    failed=$((failed + 1))
    echo "expected ${#says[@]} cases, $program has $(((passed + failed - 1) / 2))"
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]

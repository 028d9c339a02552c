#!/usr/bin/env bash
# A new lo is printed as iproute2 and the running kernel print theirs, in a new network namespace.
# Usage: kernel-text.sh PROGRAM
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"
program=$1
make_namespace

# Up to 5.9 iproute2's columns have other widths.
columns() {
    if ip -s link show dev lo | grep -q 'RX: bytes  packets  errors'; then
        tr -s ' '
    else
        cat
    fi
}
compare() {
    is "$1" '' "$(diff -u <(columns <"$dir/kernel") <(columns <"$dir/simulated"))"
}
# Linux's MTU does not fit ns-3's uint16_t.
own_mtu() {
    sed -E 's/(mtu |"mtu":)65535/\165536/' >"$dir/simulated"
}
ip -n "$namespace" link set lo up
for state in up down; do
    ip -n "$namespace" link set lo $state
    ip -n "$namespace" -s link show lo >"$dir/kernel"
    "$program" text $state | own_mtu
    compare "ip -s link show, lo $state"
    ip -n "$namespace" -s -j link show lo >"$dir/kernel"
    "$program" json $state | own_mtu
    compare "ip -s -j link show, lo $state"
    ip netns exec "$namespace" cat /proc/net/dev >"$dir/kernel"
    "$program" proc $state >"$dir/simulated"
    compare "/proc/net/dev, lo $state"
done
echo "compared with $(ip -V) and Linux $(uname -r)"
finish

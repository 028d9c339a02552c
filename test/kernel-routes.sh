#!/usr/bin/env bash
# Packets of a node with random addresses and blackhole routes go where `ip route get` of the running kernel says, in a
# network namespace that is made for it. Usage: kernel-routes.sh PROGRAM
set -euo pipefail
program=$1
namespace=loopback-routes-$$
if ! command -v ip >/dev/null || ! ip netns add "$namespace" 2>/dev/null; then
    echo "skipped: no network namespace can be made here; that takes root and iproute2"
    exit 77
fi
work=$(mktemp -d)
trap 'ip netns del "$namespace"; rm -rf "$work"' EXIT

if ! ip -n "$namespace" link add owner type veth peer name other-end 2>/dev/null; then
    echo "skipped: this kernel has no veth"
    exit 77
fi
ip -n "$namespace" link set lo up
for end in owner other-end; do
    ip -n "$namespace" link set "$end" addrgenmode none arp off
    ip -n "$namespace" link set "$end" up
done

# What the kernel's decision is called by the program.
decide() {
    local answer
    answer=$(ip -"$1" -n "$namespace" route get "$2" 2>&1) || true
    case $answer in
        "local "*) echo ns3::LoNetDevice ;;
        *"dev owner"*) echo ns3::SimpleNetDevice ;;
        *"Invalid argument"*) echo invalid ;;
        *"unreachable"*) echo none ;;
        *) echo "$answer" ;;
    esac
}

checked=0
sunk=0
failed=0
for version in 4 6; do
    for seed in 1 2 3 4; do
        "$program" $version $seed >"$work/simulated"
        grep -v '^get ' "$work/simulated" >"$work/batch"
        [ $version = 4 ] || sed -i 's/ noprefixroute/& nodad/' "$work/batch"
        ip -$version -n "$namespace" -batch "$work/batch"
        while read -r _ destination simulated; do
            kernel=$(decide $version "$destination")
            checked=$((checked + 1))
            [ "$kernel" != invalid ] || sunk=$((sunk + 1))
            if [ "$kernel" != "$simulated" ]; then
                failed=$((failed + 1))
                echo "IPv$version, seed $seed, $destination: $simulated, and the kernel: $kernel"
            fi
        done < <(grep '^get ' "$work/simulated")
        tac "$work/batch" | sed 's/ add / del /; s/ noprefixroute.*//' |
            ip -$version -n "$namespace" -batch -
    done
done
echo "$checked destinations, $sunk of them sunk by Linux $(uname -r); $failed differ"
[ "$failed" -eq 0 ] && [ "$sunk" -gt 100 ]

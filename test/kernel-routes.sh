#!/usr/bin/env bash
# Random routes and blackhole routes lead where `ip route get` of the running kernel says, in a
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
ip -n "$namespace" address add 10.1.1.1/24 dev owner
ip -n "$namespace" address add 2001:1::1/64 dev owner nodad

# The TypeId of the device that the kernel's decision corresponds to.
decide() {
    local answer
    answer=$(ip -"$1" -n "$namespace" route get "$2" 2>&1) || true
    case $answer in
        "local "*) echo ns3::LoNetDevice ;;
        *"dev owner"*) echo ns3::SimpleNetDevice ;;
        *"Invalid argument"*) echo ns3::BlackholeNetDevice ;;
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
        sed -n 's/^route /route add /p' "$work/simulated" >"$work/batch"
        ip -$version -n "$namespace" -batch "$work/batch"
        while read -r _ destination simulated; do
            kernel=$(decide $version "$destination")
            checked=$((checked + 1))
            [ "$kernel" != ns3::BlackholeNetDevice ] || sunk=$((sunk + 1))
            if [ "$kernel" != "$simulated" ]; then
                failed=$((failed + 1))
                echo "IPv$version, seed $seed, $destination: $simulated, and the kernel: $kernel"
            fi
        done < <(grep '^get ' "$work/simulated")
        sed -i 's/^route add /route del /' "$work/batch"
        ip -$version -n "$namespace" -batch "$work/batch"
    done
done
echo "$checked destinations, $sunk of them sunk by Linux $(uname -r); $failed differ"
[ "$failed" -eq 0 ] && [ "$sunk" -gt 100 ]

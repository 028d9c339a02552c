#!/usr/bin/env bash
# A node with random addresses and blackhole routes routes packets as `ip route get` of the running
# kernel does, in a new network namespace, while its link is up and when it is down. Usage: kernel-routes.sh PROGRAM
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"
program=$1
need python3
make_namespace

if ! ip -n "$namespace" link add owner type veth peer name other-end 2>/dev/null; then
    echo "skipped: this kernel has no veth"
    exit 77
fi
ip -n "$namespace" link set lo up
for end in owner other-end; do
    ip -n "$namespace" link set "$end" addrgenmode none arp off
    ip -n "$namespace" link set "$end" up
done

# Print addresses, blackhole routes and destinations of an IP version: a word, an address with a few
# random bits, and a prefix length.
draw() {
    python3 -c '
import ipaddress, random, sys
version, seed = sys.argv[1:]
random.seed(seed)
start, shifts, bits = {"4": ("10.0.0.0", (0, 7, 15, 22), 32),
                       "6": ("2000::1", (0, 59, 94), 128)}[version]
def address():
    return ipaddress.ip_address(start) + sum(random.randrange(4) << shift for shift in shifts)
own = {address(): random.randint(1, bits) for _ in range(6)}
for one, length in own.items():
    print("address", one, length)
others = [(address(), random.randint(1, bits)) for _ in range(18)]
for one in sorted({ipaddress.ip_network(each, False) for each in [*own.items()][:2] + others}):
    print("blackhole", one.network_address, one.prefixlen)
destinations = [*own, *(address() for _ in range(120))]
for state in "up", "down":
    for one in destinations:
        print("get", one, 0)
    print("down", one, 0)' "$@"
}
# Make arguments of `ip` of them. Linux prefers a blackhole route to that of an address with the same
# prefix length, which has a higher metric.
for_ip() {
    sed -n "s,^address \(.*\) \(.*\),address add \1/\2 dev owner metric 9 $1,p
        s,^blackhole \(.*\) \(.*\),route add blackhole \1/\2 metric 1,p"
}
# Print the kernel's decision in the program's words.
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

sunk=0
for version in 4 6; do
    for seed in 1 2 3 4; do
        draw $version $seed >"$dir/drawn"
        "$program" <"$dir/drawn" >"$dir/simulated"
        for_ip "$([ $version = 4 ] || echo nodad)" <"$dir/drawn" >"$dir/batch"
        ip -$version -n "$namespace" -batch "$dir/batch"
        exec 3<"$dir/simulated"
        while read -r what destination _; do
            if [ "$what" = down ]; then
                ip -n "$namespace" link set owner down
                continue
            fi
            kernel=$(decide $version "$destination")
            [ "$kernel" != invalid ] || sunk=$((sunk + 1))
            read -r simulated <&3
            is "where $destination goes, seed $seed" "$kernel" "$simulated"
        done < <(grep -E '^(get|down) ' "$dir/drawn")
        ip -n "$namespace" link set owner up
        ip -$version -n "$namespace" address flush dev owner
        ip -$version -n "$namespace" route flush type blackhole
    done
done
echo "$sunk destinations sunk by Linux $(uname -r)"
[ "$sunk" -gt 100 ] || fail 'expected more than 100'
finish

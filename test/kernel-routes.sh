#!/usr/bin/env bash
# A node with random addresses and blackhole routes routes packets as `ip route get` of the running
# kernel does, in a new network namespace. Usage: kernel-routes.sh PROGRAM
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"
program=$1
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
        "$program" $version $seed >"$dir/simulated"
        grep -v '^get ' "$dir/simulated" >"$dir/batch"
        [ $version = 4 ] || sed -i 's/ noprefixroute/& nodad/' "$dir/batch"
        ip -$version -n "$namespace" -batch "$dir/batch"
        while read -r _ destination simulated; do
            kernel=$(decide $version "$destination")
            [ "$kernel" != invalid ] || sunk=$((sunk + 1))
            is "where $destination goes, seed $seed" "$kernel" "$simulated"
        done < <(grep '^get ' "$dir/simulated")
        tac "$dir/batch" | sed 's/ add / del /; s/ noprefixroute.*//' |
            ip -$version -n "$namespace" -batch -
    done
done
echo "$sunk destinations sunk by Linux $(uname -r)"
[ "$sunk" -gt 100 ] || fail 'expected more than 100'
finish

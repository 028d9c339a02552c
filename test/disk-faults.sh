#!/usr/bin/env bash
# A full disk and a folder that can not be written end a program with one line that names the file.
# Usage: disk-faults.sh PROGRAM [BINDIR]
#   PROGRAM  recorded-run
#   BINDIR   directory of the example programs, if they are built
set -euo pipefail
program=$(realpath "$1")
bindir=${2:+$(realpath "$2")}
here=$(realpath "$0")
capture=$(dirname "$here")/data/lo-mixed.pcap

# Disks that are there for this test alone.
if [ -z "${LOOPBACK_OWN_MOUNTS:-}" ]; then
    own=(unshare --mount)
    [ "$(id -u)" -eq 0 ] || own=(unshare --user --map-root-user --mount)
    if ! "${own[@]}" true 2>/dev/null; then
        echo "skipped: no right to a mount namespace of one's own"
        exit 77
    fi
    LOOPBACK_OWN_MOUNTS=1 exec "${own[@]}" "$here" "$@"
fi

work=$(mktemp -d)
trap 'cd /; umount -q "$work"/{small,full,read-only} || true; rm -rf "$work"' EXIT
cd "$work"
mkdir small full read-only locked
mount -t tmpfs -o size=16k tmpfs small
mount -t tmpfs -o size=4k tmpfs full
head -c 4096 /dev/zero >full/ballast
mount --bind read-only read-only
mount -o remount,bind,ro read-only
echo file >file

passed=0
failed=0
# What an abort of ns-3 adds to its message, depending on its release.
end_of_ns3='/^(terminate called|NS_FATAL, terminating| *[0-9]+# )/d'
# refused TEXT COMMAND...: it ends with an error, and one line that has the text.
refused() {
    local text=$1 status=0
    shift
    { timeout 60 "$@" >out 2>err || status=$?; } 2>/dev/null
    if [ $status -ne 0 ] && [ $status -ne 124 ] && [ $status -ne 139 ] &&
        [ "$(grep -c . <(sed -E "$end_of_ns3" err))" = 1 ] && grep -qF -- "$text" err; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$*: expected an error and one line with '$text', got exit status $status and:" \
            "$(head -3 err)"
    fi
}

# The names that EnablePcap and so on make of a prefix.
declare -A names=([ethernet]=-0-0.pcap [null]=-0-0.pcap [raw]=-0-0.pcap [ascii]=-0-0.tr
    [shared]=.tr [sample]=.csv)
long=$(printf 'x%.0s' {1..300})
for what in "${!names[@]}"; do
    name=${names[$what]}
    full="$name': No space left on device"
    # A stream that its user has opened has no name here.
    [ "$what" != shared ] || full="'the stream': No space left on device"
    refused "$full" "$program" "$what" small/lo 1000
    rm small/*
    # Only in what is left to write at the end.
    if [[ $name == *.pcap ]]; then
        refused "$full" "$program" "$what" small/lo 55
        rm small/*
    fi
    # The plot's script comes before the first sample.
    [ "$what" != sample ] || full="full/lo.plt': No space left on device"
    refused "$full" "$program" "$what" full/lo 5
    rm full/lo*
    for prefix in read-only/lo file/lo none/lo "$long"; do
        refused "$prefix$name" "$program" "$what" "$prefix" 1000
    done
done
ln -s /dev/full lo.plt
refused "'lo.plt': No space left on device" "$program" sample lo 1000

# As somebody whom the mode of a folder holds back; root's own is ignored.
skipped=0
nobody=(setpriv --reuid=65534 --clear-groups)
chmod 755 .
if "${nobody[@]}" test -x "$program" 2>/dev/null; then
    for what in "${!names[@]}"; do
        refused "locked/lo${names[$what]}" "${nobody[@]}" "$program" "$what" locked/lo 1000
    done
else
    echo "skipped: the mode of a folder (nobody else can be made to run $program)"
    skipped=1
fi

# example NAME ARGUMENT... OPTION FILE: on both full disks, and in both folders.
example() {
    local name=$1 file=${*: -1}
    shift
    [ -x "$bindir/$name" ] || return 0
    for folder in small full read-only file none; do
        refused "$folder/$file" "$bindir/$name" "${@:1:$#-1}" "$folder/$file"
        find small full -mindepth 1 ! -name ballast -delete
    done
}
if [ -n "$bindir" ]; then
    example lo-tcp --quiet --bytes 1M --pcap lo.pcap
    for option in pcap ascii series; do
        example lo-ping --count 500 --$option lo
    done
    example lo-outage --pcap lo.pcap
    example lo-outage --series lo.csv
    example lo-outage --plot lo
    example lo-replay "$capture" --output lo.pcap
    example lo-impaired --quiet --requests 1000 --responses lo.csv
    example lo-impaired --quiet --requests 1000 --pcap lo.pcap
    example blackhole-rtbh --attack-stop 16s --end 17s --interval 10ms --series lo.csv
    for program in lo-ping lo-outage 'lo-tcp --quiet --bytes 1M'; do
        [ -x "$bindir/${program%% *}" ] || continue
        # shellcheck disable=SC2086
        refused full/lo.json "$bindir"/$program --json full/lo.json
    done
fi

echo "$passed passed, $failed failed"
[ $failed -eq 0 ] || exit 1
[ $skipped -eq 0 ] || exit 77

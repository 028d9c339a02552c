#!/usr/bin/env bash
# A full disk, or a file that cannot be opened, ends a program with one line that names the file.
# Usage: disk-faults.sh PROGRAM [BINDIR]
#   PROGRAM  recorded-run
#   BINDIR   directory of the example programs, if they are built
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"
program=$(realpath "$1")
bindir=${2:+$(realpath "$2")}
capture=$(dirname "$(realpath "$0")")/data/lo-mixed.pcap
cd "$dir"

# Lines that an abort of ns-3 adds to its message, depending on the release.
end_of_ns3='/^(terminate called|NS_FATAL, terminating| *[0-9]+# )/d'
# refused TEXT COMMAND...: expect it to fail with one line that contains the text.
refused() {
    local text=$1
    shift
    attempt "$@"
    if [ $status -ne 0 ] && [ $status -ne 124 ] && [ $status -ne 139 ] &&
        [ "$(grep -c . <(sed -E "$end_of_ns3" err))" = 1 ] && grep -qF -- "$text" err; then
        passed=$((passed + 1))
    else
        fail "$*: expected an error and one line with '$text', got exit status $status and: $(head -3 err)"
    fi
}
# faults FILE COMMAND...: check a command that writes the file to the folder @.
faults() {
    local file=$1
    shift
    rm -rf full
    mkdir full
    ln -s /dev/full "full/$file"
    refused "full/$file': No space left on device" "${@//@/full}"
    refused "none/$file" "${@//@/none}"
}

for type in ethernet null raw; do
    # A write fails while packets arrive, or only when the file is closed.
    faults lo-0-0.pcap "$program" $type @/lo 1000
    faults lo-0-0.pcap "$program" $type @/lo 5
done
faults lo-0-0.tr "$program" ascii @/lo 5
faults lo.csv "$program" sample @/lo 5
ln -s /dev/full lo.plt
refused "'lo.plt': No space left on device" "$program" sample lo 5
ln -s /dev/full lo.tr
refused "'the stream': No space left on device" "$program" shared lo 5
refused none/lo.tr "$program" shared none/lo 5

# example FILE NAME ARGUMENT...
example() {
    [ ! -x "$bindir/$2" ] || faults "$1" "$bindir/$2" "${@:3}"
}
if [ -n "$bindir" ]; then
    for option in pcap ascii json; do
        example lo lo-ping --count 500 --$option @/lo
    done
    example lo.pcapng lo-ping --pcapng @/lo.pcapng
    example lo.csv lo-ping --count 500 --plot @/lo
    example lo.pcap lo-tcp --bytes 1M --pcap @/lo.pcap
    example lo.pcapng lo-tcp --bytes 1M --pcapng @/lo.pcapng
    example lo.pcap lo-outage --pcap @/lo.pcap
    example lo.csv lo-outage --plot @/lo
    example lo.pcap lo-replay "$capture" --output @/lo.pcap
    example lo.csv lo-impaired --requests 1000 --plot @/lo
    example lo.pcap lo-impaired --requests 1000 --pcap @/lo.pcap
    example lo.csv blackhole-rtbh --attack-stop 16s --end 17s --plot @/lo
fi

finish

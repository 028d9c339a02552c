#!/usr/bin/env bash
# A full disk ends an example with one line that names the file. The examples' own scripts try files
# that cannot be opened; misuse.sh tries the library alone. Usage: disk-faults.sh BINDIR
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"
bindir=$(realpath "$1")
capture=$(dirname "$(realpath "$0")")/data/lo-mixed.pcap
cd "$dir"

# example FILE NAME ARGUMENT...: run an example, which writes the file to a full disk.
example() {
    local text="full/$1': No space left on device"
    rm -rf full
    mkdir full
    ln -s /dev/full "full/$1"
    shift
    attempt "$bindir/$1" "${@:2}"
    if [ $status -ne 0 ] && [ $status -ne 124 ] && [ $status -ne 139 ] &&
        [ "$(said err)" = 1 ] && grep -qF -- "$text" err; then
        passed=$((passed + 1))
    else
        fail "$*: expected an error and one line with '$text', got exit status $status and: $(head -3 err)"
    fi
}

for option in pcap ascii json; do
    example lo lo-ping --count 500 --$option full/lo
done
example lo.pcapng lo-ping --pcapng full/lo.pcapng
example lo.csv lo-ping --count 500 --plot full/lo
example lo.pcap lo-tcp --bytes 1M --pcap full/lo.pcap
example lo.pcapng lo-tcp --bytes 1M --pcapng full/lo.pcapng
example lo.pcap lo-outage --pcap full/lo.pcap
example lo.csv lo-outage --plot full/lo
example lo.pcap lo-replay "$capture" --output full/lo.pcap
example lo.csv lo-impaired --requests 1000 --plot full/lo
example lo.pcap lo-impaired --requests 1000 --pcap full/lo.pcap
example lo.csv blackhole-rtbh --attack-stop 16s --end 17s --plot full/lo

finish

# shellcheck shell=bash
# What the scripts in this folder share; to be sourced by them. Each runs one example program, and
# checks what it prints, writes and refuses.
#
# Usage: PROGRAM.sh BINDIR [PATTERN]
#   BINDIR   directory of the programs
#   PATTERN  their file names, where %s is the name, as ns3.37-%s-default; %s unless given
#
# The exit status is 0 if all is well, 1 if not, and 77 if a tool that judges is not there.
set -euo pipefail

bindir=$(realpath "${1:?usage: $0 BINDIR [PATTERN]}")
pattern=${2:-%s}
# The program that a script is for is the one that it is named after.
name=$(basename "$0" .sh)
# shellcheck disable=SC2034 # for those who source this
capture=$(realpath "$(dirname "$0")/../data")/lo-mixed.pcap
# shellcheck disable=SC2034
stats=${capture%.pcap}.stats.json

for tool in cmp editcap python3 tshark; do
    if ! command -v $tool >/dev/null; then
        echo "skipped: no $tool"
        exit 77
    fi
done

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

passed=0
failed=0
skipped=0

pass()
{
    passed=$((passed + 1))
}

fail()
{
    failed=$((failed + 1))
    echo "FAILED: $*"
}

program()
{
    # shellcheck disable=SC2059
    printf "%s/$pattern" "$bindir" "$1"
}

# loses RATE: the option that loses that share of the packets.
loses()
{
    local model="ns3::RateErrorModel[ErrorRate=$1|ErrorUnit=ERROR_UNIT_PACKET]"
    echo "--ns3::LoNetDevice::ReceiveErrorModel=$model"
}

# run PROGRAM [ARGUMENT]...: leaves its exit status in $status, its output in out and err.
run()
{
    local name=$1
    shift
    status=0
    timeout 300 "$(program "$name")" "$@" >out 2>err || status=$?
    ran="$name $*"
}

# gives STATUS: what ran last ended with it.
gives()
{
    if [ "$status" = "$1" ]; then
        pass
    else
        fail "$ran: expected exit status $1, got $status: $(head -3 err)"
    fi
}

# prints TEXT [FILE]: it stands in what ran last's stdout, or in a file.
prints()
{
    if grep -qF -- "$1" "${2:-out}"; then
        pass
    else
        fail "$ran: expected '$1' in ${2:-out}: $(head -20 "${2:-out}")"
    fi
}

# refuses TEXT PROGRAM [ARGUMENT]...: exit status 1, and one line on stderr that has the text.
refuses()
{
    local text=$1
    shift
    run "$@"
    if [ "$status" = 1 ] && [ "$(wc -l <err)" = 1 ] && grep -q "^$1: " err &&
        grep -qF -- "$text" err; then
        pass
    else
        fail "$ran: expected exit status 1 and one line '$1: ...$text...' on stderr, got" \
            "exit status $status and: $(head -3 err)"
    fi
}

# same FILE FILE
same()
{
    if cmp "$1" "$2" >cmp.out 2>&1; then
        pass
    else
        fail "${ran:-}: expected $1 and $2 to be the same: $(cat cmp.out)"
    fi
}

# is WHAT EXPECTED ACTUAL
is()
{
    if [ "$2" = "$3" ]; then
        pass
    else
        fail "$ran: expected $1 to be '$2', got '$3'"
    fi
}

# json FILE EXPRESSION: the value of a Python expression of the first link.
json()
{
    python3 -c '
import json, sys
link = json.load(open(sys.argv[1]))[0]
print(eval(sys.argv[2]))' "$@"
}

# refuses_files PROGRAM: the series and the plot are written whole or not at all.
refuses_files()
{
    local option
    for option in series plot; do
        refuses "can not write 'none/file" "$1" --$option none/file
        refuses ': Not a directory' "$1" --$option out/file
    done
    mkdir -p folder.plt
    refuses "can not write '.': it is not a regular file" "$1" --series .
    refuses "can not write 'folder.plt': it is not a regular file" "$1" --plot folder
    refuses "can not write '/dev/full': it is not a regular file" "$1" --series /dev/full
    # shellcheck disable=SC2016
    refuses "--plot: 'a\`b' has a character" "$1" --plot 'a`b'
    echo keep >kept.csv
    status=0
    (
        trap '' XFSZ
        ulimit -f 1
        "$(program "$1")" --series kept.csv >/dev/null 2>err
    ) || status=$?
    ran="$1 with a file size limit"
    gives 1
    prints "can not write 'kept.csv': File too large" err
    is 'kept.csv' keep "$(cat kept.csv)"
    is 'files left behind' kept.csv "$(echo kept.csv*)"
}

# plots PREFIX: gnuplot makes a picture of what ran last, and says nothing.
plots()
{
    if ! command -v gnuplot >/dev/null; then
        echo "skipped: the picture of $1.plt (no gnuplot)"
        skipped=$((skipped + 1))
        return
    fi
    is "what gnuplot says of $1.plt" '' "$(gnuplot "$1.plt" 2>&1)"
    is "the first bytes of $1.png" 89504e47 "$(head -c 4 "$1.png" | od -An -tx1 | tr -d ' ')"
}

# What every program says of wrong options.
check_options()
{
    run "$name" --help
    gives 0
    prints 'Examples:'
    prints '--config FILE'
    refuses "--cuont: there is no such option" "$name" --cuont=3
    refuses "--cuont: there is no such option" "$name" --cuont 3
    refuses "-x: there is no such option" "$name" -x
    refuses "ns-3 has no type ns3::Foo" "$name" --ns3::Foo::Mtu=3
    refuses "ns3::LoNetDevice has no attribute Foo" "$name" --ns3::LoNetDevice::Foo=3
    for mtu in 70000 67 -1 12x x; do
        refuses "--ns3::LoNetDevice::Mtu: '$mtu'" "$name" --ns3::LoNetDevice::Mtu="$mtu"
    done
    refuses "--ns3::LoNetDevice::Mtu" "$name" --ns3::LoNetDevice::Mtu
    refuses "--ns3::LoNetDevice::Delivery: 'x'" "$name" --ns3::LoNetDevice::Delivery=x
    refuses "--ns3::LoNetDevice::ReceiveErrorModel: 'ns3::Foo[A=1]'" "$name" \
        '--ns3::LoNetDevice::ReceiveErrorModel=ns3::Foo[A=1]'
    refuses "--RngRun: '-1'" "$name" --RngRun=-1
    refuses "--RngRun: 'x'" "$name" --RngRun=x
    refuses "--RngRuns" "$name" --RngRuns=3
    refuses "can not read 'none'" "$name" --config none
    refuses "can not read '.'" "$name" --config .
}

# finish: say what came of it, and end.
finish()
{
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" = 0 ] || exit 1
    [ "$skipped" = 0 ] || exit 77
    exit 0
}

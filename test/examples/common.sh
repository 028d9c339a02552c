# shellcheck shell=bash
# Shared by the scripts in this folder. Each of them sources it, runs the example of its name, and
# checks what that prints, writes and refuses.
#
# Usage: PROGRAM.sh BINDIR [PATTERN]
#   BINDIR   directory of the programs
#   PATTERN  their file names, such as ns3.37-%s-default, where %s is the program; by default %s
#
# The exit status is 0 on success, 1 on failure, and 77 if a tool is missing.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/../common.sh"

name=$(basename "$0" .sh)
program=$(find_program "$name" "${@:?usage: $0 BINDIR [PATTERN]}")
# shellcheck disable=SC2034 # for the scripts that source this
data=$(realpath "$(dirname "$0")/../data")

need cmp editcap gnuplot mergecap python3 tshark
cd "$dir"

# run STATUS [ARGUMENT]...: run the program, expect the status, and leave its output in out and err.
run()
{
    ran="$name ${*:2}"
    attempt "$program" "${@:2}"
    is "the exit status (stderr: $(head -3 err))" "$1" $status
}

# prints TEXT: expect the text in out.
prints()
{
    is "its output ($(head -20 out)) to have '$1', which" there \
        "$(grep -qF -- "$1" out && echo there || echo missing)"
}

# refuses TEXT [ARGUMENT]...: expect status 1, one line with the text on stderr, and no new file.
refuses()
{
    ns3_refuses "$@"
    is 'the beginning of stderr' "$name: " "$(head -c $((${#name} + 2)) err)"
}

# ns3_refuses TEXT [ARGUMENT]...: the same, where the line may be ns-3's.
ns3_refuses()
{
    local text=$1 before
    shift
    before=$(ls)
    run 1 "$@"
    is 'lines on stderr' 1 "$(said err)"
    is "stderr ($(head -3 err)) to have '$text', which" there \
        "$(grep -qF -- "$text" err && echo there)"
    is 'the files left' "$before" "$(ls)"
}

# is_same FILE FILE: expect equal files.
is_same()
{
    is "$2" "the same as $1" "$(cmp "$1" "$2" 2>&1 && echo "the same as $1")"
}

# json FILE EXPRESSION: print a Python expression of the first link.
json()
{
    python3 -c '
import json, sys
link = json.load(open(sys.argv[1]))[0]
print(eval(sys.argv[2]))' "$@"
}

# is_complete PCAPNG JSON REASON: expect the packets that lo delivered in the capture, and those
# that it refused with the reason.
is_complete()
{
    is "packets without a comment in $1" "$(json "$2" 'link["stats64"]["rx"]["packets"]')" \
        "$(count "$1" '!frame.comment')"
    is "packets with '$3' in $1" "$(json "$2" 'link["stats64"]["tx"]["dropped"]')" \
        "$(count "$1" "frame.comment contains \"$3: dropped by lo of node 0\"")"
}

# plots PREFIX [PICTURE]: expect gnuplot to plot PREFIX.plt as PICTURE.png (by default PREFIX.png),
# silently.
plots()
{
    local picture=${2:-$1}.png
    is "what gnuplot says of $1.plt" '' "$(gnuplot "$1.plt" 2>&1)"
    is "the first bytes of $picture" 89504e47 "$(head -c 4 "$picture" | od -An -tx1 | tr -d ' ')"
}

# Check the options that every program refuses.
check_options()
{
    local class line object long
    touch out err
    run 0 --help
    prints 'Examples:'
    prints '--config FILE'
    refuses '--confgi: there is no such option' --confgi=3
    refuses '--confi: there is no such option' --confi 3
    refuses '--%canonical_option%: there is no such option' --%canonical_option%=3
    refuses '-x: there is no such option' -x
    for object in ns3::Foo ns3::Ipv4Header ns3::ErrorModel 'ns3::RateErrorModel[ErrorRate=' \
        'ns3::RateErrorModel[ErrorRate]' 'ns3::RateErrorModel[RanVar=x]' \
        'ns3::RateErrorModel[RanVar=ns3::Ipv4Header]' \
        'ns3::RateErrorModel[RanVar=ns3::UniformRandomVariable[Min=0|Max=2]]'; do
        refuses 'it takes an object' "--ns3::LoNetDevice::ReceiveErrorModel=$object"
    done
    refuses "cannot be 'x'; it takes a number" \
        '--ns3::LoNetDevice::ReceiveErrorModel=ns3::RateErrorModel[ErrorRate=x]'
    refuses "cannot be 'x'; it takes ERROR_UNIT_BIT|" \
        '--ns3::LoNetDevice::ReceiveErrorModel=ns3::RateErrorModel[ErrorUnit=x]'
    refuses '--ns3::Foo::Mtu: there is no such option, nor such an attribute' --ns3::Foo::Mtu=3
    refuses '--ns3::LoNetDevice::Foo: there is no such option, nor such an attribute' --ns3::LoNetDevice::Foo=3
    refuses "--ns3::BlackholeNetDevice::Mtu: cannot be '70000'" --ns3::BlackholeNetDevice::Mtu=70000
    refuses "Mtu: cannot be '12x'; it takes a whole number, such as 1500 or 64k" --ns3::BlackholeNetDevice::Mtu=12x
    refuses "option '--ns3::LoNetDevice::Budget' requires at least one argument" --ns3::LoNetDevice::Budget
    refuses ": cannot be 'x'; it takes Immediate|" --ns3::LoNetDevice::Delivery=x
    refuses "--ns3::NetemQueueDisc::Distribution: cannot be 'x'; it takes uniform|" \
        --ns3::NetemQueueDisc::Distribution=x
    refuses "Loss: cannot be '1%'; it takes a number" --ns3::NetemQueueDisc::Loss=1%
    refuses "Delay: cannot be '5x'; it takes a time" --ns3::NetemQueueDisc::Delay=5x
    refuses "DelayVariable: cannot be '5ms'; it takes an object" \
        --ns3::NetemQueueDisc::DelayVariable=5ms
    refuses '--RngRuns' --RngRuns=3
    refuses "--RngRun: cannot be 'x'; it takes a whole number" --RngRun=x
    refuses "option '--RngRun' requires at least one argument" --RngRun
    refuses option --RngRun 3 # or the value is taken for an argument
    refuses "'--RngRun' cannot be specified more than once" --RngRun=3 --RngRun=4
    printf -v long '%100000s' ''
    refuses '--RngRun: it needs a value of at most 4096 characters' --RngRun="${long// /1}"
    for class in x ns3::Foo ns3::LoNetDevice ns3::SimulatorImpl 'ns3::DefaultSimulatorImpl[]'; do
        refuses "cannot be '$class'; it takes a class such as ns3::DefaultSimulatorImpl" \
            "--SimulatorImplementationType=$class"
    done
    refuses "--config: cannot read 'none': No such file" --config none
    refuses "--config: cannot read '.'" --config .
    refuses "--config: cannot read '/dev/zero': File too large" --config /dev/zero
    for line in garbage help=1 config=config; do
        echo $line >config
        refuses "--config: " --config config
    done
}

# refuses_files OPTION...: expect each option to refuse a file that cannot be written.
refuses_files()
{
    local option
    touch file
    for option in "$@"; do
        refuses "cannot write 'none/file" "$option" none/file
        refuses ': Not a directory' "$option" file/file
    done
}

# shellcheck shell=bash
# Shared by the test scripts, which source it: counts of checks, a temporary folder, and the end.
set -euo pipefail

# need TOOL...: skip the test where one is missing.
need()
{
    local tool
    for tool in "$@"; do
        if ! command -v "$tool" >/dev/null; then
            echo "skipped: there is no $tool"
            exit 77
        fi
    done
}

dir=$(mktemp -d)
children=() # processes to end with the script
namespace=  # name of the one that make_namespace made
clean_up()
{
    [ ${#children[@]} = 0 ] || kill "${children[@]}" 2>/dev/null || true
    [ -z "$namespace" ] || ip netns del "$namespace"
    rm -rf "$dir"
}
trap clean_up EXIT

# find_program NAME BINDIR [PATTERN]: print an example's path.
#   BINDIR   directory of the programs
#   PATTERN  their file names, where %s is the name, as ns3.37-%s-default; %s unless given
find_program()
{
    # shellcheck disable=SC2059
    printf '%s/%s' "$(realpath "$2")" "$(printf "${3:-%s}" "$1")"
}

# attempt COMMAND...: run it, with its exit status in status and its output in out and err. The
# shell does not report an abort.
# shellcheck disable=SC2034 # for the scripts that source this
attempt()
{
    status=0
    { timeout 300 "$@" >out 2>err || status=$?; } 2>/dev/null
}

# said FILE: count the lines that a program printed, without those that an abort of ns-3 adds to its
# message, depending on the release.
said()
{
    sed -E '/^(terminate called|NS_FATAL, terminating| *[0-9]+# )/d' "$1" | grep -c .
}

# count FILE FILTER: print how many packets of a capture pass a Wireshark filter.
count()
{
    tshark -r "$1" -Y "$2" 2>/dev/null | wc -l
}

# make_namespace: make a network namespace, named $namespace, or skip the test.
make_namespace()
{
    local name=loopback-test-$$
    if ! command -v ip >/dev/null || ! ip netns add "$name" 2>/dev/null; then
        echo "skipped: no network namespace can be made here; that takes root and iproute2"
        exit 77
    fi
    namespace=$name
}

passed=0
failed=0
skipped=0
ran=$(basename "$0" .sh) # the start of each message

# fail TEXT
fail()
{
    failed=$((failed + 1))
    echo "FAILED: $ran: $1"
}

# is WHAT EXPECTED ACTUAL
is()
{
    if [ "$2" = "$3" ]; then
        passed=$((passed + 1))
    else
        fail "expected $1 to be '$2', got '$3'"
    fi
}

# finish: print the counts, and exit.
finish()
{
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" = 0 ] && [ "$passed" != 0 ] || exit 1
    [ "$skipped" = 0 ] || exit 77
    exit 0
}

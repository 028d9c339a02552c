# shellcheck shell=bash
# What the test scripts share: counts of what holds, a folder of their own, and how they end. Each
# sources it.
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
trap 'rm -rf "$dir"' EXIT

# make_namespace: make a network namespace of the running kernel, which $namespace names, or skip the
# test.
make_namespace()
{
    namespace=loopback-test-$$
    if ! command -v ip >/dev/null || ! ip netns add "$namespace" 2>/dev/null; then
        echo "skipped: no network namespace can be made here; that takes root and iproute2"
        exit 77
    fi
    trap 'ip netns del "$namespace"; rm -rf "$dir"' EXIT
}

passed=0
failed=0
skipped=0
ran=$(basename "$0" .sh) # what messages begin with

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

# finish: say what came of it, and end.
finish()
{
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" = 0 ] && [ "$passed" != 0 ] || exit 1
    [ "$skipped" = 0 ] || exit 77
    exit 0
}

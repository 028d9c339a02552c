#!/usr/bin/env bash
# Each misuse of the library ends the program with one line that says what was wrong.
# Usage: misuse.sh PROGRAM
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"
program=$(realpath "$1")
cd "$dir"

# Usage: try TIME EXPECTED [run]
try() {
    local time=$1 expected=$2
    shift
    rm -rf ./*
    attempt "$program" "$@"
    if [ "$status" -ne 0 ] && [ "$status" -ne 139 ] && [ "$(grep -c 'msg="' err)" -eq 1 ] &&
        grep -Eq -- "$expected" err && grep -Eq "\", (\+$time\.0+s -?[0-9]+ )?file=" err; then
        passed=$((passed + 1))
    else
        fail "expected a non-zero exit and one message like '$expected' at $time s, got exit $status and: $(cat err)"
    fi
}
# Before a simulation, and at run time.
while IFS= read -r expected; do
    try 0 "$expected"
    try 1 "$expected" run
done < <("$program")
finish

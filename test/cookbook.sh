#!/usr/bin/env bash
# Run the commands of the cookbook's transcripts (examples/cookbook/expected/RECIPE.out), as a
# reader of doc/cookbook.rst would, and compare. A line that begins with "$ " is a command; its
# output follows. A command that fails leaves a line "exit status N".
#
# Usage: cookbook.sh [--write] BINDIR [PATTERN]
#   --write  rewrite the transcripts from the commands' output
#   BINDIR   directory of the programs
#   PATTERN  their file names, such as ns3.37-%s-default, where %s is the program; by default %s
#
# The exit status is 0 on success, 1 on failure, and 77 if a tool is missing.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"
export LC_ALL=C.UTF-8
# For the recipe mpi: without these Open MPI refuses root, and more ranks than processors.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OMPI_MCA_rmaps_base_oversubscribe=1

write=false
if [ "${1:-}" = --write ]; then
    write=true
    shift
fi
: "${1:?usage: cookbook.sh [--write] BINDIR [PATTERN]}"
top=$(realpath "$(dirname "$0")/..")
max_lines=39

need cmp gnuplot python3 tshark

mkdir "$dir/bin"
PATH=$dir/bin:$PATH
# Debian's python3 has python3-pandas, but another python3 may precede it in PATH.
for python in python3 /usr/bin/python3 none; do
    if $python -c 'import pandas' 2>/dev/null; then
        ln -s "$(command -v $python)" "$dir/bin/python3"
        break
    elif [ $python = none ]; then
        echo "skipped: no pandas for python3; install python3-pandas"
        exit 77
    fi
done

# Print a transcript anew, from its commands, run in a new directory.
transcript() {
    local line status
    mkdir "$dir/$1"
    cd "$dir/$1"
    cp "$top"/examples/cookbook/*.py "$top/test/data/lo-mixed.pcap" .
    while IFS= read -r line; do
        if [[ $line == '$ '* ]]; then
            printf '%s\n' "$line"
            status=0
            timeout 60 bash -c "set -o pipefail; ${line#\$ }" </dev/null 2>>errors || status=$?
            [ $status -eq 0 ] || echo "exit status $status"
        fi
    done <"$top/examples/cookbook/expected/$1.out"
}

for source in "$top"/examples/cookbook/*.cc; do
    recipe=$(basename "$source" .cc)
    expected=$top/examples/cookbook/expected/$recipe.out
    lines=$(wc -l <"$source")
    [ "$lines" -le $max_lines ] || fail "$recipe.cc has $lines lines, expected at most $max_lines"
    for shown in "examples/cookbook/$recipe.cc" "examples/cookbook/expected/$recipe.out"; do
        grep -q "literalinclude:: ../$shown" "$top/doc/cookbook.rst" ||
            fail "doc/cookbook.rst does not show $shown"
    done
    grep -q '^\$ .*cookbook-' "$expected" || {
        fail "$expected: expected commands, such as '\$ cookbook-$recipe'"
        continue
    }
    program=$(find_program "cookbook-$recipe" "$@")
    if [ ! -x "$program" ]; then
        # Debian's ns-3 has no headers for it.
        if [ "$recipe" = mpi ]; then
            echo "no cookbook-mpi here: it is built where ns-3 has the module mpi"
        else
            fail "there is no $program"
        fi
        continue
    fi
    ln -s "$program" "$dir/bin/cookbook-$recipe"
    (transcript "$recipe") >"$dir/$recipe.txt"
    if $write; then
        cp "$dir/$recipe.txt" "$expected"
    elif ! diff -u "$expected" "$dir/$recipe.txt"; then
        fail "$recipe: other output than expected; what went to stderr: $(cat "$dir/$recipe/errors")"
    fi
    passed=$((passed + 1))
done

finish

#!/usr/bin/env bash
# The README has at most 100 lines, names each script of the cookbook, and links only existing
# files. tools/walk, tools/in-tree and installed.sh run its commands. Usage: readme.sh
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"
cd "$(dirname "$0")/.."

lines=$(wc -l <README.md)
[ "$lines" -le 100 ] || fail "README.md: expected at most 100 lines, got $lines"
for script in examples/cookbook/*.cc; do
    is "README.md: links to $script" 1 "$(grep -cF "($script)" README.md)"
    is "doc/cookbook.rst: links to $script" 1 "$(grep -cF "<../$script>" doc/cookbook.rst)"
done
while IFS= read -r link; do
    is "README.md: $link" there "$([ -e "${link%#*}" ] && echo there)"
done < <(grep -oE '\]\([^)]+\)' README.md | sed 's/^](//; s/)$//')
finish

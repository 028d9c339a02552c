#!/usr/bin/env bash
# The README has at most 100 lines, names each script of the cookbook, and links what is there. What its
# commands do is seen by tools/walk and tools/in-tree, and by installed.sh. Usage: readme.sh
set -euo pipefail
cd "$(dirname "$0")/.."
failed=0
fail() {
    echo "README.md: expected $*"
    failed=1
}

lines=$(wc -l <README.md)
[ "$lines" -le 100 ] || fail "at most 100 lines, got $lines"
for script in examples/cookbook/*.cc; do
    grep -qF "($script)" README.md || fail "a link to $script"
    grep -qF "<../$script>" doc/cookbook.rst || fail "doc/cookbook.rst to link $script, too"
done
while IFS= read -r link; do
    [ -e "${link%#*}" ] || fail "$link to be there"
done < <(grep -oE '\]\([^)]+\)' README.md | sed 's/^](//; s/)$//')
[ $failed -eq 0 ] && echo "$lines lines; all links lead somewhere"
exit $failed

#!/usr/bin/env bash
# netem reads numbers with a decimal point where the program's locale has a comma.
# Usage: other-locale.sh RUNNER
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/common.sh"
runner=$(realpath "$1")
need localedef
cd "$dir"

cat >source <<'TEXT'
LC_NUMERIC
decimal_point ","
thousands_sep ""
grouping -1
END LC_NUMERIC
TEXT
cat >charmap <<'TEXT'
<code_set_name> ASCII
CHARMAP
<U0000>..<U007F> /x00 x
END CHARMAP
TEXT
# It warns of the categories that are left out.
localedef -c -i ./source -f ./charmap ./comma >log 2>&1 || true
there=(env "LOCPATH=$dir" LC_ALL=comma)
is 'a number in the locale' 0,5 "$("${there[@]}" printf %.1f 0,5)"
attempt "${there[@]}" "$runner" --suite=lo-netem-parameters
is 'exit of lo-netem-parameters there' 0 $status
finish

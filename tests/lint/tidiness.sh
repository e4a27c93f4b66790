#!/bin/bash
# House rules that a search can hold: no file over 400 lines, no unfinished-work words, no path of one machine, no tabs or trailing blanks.
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/sources.sh"
out=$(mktemp)
trap 'rm -f "$out"' EXIT

code=('*.h' '*.cpp' '*.cu' '*.cuh' '*.py' '*.sh' '*.cmake' CMakeLists.txt run test)
sources "${code[@]}" | xargs awk '
function end_of_file() { if (last > 400 && name !~ /^tests\/data\//) printf "%s:%d: a file over 400 lines: split it by concept\n", name, last }
FNR == 1 { end_of_file(); name = FILENAME }
{ last = FNR }
/[ \t]$/ { printf "%s:%d: blanks at the end of the line\n", FILENAME, FNR }
/^ *\t/ && FILENAME !~ /\.(inc)$/ { printf "%s:%d: a tab: indent with spaces\n", FILENAME, FNR }
END { end_of_file() }
' >"$out"

# The words are put together here so that this file does not break its own rule.
words='(^|[^A-Za-z_])(TO''DO|FIX''ME|XX''X|HA''CK)([^A-Za-z_]|$)'
places='(^|[^A-Za-z0-9_.~$}])/(work|root|home)/[A-Za-z0-9_.]'
sources "${code[@]}" '*.md' '*.json' '*.yml' '*.clang-*' | grep -v '^tests/data/.*\.json$' | xargs grep -nE "$words" |
    sed 's/$/: unfinished work does not go in/' >>"$out"
sources "${code[@]}" '*.md' '*.json' '*.yml' '*.clang-*' | xargs grep -nE "$places" |
    sed 's/$/: a path of one machine/' >>"$out"
verdict "$out"

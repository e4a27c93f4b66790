#!/bin/bash
# clang-format 14 finds nothing to change. To mend: clang-format -i FILE.
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/sources.sh"
sources '*.h' '*.cpp' '*.cu' '*.cuh' | grep -vE '^tests/data/|^ui/.*_rc\.' |
    xargs -P 2 -n 20 "${CLANG_FORMAT:-clang-format-14}" --dry-run -Werror --ferror-limit=1

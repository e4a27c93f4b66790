#!/bin/bash
# The lint tests fail when they should: each line below breaks one rule in a throw-away tree, and must be reported there.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
failures=0
# broken SCRIPT FILE TEXT RULE: a tree with that one file is refused for that rule.
broken() {
    local tree; tree=$(mktemp -d)
    mkdir -p "$tree/tests/lint" "$tree/$(dirname "$2")"
    cp "$here/sources.sh" "$here/$1" "$tree/tests/lint/"
    printf '%b\n' "$3" >"$tree/$2"
    local said status
    said=$("$tree/tests/lint/$1"); status=$?
    if [ $status -eq 0 ] || ! grep -qF "$2:" <<<"$said" || ! grep -qF "$4" <<<"$said"; then
        echo "$1 let pass in $2: $3 (said: $said)"
        failures=$((failures + 1))
    fi
    rm -rf "$tree"
}
broken layering.sh kernels/a.h '#include "engine/base/error.h"' 'nothing above it'
broken layering.sh kernels/a.cpp '#include <QString>' 'no Qt below ui/'
broken layering.sh kernels/a.cpp '#include <ATen/core/Tensor.h>' 'LibTorch is private'
broken layering.sh engine/data/a.cpp '#include <c10/core/Device.h>' 'LibTorch is private'
broken layering.sh engine/model/a.cpp '#include <torch/torch.h>' 'costs 50-80 s'
broken layering.sh engine/model/a.cpp '#include <ATen/Parallel.h>' 'runs loops in parallel'
broken layering.sh engine/train/a.cpp '#include <sqlite3.h>' 'SQLite is private'
broken layering.sh engine/data/a.cpp '#include <curl/curl.h>' 'libcurl is private'
broken layering.sh engine/data/a.cpp '#include <poppler-page.h>' 'Poppler is GPL'
broken layering.sh engine/session.cpp '  #  include "ui/window.h"' 'nothing above it'
broken layering.sh engine/base/a.cpp 'std::regex pattern;' 'use PCRE2'
broken layering.sh engine/base/a.cpp 'if (!file) std::abort();' 'errors are values'
broken layering.sh ui/a.cpp '#include "engine/model/model.h"' 'ui/ and app/ see'
broken layering.sh app/a.cpp '#include "kernels/matmul.h"' 'through engine/session.h'
broken layering.sh app/a.cpp '#include <torch/types.h>' 'LibTorch is private'
broken tidiness.sh engine/a.cpp "$(yes '//' | head -401)" 'over 400 lines'
broken tidiness.sh engine/a.cpp "// TO""DO: later" 'unfinished work'
broken tidiness.sh cmake/a.cmake "set(x /ho""me/me/x)" 'a path of one machine'
broken tidiness.sh engine/a.cpp 'int a; ' 'blanks at the end'
[ $failures -eq 0 ] && echo "every rule bites"
exit $failures

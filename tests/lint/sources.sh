#!/bin/bash
# Sourced by the lint tests: `sources PATTERN…` lists the project's files by name pattern, from its root, without built or fetched ones.
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
sources() {
    local pattern match=()
    for pattern in "$@"; do match+=(-o -name "$pattern"); done
    find . \( -name .git -o -name build -o -name .cache -o -name __pycache__ \) -prune -o -type f \( "${match[@]:1}" \) -print |
        sed 's|^\./||' | LC_ALL=C sort
}
# verdict COUNT_FILE: the test fails if the file has a line; the lines say why.
verdict() {
    [ -s "$1" ] || { echo "no line breaks the rules"; exit 0; }
    cat "$1"
    echo "$(wc -l <"$1") line(s) break the rules above"
    exit 1
}

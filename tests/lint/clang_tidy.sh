#!/bin/bash
# clang-tidy over the torch-free sources (version 14 cannot read GCC's precompiled headers). Usage: clang_tidy.sh BUILD_FOLDER [SECONDS]
# Takes the build's commands without GCC's own flags. A file that passed is not read again until it, a project header it takes, the
# rules or the tool change: ~/.cache/lathe/tidy has a mark for each, which holds in any clone. After SECONDS (480) no file is begun;
# those left are counted and wait for the next call: exit 77, which CTest calls skipped.
set -uo pipefail
build=$(cd "${1:?usage: clang_tidy.sh BUILD_FOLDER [SECONDS]}" && pwd) || exit 1
limit_s=${2:-480}
source "$(dirname "${BASH_SOURCE[0]}")/sources.sh"
tidy=${CLANG_TIDY:-clang-tidy-14}
command -v "$tidy" >/dev/null || { echo "$tidy is not installed"; exit 1; }
marks=$HOME/.cache/lathe/tidy
work=$build/tidy
rm -rf "$work" && mkdir -p "$marks" "$work" || exit 1
find "$marks" -type f -mtime +60 -delete

# One "file<TAB>command" line for each torch-free source of ours, and a compile database of them.
awk -v root="$PWD/" -v database="$work/compile_commands.json" '
function value(line) { sub(/^[^:]*: "/, "", line); sub(/",?[ \t\r]*$/, "", line); return line }
BEGIN { printf "[" >database }
/^ *"directory":/ { directory = $0 }
/^ *"command":/ { command = value($0) }
/^ *"file":/ {
    file = value($0)
    if (index(file, root) != 1) next
    name = substr(file, length(root) + 1)
    if (name !~ /^(kernels|engine|ui|app)\// || command ~ /\/torch\/include/) next
    sub(/^[^ ]*ccache /, "", command)
    gsub(/ (-include [^ ]*|-W[^ ]*|-fsanitize[^ ]*|-fno-sanitize[^ ]*|-fpch-preprocess|-fopenmp|-fno-math-errno|-O[0-9s]|-g[0-9]?)/, "", command)
    gsub(/ -include [^ ]*cmake_pch[^ ]*/, "", command)
    printf "%s{\n%s\n\"command\": \"%s\",\n\"file\": \"%s\"\n}", separator, directory, command, file >database
    separator = ",\n"
    printf "%s\t%s\n", name, command
}
END { printf "]\n" >database }' "$build/compile_commands.json" | LC_ALL=C sort -u -t "$(printf '\t')" -k1,1 >"$work/files"

# closure FILE: the file and every project header it takes, directly or not.
declare -A direct
closure() {
    local -A seen=(["$1"]=1)
    local queue=("$1") file include
    while [ ${#queue[@]} -gt 0 ]; do
        file=${queue[0]}
        queue=("${queue[@]:1}")
        [ -n "${direct[$file]+x}" ] || direct[$file]=$(sed -nE 's/^[ \t]*#[ \t]*include "([^"]+)".*/\1/p' "$file" | tr '\n' ' ')
        for include in ${direct[$file]}; do
            [ -f "$include" ] || include=$(dirname "$file")/$include
            [ -f "$include" ] && [ -z "${seen[$include]+x}" ] && seen[$include]=1 && queue+=("$include")
        done
    done
    printf '%s\n' "${!seen[@]}" | LC_ALL=C sort
}
rules=$("$tidy" --version | cat - .clang-tidy | sha256sum)
while IFS=$'\t' read -r file command; do
    mapfile -t parts < <(closure "$file")
    key=$({ echo "$rules ${command//"$PWD"/}"; cat "${parts[@]}"; } | sha256sum | cut -c1-40)
    [ -e "$marks/$key" ] || echo "$file $key"
done <"$work/files" >"$work/changed"
echo "$(wc -l <"$work/files") files, $(wc -l <"$work/changed") changed since they passed"

export tidy work marks
export deadline=$(($(date +%s) + limit_s))
check_one() {
    [ "$(date +%s)" -lt "$deadline" ] || { echo "$1" >>"$work/waiting"; return 0; }
    if "$tidy" -p "$work" --quiet "$1" >"$work/$2.log" 2>&1; then : >"$marks/$2"; else grep -vE '^[0-9]+ warnings? generated' "$work/$2.log"; return 1; fi
}
export -f check_one
xargs -r -P 2 -L 1 bash -c 'check_one "$0" "$1"' <"$work/changed"
status=$?
[ ! -e "$work/waiting" ] || echo "out of time: $(wc -l <"$work/waiting") files wait for the next call"
[ $status -eq 0 ] || exit 1
[ ! -e "$work/waiting" ] || exit 77

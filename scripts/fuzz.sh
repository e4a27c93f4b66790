#!/bin/bash
# libFuzzer over the parsers of hostile files. Usage: scripts/fuzz.sh [SECONDS [NAME…]]; SECONDS (60) for each target. New inputs
# gather in build/fuzz/corpus; what crashes is left in build/fuzz/found and ends the call with 1. With a finding mended, its input
# goes into tests/data/fuzz/NAME, where ./test replays it.
set -euo pipefail
seconds=${1:-60}
source "$(dirname "${BASH_SOURCE[0]}")/build.sh"
names=("${@:2}")
[ ${#names[@]} -gt 0 ] || names=(chat_template gguf safetensors tokenizer)
build fuzz long "${names[@]/%/_fuzz}"
status=0
for name in "${names[@]}"; do
    corpus=build/fuzz/corpus/$name found=build/fuzz/found/$name
    mkdir -p "$corpus" "$found"
    say "$name: $seconds s"
    fuzzer=(build/fuzz/tests/"${name}_fuzz" -timeout=5 -rss_limit_mb=1024)
    "${fuzzer[@]}" -max_total_time="$seconds" -max_len=65536 -print_final_stats=1 -artifact_prefix="$found/" \
        "$corpus" "tests/data/fuzz/$name" >"build/fuzz/$name.log" 2>&1 || {
        # The time limit is by the clock on the wall: an input that is fast alone was held up by a busy machine.
        for input in "$found"/timeout-*; do
            [ -e "$input" ] && "${fuzzer[@]}" "$input" >/dev/null 2>&1 && rm "$input"
        done
        if compgen -G "$found/*" >/dev/null || ! grep -q 'libFuzzer: timeout' "build/fuzz/$name.log"; then
            status=1
            tail -40 "build/fuzz/$name.log" >&2
        else
            say "$name: ended early, the machine was busy"
        fi
    }
    grep -E 'stat::number_of_executed_units|stat::new_units_added' "build/fuzz/$name.log" >&2 || true
done
exit $status

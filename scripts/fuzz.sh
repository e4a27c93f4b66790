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
    build/fuzz/tests/"${name}_fuzz" -max_total_time="$seconds" -max_len=65536 -timeout=5 -rss_limit_mb=1024 -print_final_stats=1 \
        -artifact_prefix="$found/" "$corpus" "tests/data/fuzz/$name" >"build/fuzz/$name.log" 2>&1 ||
        { status=1; tail -40 "build/fuzz/$name.log" >&2; }
    grep -E 'stat::number_of_executed_units|stat::new_units_added' "build/fuzz/$name.log" >&2 || true
done
exit $status

#!/bin/bash
# The arrows kernels <- engine <- ui <- app, and the headers each folder may take. Prints file:line: what stands there: the rule.
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/sources.sh"
out=$(mktemp)
trap 'rm -f "$out"' EXIT

sources '*.h' '*.cpp' '*.cu' '*.cuh' '*.inc' | xargs awk '
function breaks(rule) { printf "%s:%d: %s: %s\n", FILENAME, FNR, $0, rule }
FNR == 1 {
    file = FILENAME
    folder = file; sub(/\/.*/, "", folder)
    subject = file; sub(/^tests\//, "", subject)          # a test may take what the part it tests may take
    torch_may = subject ~ /^engine\/(model|train|infer)\// || file ~ /^engine\/base\/allocator[a-z_]*\.cpp$/ ||
                folder == "bench" || file ~ /^cmake\/torch_headers\.h$/
    sqlite_may = subject ~ /^engine\/store\//
}
/^[ \t]*#[ \t]*include/ {
    name = $0
    sub(/^[ \t]*#[ \t]*include[ \t]*[<"]/, "", name); sub(/[>"].*/, "", name)
    if (name == "torch/torch.h" || name == "ATen/ATen.h" || name == "torch/extension.h")
        breaks("costs 50-80 s a file; include single ATen/ops/*.h")
    if (name ~ /^(torch|ATen|c10)\// && !torch_may)
        breaks("LibTorch is private to engine/model, engine/train and engine/infer")
    if (name == "ATen/Parallel.h" && file != "engine/model/parallel.cpp" && folder != "bench")
        breaks("only engine/model/parallel.cpp runs loops in parallel")
    if (name == "sqlite3.h" && !sqlite_may) breaks("SQLite is private to engine/store")
    if (name ~ /^curl\// && subject !~ /^engine\/library\//) breaks("libcurl is private to engine/library: nothing else reaches the network")
    if (name ~ /^poppler/ && file != "engine/data/pdf_text.cpp") breaks("Poppler is GPL: engine/data/pdf_text.cpp alone includes it")
    if (name == "regex") breaks("std::regex recurses on input; use PCRE2 or plain code")
    if (name ~ /^Q[A-Za-z]/ && (folder == "kernels" || folder == "engine")) breaks("no Qt below ui/")
    if (folder == "kernels" && name ~ /^(engine|ui|app)\//) breaks("kernels/ includes nothing above it")
    if (folder == "engine" && name ~ /^(ui|app)\//) breaks("engine/ includes nothing above it")
    if (folder == "ui" && name ~ /^app\//) breaks("ui/ includes nothing above it")
    if ((folder == "ui" || folder == "app") && name ~ /^kernels\//) breaks("ui/ and app/ reach kernels through engine/session.h")
    if ((folder == "ui" || folder == "app") && name ~ /^engine\// &&
        name !~ /^engine\/(session|base\/(config|config_fields|data_inspection|dataset|error|events|export_report|export_text|json|files|machine_memory|memory|model_entry|process_age|resources|run_record|switches|token_logprobs|train_controls)|store\/[a-z_]+)\.h$/)
        breaks("of the engine ui/ and app/ see session.h, the values of base/ and the store")
    if (folder != "tests" && name ~ /^tests\//) breaks("only tests include tests")
}
/std::regex/ { breaks("std::regex recurses on input; use PCRE2 or plain code") }
(folder == "kernels" || folder == "engine" || folder == "ui") && /(^|[^A-Za-z_.>])(std::)?(abort|exit|_exit|quick_exit|assert)\(/ &&
    !/static_assert\(/ && !/^[ \t]*\/\// { breaks("errors are values: no exit, abort or assert") }
' >"$out"
verdict "$out"

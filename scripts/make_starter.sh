#!/bin/bash
# Makes resources/starter, the small model that tests and first steps use: trains resources/presets/starter.json and exports its last
# checkpoint in bfloat16. Usage: scripts/make_starter.sh [WORKSPACE] (default build/starter). docs/starter.md says what comes out of it.
# Interrupted, it goes on from the last checkpoint when it is called again.
set -euo pipefail

[ $# -le 1 ] || { sed -n '2,4s/^# //p' "${BASH_SOURCE[0]}" >&2; exit 2; }
here=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.."
workspace=${1:-$PWD/build/starter}
case $workspace in /*) ;; *) workspace=$here/$workspace ;; esac
cli=build/release/bin/lathe-cli
[ -x "$cli" ] || { echo "scripts/make_starter.sh: $cli is not there: call ./run first" >&2; exit 2; }

resume=()
compgen -G "$workspace/runs/*-starter-*/checkpoint-*" >/dev/null && resume=(--resume latest)
"$cli" train --config resources/presets/starter.json "${resume[@]}" --workspace "$workspace"
# The exporter writes into a new folder alone; the old model goes when the new one is whole.
new=$workspace/export
rm -rf "$new"
"$cli" export --run latest --format hf --dtype bfloat16 --out "$new" --workspace "$workspace"
rm -rf resources/starter
mv "$new" resources/starter
"$cli" eval --run latest --workspace "$workspace"

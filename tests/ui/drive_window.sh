#!/bin/bash
# The main job by hand: train the quick start, talk to it while it trains, export it. Usage: drive_window.sh BIN en|ko [PICTURES]
# (drive_common.sh); PICTURES gets what was exported too.
source "$(dirname "${BASH_SOURCE[0]}")/drive_common.sh"
open_window
shot start
# The first door has two controls; then comes the quick start's button.
key Tab Tab Tab
key space
until_true 240 "the first steps" at_least 'select coalesce(max(step), 0) from metrics' 100
shot train
key ctrl+6
say 'And the LORD said'
key Return
until_true 120 "an answer while it trains" at_least "select count(*) from turns where from_model and length(text) > 10" 1
shot chat
cli runs list --json | grep -q '"running"' || die "the chat was not answered while the run trained: make the run longer"
until_true 900 "the end of the run" is 'select state from runs' finished
key ctrl+1
sleep 1
shot done
key ctrl+7
sleep 2
key ctrl+Return
until_true 60 "the export" bash -c "compgen -G '$workspace/exports/*/model.safetensors'"
shot export
folder=$(echo "$workspace"/exports/*)
cli generate --model "$folder" --prompt 'And the LORD said' --max-tokens 8 --json | grep -q '"text"' || die "the export does not answer"
[ -z "$pictures" ] || { rm -rf "$pictures/exported" && cp -r "$folder" "$pictures/exported"; }
until_true 60 "the proof" grep -q '"max_logit_difference"' "$folder/lathe_export.json"
close_window
echo "driven in $language: trained, answered while it trained, exported"

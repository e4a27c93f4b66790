#!/bin/bash
# A whole trip by keys and mouse, from an empty workspace: a file looked at, cleaned and saved as a version; a tokenizer of it; a model;
# a run, a second one from the queue, both over each other; a third cut off by kill -9 and by SIGTERM, and resumed; a chat; an export.
# At each cut a setting is half changed, a text half typed and a curve zoomed, and all of it is there again. docs/trip has the pictures.
# Usage: drive_trip.sh BIN en|ko [PICTURES]   (drive_common.sh)
source "$(dirname "${BASH_SOURCE[0]}")/drive_common.sh"

# set_field NAME VALUE: of the form, found by Ctrl+F.
set_field() { key ctrl+f ctrl+a; say "$1"; key Tab ctrl+a; say "$2"; }
# has_setting NAME VALUE: in the Train page's form, as it is kept.
has_setting() { sed -n '/^\[train\]/,/^\[/p' $settings | grep -qF "\\\"$1\\\": $2"; }
# Runs are numbered by the record, from 1.
state_of() { query "select state from runs where run = $1"; }
is_run() { [ "$(state_of "$1")" = "$2" ]; }
steps_of() { query "select coalesce(max(step), 0) from metrics where run = $1"; }
has_steps() { [ "$(steps_of "$1")" -ge "$2" ]; }
checkpoint_of() { query "select coalesce(max(step), 0) from checkpoints where run = $1"; }
has_checkpoint() { [ "$(checkpoint_of "$1")" -ge "$2" ]; }
turn_is() { is "select count(*) from turns where not from_model and text = '$1'" 1; }
zoomed_steps() { sed -nE 's/^loss\\zooms="?[^ ]* step ([0-9.]*) ([0-9.]*).*/\1 \2/p' $settings | awk '{ print int($2 - $1) }'; }
has_zoom() { [ -n "$(zoomed_steps)" ]; }
wider_than() { [ "$(zoomed_steps)" -gt "$1" ]; }

# 3,000 different texts or nearly, and 77 of them again.
python3 - "$source_folder/resources/samples/english.txt" "$HOME/lines.jsonl" <<'END'
import json, sys
lines = [line.strip() for line in open(sys.argv[1], encoding="utf-8") if len(line.strip()) > 40][:3000]
with open(sys.argv[2], "w") as out:
    for line in lines + lines[:77]: print(json.dumps({"text": line}), file=out)
END

open_window
[ "$(query 'select count(*) from runs')" = 0 ] || die "the workspace is not empty"

# Data: a file by Ctrl+O; Look, Clean, Tokenizer are the fourth stop of Tab, and the arrows go through them.
key ctrl+2
key ctrl+o
dialog=$(words DataPage 'Add files')
until_true 10 "the file dialog" xdotool search --onlyvisible --name "^$dialog\$"
say "$HOME/lines.jsonl"
key Return
until_true 30 "the file in the data" kept 'lines\.jsonl'
sleep 2
shot 2-data
key Tab Tab Tab Tab Right
key Tab Tab Tab Tab Tab Tab  # past name, table and text, to the third switch
key space
key Tab space
until_true 10 "the switches" kept '^recipe=.*collapse_whitespace.": true.*drop_duplicates.": true'
times 6 Tab
key ctrl+a
say 0.05
key Tab
until_true 10 "the share held back" kept '^recipe=.*validation_fraction.": 0\.05'
sleep 1
shot 3-clean
key ctrl+s
version=$workspace/datasets/lines/v1
until_true 60 "the version" test -s "$version/manifest.json"
[ "$(wc -l <"$version/validation.jsonl")" -gt 50 ] || die "nothing was held back"
[ "$(cat "$version"/*.jsonl | wc -l)" -lt 3001 ] || die "the duplicates are still there"
until_true 30 "the version on screen" kept 'lines/v1/train\.jsonl'

# Now the data set has its line in the list, and a button for the trash.
sleep 1
key ctrl+2
key Tab Tab Tab Tab Tab Tab Right
key Tab Tab ctrl+a
say 512
key Return
until_true 120 "the tokenizer" test -s "$workspace/tokenizers/lines-512/tokenizer.json"
sleep 2
shot 4-tokenizer

# Model: the smallest of the dial, past three switches.
key ctrl+3
act ModelPage Model 'Build a model'
key ctrl+f
times 4 Tab
key Home
until_true 10 "the smallest model" kept '^config=.*hidden_size.": 128,.*num_hidden_layers.": 2,.*head_dim.": 64'
sleep 2
shot 5-model
key ctrl+Return
until_true 10 "the model in the form" has_setting hidden_size 128
key ctrl+2
key ctrl+Return
until_true 10 "the data in the form" kept '^page=train'
set_field tokenizer.path "$workspace/tokenizers/lines-512"
set_field max_length 64
set_field max_steps 400
set_field eval_steps 50
set_field save_steps 50
until_true 10 "the settings of the run" has_setting save_steps 50
key ctrl+Return
until_true 240 "the first steps" has_steps 1 50
key ctrl+p
until_true 30 "the pause" is_run 1 paused
shot 6-train

# The second: planned beside the first, with half of its learning rate, and started by its end.
act TrainPage Train 'Plan the next run'
set_field learning_rate 0.0005
until_true 10 "the learning rate" has_setting learning_rate 0.0005
act TrainPage Train 'Add the run to the queue'
until_true 10 "the queue" is 'select count(*) from queue' 1
act TrainPage Train 'Back to the run'
key ctrl+p
until_true 600 "the end of the first run" is_run 1 finished
until_true 600 "the end of the second run" is_run 2 finished
[ "$(steps_of 1) $(steps_of 2)" = '400 400' ] || die "the runs are not whole"

# Runs: both ticked.
key ctrl+5
sleep 1
key Home space Down space
until_true 10 "two ticks" kept '^ticked=.*, '
sleep 2
shot 7-overlaid
cli runs list

# The third goes on until it is stopped.
key ctrl+4
act TrainPage Train 'New run'
set_field max_steps 20000
until_true 10 "the steps" has_setting max_steps 20000
key ctrl+Return
until_true 240 "a checkpoint of the third run" has_checkpoint 3 50

# on_curve NOTCHES BUTTON: the wheel (4 nearer, 5 away) with Ctrl, at the beginning of the loss curve.
on_curve() {
    xdotool mousemove 330 560  # with and without a banner over the page
    sleep 0.3
    xdotool keydown ctrl click --repeat "$1" --delay 60 "$2" keyup ctrl
}
# half_way TEXT STEPS NOTCHES [PICTURE]: a curve zoomed, a setting changed, a text typed; none of it sent or started.
half_way() {
    key ctrl+4
    on_curve "$3" 4
    until_true 10 "the zoom" has_zoom
    sleep 1
    [ $# -lt 4 ] || shot "$4"
    act TrainPage Train 'Plan the next run'
    set_field max_steps "$2"
    until_true 10 "the half-typed form" has_setting max_steps "$2"
    key ctrl+6
    say "$1"
    until_true 10 "the draft in the record" is "select count(*) from conversations where draft = '$1'" 1
    is_run 3 running || die "the third run does not go on: it is $(state_of 3)"
}
# go_on TEXT STEPS ZOOMED PICTURE AT: in the window that was opened again, on the page that was shown; AT is the run's last step on disk.
go_on() {
    until_true 10 "the page" kept '^page=chat'
    say 'ter'
    key Return
    until_true 60 "the draft, gone on with" turn_is "$1ter"
    key ctrl+4
    act TrainPage Train 'Add the run to the queue'
    until_true 10 "the form as it was left" at_least "select count(*) from queue where config like '%\"max_steps\": $2,%'" 1
    key ctrl+5
    sleep 1
    key Home Return
    until_true 10 "the run" kept '^page=train'
    sleep 1
    shot "$4"
    act TrainPage Train Resume
    until_true 240 "the run, resumed" is_run 3 running
    until_true 240 "steps over the cut" has_steps 3 $(($5 + 50))
    on_curve 1 5
    until_true 10 "the zoom as it was left, one notch wider" wider_than "$3"
    [ "$(zoomed_steps)" -lt $((2 * $3)) ] || die "the zoom was $3 steps, and now $(zoomed_steps)"
}

half_way 'And the wa' 77 20 8-zoomed
zoom=$(zoomed_steps)
at=$(checkpoint_of 3)
kill -KILL $lathe
wait $lathe 2>/dev/null || true
open_window
until_true 30 "the cut in the record" is_run 3 interrupted
go_on 'And the wa' 77 "$zoom" 8-cut-off "$at"

half_way 'Let there be wa' 78 3
zoom=$(zoomed_steps)
kill -TERM $lathe
wait $lathe || die "SIGTERM: it did not end well"
is_run 3 stopped || die "SIGTERM: the run is $(state_of 3)"
[ "$(checkpoint_of 3)" = "$(steps_of 3)" ] || die "SIGTERM: not saved at its last step"
open_window
go_on 'Let there be wa' 78 "$zoom" 9-stopped "$(steps_of 3)"
shot 9-resumed
act TrainPage Train Stop
until_true 60 "the end of the third run" is_run 3 stopped
[ "$(query 'select count(*) from metrics where run = 3')" = "$(steps_of 3)" ] || die "steps are missing over the cuts"

# A chat with it, and its export.
act TrainPage Train 'Chat with it'
say 'And God said'
key Return
until_true 120 "an answer" at_least "select count(*) from turns where from_model and length(text) > 10 and conversation = (select conversation from turns where text = 'And God said')" 1
shot 10-chat
key ctrl+4
act TrainPage Train 'Export…'
sleep 2
key ctrl+Return
until_true 120 "the export" bash -c "compgen -G '$workspace/exports/*/model.safetensors'"
sleep 3
shot 11-export
cli generate --model "$(echo "$workspace"/exports/*)" --prompt 'And God said' --max-tokens 8 --json | grep -q '"text"' ||
    die "the export does not answer"
close_window
echo "driven in $language: data, tokenizer, model, three runs, two cuts, chat, export"

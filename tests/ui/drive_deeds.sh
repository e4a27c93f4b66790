#!/bin/bash
# A sweep of two rates queued and trained by keys, what is shown ticked, an answer looked at token by token and gone on from another
# token, the former answer brought back. Usage: drive_deeds.sh BIN en|ko [PICTURES]   (drive_common.sh)
source "$(dirname "${BASH_SOURCE[0]}")/drive_common.sh"
turn() { query "select text from turns where from_model order by turn desc limit 1"; }
is_other() { [ "$(turn)" != "$1" ]; }
is_turn() { [ "$(turn)" = "$1" ]; }

open_window
key ctrl+4
key ctrl+f ctrl+a
say max_steps
key Tab ctrl+a
say 60
key Return
act TrainPage Train 'Queue a sweep'
key Down Tab  # the first setting is the learning rate
say '1e-3, 2e-3'
shot 1-sweep
key Return
until_true 10 "two runs in the queue" is 'select count(*) from queue' 2
act RunsPage Runs 'Start the queue' QueuePanel
until_true 180 "both runs" is "select count(*) from runs where state = 'finished'" 2
is "select count(*) from runs where name like '%learning_rate 1e-3' or name like '%learning_rate 2e-3'" 2 || die "they are called otherwise"
key ctrl+5
act RunsPage Runs 'Tick the runs that are shown'
sleep 2
shot 2-ticked

key ctrl+6
act ChatPage Chat 'Tokens'
say 'And God said'
key Return
until_true 60 "the answer" at_least 'select count(*) from turns where from_model' 1
sleep 2
shot 3-tokens
before=$(turn)
# Up from the prompt lie the tokens; the third one's second alternative.
key shift+Tab
key Home Right Right
sleep 1
shot 4-token
key Tab
key Home Down Return
until_true 60 "another answer" is_other "$before"
sleep 3
shot 5-continued
other=$(turn)
act ChatPage Chat 'Bring back the former answer'
until_true 20 "the former answer" is_turn "$before"
act ChatPage Chat 'Bring back the former answer'
until_true 20 "the new one again" is_turn "$other"
close_window
echo "driven in $language: a sweep of two, ticked, tokens, another way"

#!/bin/bash
# The main job by hand, in the real window: train the quick start, talk to it while it trains, export it. Keys and clicks come from
# xdotool, under Xvfb with openbox and a D-Bus session of their own. Usage: drive_window.sh BIN en|ko [PICTURES]
# BIN is the folder of lathe and lathe-cli; PICTURES gets a screenshot of each station and what was exported.
set -euo pipefail
bin=$(cd "${1:?usage: drive_window.sh BIN en|ko [PICTURES]}" && pwd)
language=${2:?en or ko}
pictures=${3:-}
for tool in Xvfb xdotool openbox dbus-run-session; do
    command -v $tool >/dev/null || { echo "$tool is missing: ./test --long installs it"; exit 1; }
done
if [ -z "${LATHE_DRIVEN:-}" ]; then
    LATHE_DRIVEN=1 exec dbus-run-session -- "${BASH_SOURCE[0]}" "$@"
fi

work=$(mktemp -d)
display=:$((RANDOM % 400 + 100))
trap 'kill $(jobs -p) 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT
Xvfb $display -screen 0 1600x1000x24 >"$work/xvfb.log" 2>&1 &
export DISPLAY=$display XDG_CONFIG_HOME=$work/config XDG_RUNTIME_DIR=$work HOME=$work/home
mkdir -p "$XDG_CONFIG_HOME/lathe" "$HOME"
printf '[appearance]\nlanguage=%s\ntheme=dark\n[program]\ntoured=true\n' "$language" >"$XDG_CONFIG_HOME/lathe/window.ini"
die() {
    echo "drive_window: $*"
    cat "$work/lathe.log" 2>/dev/null || true
    exit 1
}
# until SECONDS WHAT COMMAND…
until_true() {
    local limit=$1 what=$2; shift 2
    for ((i = 0; i < limit * 5; ++i)); do "$@" >/dev/null 2>&1 && return 0; sleep 0.2; done
    die "$what did not come in $limit s"
}
until_true 10 "the display" xdotool getdisplaygeometry
openbox >"$work/openbox.log" 2>&1 &
workspace=$work/Lathe
"$bin/lathe" --workspace "$workspace" >"$work/lathe.log" 2>&1 &
lathe=$!
until_true 60 "the window" xdotool search --onlyvisible --name '^Lathe$'
window=$(xdotool search --onlyvisible --name '^Lathe$' | head -1)
xdotool windowfocus --sync "$window"
sleep 1
shot() { [ -z "$pictures" ] || { mkdir -p "$pictures"; import -window root "$pictures/$language-$1.png"; }; }
key() { kill -0 $lathe || die "the window is gone"; xdotool key --delay 60 "$@"; sleep 0.5; }
say() { xdotool type --delay 30 "$1"; sleep 0.3; }
# act WORDS: an action by the palette.
act() { key ctrl+k; say "$1"; key Return; }
summary() { "$bin/lathe-cli" runs list --json --workspace "$workspace"; }
query() { python3 -c 'import sqlite3, sys; print(sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True).execute(sys.argv[2]).fetchone()[0])' "$workspace/lathe.db" "$1"; }
at_least() { [ "$(query "$1")" -ge "$2" ]; }

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
summary | grep -q '"running"' || die "the chat was not answered while the run trained: make the run longer"
until_true 900 "the end of the run" bash -c "'$bin/lathe-cli' runs list --json --workspace '$workspace' | grep -q finished"
key ctrl+1
sleep 1
shot done
key ctrl+7
sleep 2
key ctrl+Return
until_true 60 "the export" bash -c "compgen -G '$workspace/exports/*/model.safetensors'"
shot export
folder=$(echo "$workspace"/exports/*)
"$bin/lathe-cli" generate --model "$folder" --prompt 'And the LORD said' --max-tokens 8 --json | grep -q '"text"' || die "the export does not answer"
[ -z "$pictures" ] || { rm -rf "$pictures/exported" && cp -r "$folder" "$pictures/exported"; }
until_true 60 "the proof" grep -q '"max_logit_difference"' "$folder/lathe_export.json"
key ctrl+q
until_true 20 "the end" bash -c "! kill -0 $lathe"
grep -iE 'error|assert|sanitizer|warning: ' "$work/lathe.log" && die "it complained"
echo "driven in $language: trained, answered while it trained, exported"

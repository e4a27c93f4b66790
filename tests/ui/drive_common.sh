#!/bin/bash
# Sourced by drive_*.sh: the real window under Xvfb with openbox and a D-Bus session of their own, driven by keys and the mouse through
# xdotool; what it did is read from its settings, its workspace and its record. Arguments of those scripts: BIN en|ko [PICTURES].
# BIN is the folder of lathe and lathe-cli; PICTURES gets a screenshot of each station.
set -euo pipefail
usage="usage: $(basename "$0") BIN en|ko [PICTURES]"
bin=$(cd "${1:?$usage}" && pwd)
language=${2:?$usage}
pictures=${3:-}
for tool in Xvfb xdotool openbox dbus-run-session; do
    command -v $tool >/dev/null || { echo "$tool is missing: ./test --long installs it"; exit 1; }
done
[ -z "$pictures" ] || command -v import >/dev/null || { echo "pictures want import, of ImageMagick"; exit 1; }
if [ -z "${LATHE_DRIVEN:-}" ]; then
    LATHE_DRIVEN=1 exec dbus-run-session -- "$0" "$@"
fi
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

work=$(mktemp -d)
display=:$((RANDOM % 400 + 100))
trap 'kill $(jobs -p) 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT
Xvfb $display -screen 0 1600x1000x24 >"$work/xvfb.log" 2>&1 &
export DISPLAY=$display XDG_CONFIG_HOME=$work/config XDG_RUNTIME_DIR=$work HOME=$work/home
user=$XDG_CONFIG_HOME/lathe/window.ini
settings=$XDG_CONFIG_HOME/lathe/workspaces/*.ini  # of the one workspace
workspace=$work/Lathe
mkdir -p "${user%/*}" "$HOME"
printf '[appearance]\nlanguage=%s\ntheme=dark\n[program]\ntoured=true\n' "$language" >"$user"

die() {
    echo "$(basename "$0"): $*" >&2
    cat "$work/lathe.log" >&2 || true
    [ -z "$pictures" ] || import -window root "$pictures/$language-failed.png" || true
    exit 1
}
# until_true SECONDS WHAT COMMAND…
until_true() {
    local limit=$1 what=$2 end=$((SECONDS + $1)); shift 2
    until "$@" >/dev/null 2>&1; do
        [ $SECONDS -lt $end ] || die "$what did not come in $limit s"
        sleep 0.2
    done
}
until_true 10 "the display" xdotool getdisplaygeometry
openbox >"$work/openbox.log" 2>&1 &

# open_window: of the same workspace and settings each time, and what the record has is on screen; $lathe is its process.
starts=0
has_lists() { [ "$(grep -c '^run list: ' "$work/lathe.log")" = $starts ]; }
open_window() {
    local window
    LATHE_TIME_TO_WINDOW=1 "$bin/lathe" --workspace "$workspace" >>"$work/lathe.log" 2>&1 &
    lathe=$!
    starts=$((starts + 1))
    until_true 60 "the window" xdotool search --onlyvisible --name '^Lathe$'
    window=$(xdotool search --onlyvisible --name '^Lathe$' | head -1)
    xdotool windowfocus --sync "$window"
    until_true 60 "the list of runs" has_lists
    sleep 1
}
ended() { ! kill -0 $lathe 2>/dev/null; }
# close_window: Ctrl+Q, and nothing that it complained of on the way.
close_window() {
    key ctrl+q
    until_true 20 "the end" ended
    ! grep -iE 'error|assert|sanitizer|warning: ' "$work/lathe.log" || die "it complained"
}

shot() { [ -z "$pictures" ] || { sleep 0.5; mkdir -p "$pictures"; import -window root "$pictures/$language-$1.png"; }; }
key() { ! ended || die "the window is gone"; xdotool key --delay 60 "$@"; sleep 0.5; }
say() { xdotool type --delay 30 "$1"; sleep 0.3; }
# times N KEY
times() { local i; for ((i = 0; i < $1; ++i)); do key "$2"; done; }
# words CLASS ENGLISH: in the window's language, as the class says it.
words() {
    [ "$language" = ko ] || { echo "$2"; return; }
    python3 - "$source_folder/resources/translations/lathe_ko.ts" "$1" "$2" <<'END' || die "no Korean for \"$2\" of $1"
import sys, xml.etree.ElementTree as xml
file, context, source = sys.argv[1:]
for one in xml.parse(file).getroot().iter("context"):
    for message in one.iter("message"):
        if one.findtext("name") == "lathe::" + context and message.findtext("source") == source:
            sys.exit(print(message.findtext("translation")))
sys.exit(1)
END
}
# act CLASS PAGE ACTION [CLASS_OF_ACTION]: an action of a page by the palette, in the window's language.
act() {
    local page action
    page=$(words "$1" "$2")
    action=$(words "${4:-$1}" "$3")
    key ctrl+k
    # Each syllable takes a key of its own for a moment, and the window has to learn of it.
    xdotool type --delay $([ "$language" = ko ] && echo 250 || echo 30) "$page $action"
    sleep 0.3
    key Return
}

# What the window keeps: `kept PATTERN` of its settings of the workspace, `query SQL` of the record, `at_least SQL N`.
kept() { grep -qE "$1" $settings; }
query() { python3 -c 'import sqlite3, sys; print(sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True).execute(sys.argv[2]).fetchone()[0])' "$workspace/lathe.db" "$1"; }
at_least() { [ "$(query "$1")" -ge "$2" ]; }
is() { [ "$(query "$1")" = "$2" ]; }
cli() { "$bin/lathe-cli" --workspace "$workspace" "$@"; }

#!/bin/bash
# The archive as a new user meets it: in a bare Debian 12 and a bare Ubuntu 24.04, as a plain user, without network or the build tree.
# Usage: packaging/test_archive.sh [ARCHIVE [PICTURES]]   ARCHIVE: made where none is named; PICTURES: gets what the window showed
# The bare systems come from debootstrap and stay in ~/.cache/lathe/roots; both are tried, or those that LATHE_SUITES names: one that
# cannot be made fails the test. Ubuntu's wants its signing key, as the package ubuntu-keyring has it or LATHE_UBUNTU_KEYRING names it.
# 77: skipped, with the reason, where nothing can be tried at all: no root, no debootstrap, no Xvfb.
set -euo pipefail
here=$PWD
source "$(dirname "${BASH_SOURCE[0]}")/../scripts/build.sh"
skip() { say "test_archive: $*: skipped"; exit 77; }
[ "$(id -u)" = 0 ] || skip "only root may make and enter another system's root"
for tool in debootstrap unshare chroot Xvfb xdotool; do command -v $tool >/dev/null || skip "$tool is missing (./test --long installs it)"; done
unshare --mount --net --pid --fork true 2>/dev/null || skip "this system lets nobody unshare its name spaces"
roots=$HOME/.cache/lathe/roots
most_ms=5000  # of a machine that does other work too; bench/startup_bench measures

archive=${1:-}
case $archive in '' | /*) ;; *) archive=$here/$archive ;; esac
if [ -z "$archive" ]; then
    packaging/make_archive.sh
    archive=$(ls -t build/package/lathe-*.tar.gz | head -1)
fi
pictures=${2:-}
case $pictures in '' | /*) ;; *) pictures=$here/$pictures ;; esac
[ -z "$pictures" ] || mkdir -p "$pictures"

trap 'say "test_archive: line $LINENO failed"' ERR
work=$(mktemp -d)
display=$((RANDOM % 400 + 500))
xvfb=
trap '[ -z "$xvfb" ] || kill "$xvfb" 2>/dev/null || true; rm -rf "$work"' EXIT
Xvfb :$display -screen 0 1440x900x24 -ac -noreset -nolisten tcp >"$work/xvfb.log" 2>&1 & xvfb=$!
export DISPLAY=:$display

# root_of SUITE: made once; the folder appears whole.
root_of() {
    local suite=$1 script=/usr/share/debootstrap/scripts/$1 trust=() keyring=${LATHE_UBUNTU_KEYRING:-/usr/share/keyrings/ubuntu-archive-keyring.gpg}
    [ ! -d "$roots/$suite" ] || return 0
    if [ "$suite" = noble ]; then
        [ -r "$keyring" ] || die "Ubuntu 24.04 cannot be tried: its signing key is not here (LATHE_UBUNTU_KEYRING=FILE; LATHE_SUITES=bookworm leaves it out)"
        trust=("--keyring=$keyring")
        [ -e "$script" ] || script=/usr/share/debootstrap/scripts/gutsy  # the one that all of Ubuntu's are links to
    fi
    mkdir -p "$roots"
    rm -rf "$roots/$suite.part"
    say "making a bare $suite in $roots"
    debootstrap --variant=minbase "${trust[@]}" "$suite" "$roots/$suite.part" "" "$script" >"$work/debootstrap.log" 2>&1 ||
        { tail -3 "$work/debootstrap.log" >&2; die "$suite cannot be tried: debootstrap failed (LATHE_SUITES names those that are tried)"; }
    mv "$roots/$suite.part" "$roots/$suite"
}

# enter SUITE COMMAND…: as user 1000 in the bare system, no network; /mnt is $work/SUITE, the X socket alone is shared.
enter() {
    local root=$roots/$1 user=$work/$1; shift
    unshare --mount --net --pid --fork bash -euc '
        root=$1 user=$2; shift 2
        mount -t tmpfs -o mode=1777 none "$root/tmp"
        mkdir -p "$root/tmp/.X11-unix"
        mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
        mount --bind "$user" "$root/mnt"
        mount -t proc proc "$root/proc"
        [ -c "$root/dev/null" ] || mount --rbind /dev "$root/dev"
        exec chroot --userspec=1000:1000 "$root" /usr/bin/env -i HOME=/mnt PATH=/usr/bin:/bin DISPLAY="$DISPLAY" LANG=C.UTF-8 "$@"' \
        enter "$root" "$user" "$@"
}
# inside SUITE WHAT SCRIPT: fails the test with what was said.
inside() {
    enter "$1" sh -euc "cd /mnt; $3" >"$work/said" 2>&1 || { cat "$work/said"; die "$1: $2 failed"; }
}
# all_carried SUITE: of what the loader says that it initialised, nothing is the system's but glibc.
all_carried() {
    local strange
    strange=$(cat "$work/$1"/libs.* | sed -n 's/.*calling init: //p' | sort -u |
        grep -vE '^/mnt/lathe/|/(ld-linux-x86-64|libc|libm|libdl|libpthread|librt|libutil|libresolv|libnss_[a-z]+)\.so\.[0-9]+$|^/usr/lib/x86_64-linux-gnu/gconv/' || true)
    [ "$(cat "$work/$1"/libs.* | grep -c 'calling init: /mnt/lathe/')" -gt 100 ] || die "$1: the loader told nothing"
    [ -z "$strange" ] || die "$1: taken from the system: $strange"
}
window_in() {
    local suite=$1 user=$work/$1 pid window
    enter "$suite" env LATHE_TIME_TO_WINDOW=1 /mnt/lathe/bin/lathe >"$user/window.log" 2>&1 & pid=$!
    for ((i = 0; i < 300; ++i)); do
        grep -q '^run list' "$user/window.log" && break
        kill -0 $pid 2>/dev/null || break
        sleep 0.1
    done
    grep -q '^run list' "$user/window.log" || { cat "$user/window.log"; die "$suite: no window in 30 s"; }
    sleep 1
    window=$(xdotool search --onlyvisible --name "^Lathe\$" | head -1)
    [ -n "$window" ] || die "$suite: the X server shows no window of Lathe"
    [ -z "$pictures" ] || ! command -v import >/dev/null || import -window root "$pictures/$suite-$2.png"
    xdotool windowfocus --sync "$window"
    xdotool key --delay 60 ctrl+q
    wait $pid || { cat "$user/window.log"; die "$suite: the window did not end well"; }
}

suites=${LATHE_SUITES:-bookworm noble}
for suite in $suites; do
    root_of $suite
    user=$work/$suite
    mkdir -p "$user"
    cp "$archive" tests/data/documents/chapters.pdf "$user/"
    chown -R 1000:1000 "$user"
    inside $suite "unpacking" "tar xf $(basename "$archive") && mv lathe-*/ lathe"
    inside $suite "lathe-cli --version" 'lathe/bin/lathe-cli --version | grep -q "^lathe-cli [0-9]"'
    inside $suite "no compiler, Python or library is there" '! command -v cc && ! command -v python3 && ! ls /usr/lib/x86_64-linux-gnu/libQt6* /usr/lib/x86_64-linux-gnu/libX11* 2>/dev/null'
    export_libs='LD_DEBUG=libs LD_DEBUG_OUTPUT=/mnt/libs'
    inside $suite "training" "$export_libs lathe/bin/lathe-cli train --config lathe/share/lathe/presets/nano.json --set train.max_steps=6 --json | grep -q '\"steps\": *6'"
    inside $suite "exporting" 'lathe/bin/lathe-cli export --run latest --format hf --out model'
    inside $suite "generating" 'lathe/bin/lathe-cli generate --model model --prompt And --max-tokens 4 && lathe/bin/lathe-cli generate --model lathe/share/lathe/starter --prompt And --max-tokens 4'
    inside $suite "reading a PDF" "$export_libs lathe/bin/lathe-cli data inspect chapters.pdf"
    inside $suite "lathe --self-test" "QT_QPA_PLATFORM=offscreen $export_libs lathe/bin/lathe --self-test"
    all_carried $suite
    # Twice: the first reads the libraries from disk where the machine has not yet.
    mkdir -p "$user/.config/lathe"
    printf '[appearance]\nlanguage=en\n' >"$user/.config/lathe/window.ini"
    chown -R 1000:1000 "$user/.config"
    window_in $suite en
    sed -i 's/^language=.*/language=ko/' "$user/.config/lathe/window.ini"
    window_in $suite ko
    say "$suite: $(grep ' ms$' "$user/window.log" | tr '\n' ' ')"
    first=$(sed -n 's/^first frame: \([0-9]*\) ms$/\1/p' "$user/window.log")
    [ "$first" -le $most_ms ] || die "$suite: the first frame took $first ms, over $most_ms"
    inside $suite "installing" 'lathe/install.sh && .local/bin/lathe-cli --version && QT_QPA_PLATFORM=offscreen .local/bin/lathe --self-test && grep -q "^Exec=\"/mnt/.local/lib/lathe/bin/lathe\"" .local/share/applications/lathe.desktop'
    inside $suite "an install over it, and a stranger kept" 'lathe/install.sh && rm .local/bin/lathe && echo mine >.local/bin/lathe && ! lathe/install.sh && grep -q mine .local/bin/lathe && rm .local/bin/lathe'
    inside $suite "uninstalling" '.local/lib/lathe/install.sh --uninstall && [ -z "$(find .local -type f -o -type l)" ] && [ -e Lathe/lathe.db ]'
    rm -rf "$user"
done
say "the archive works in a bare $(echo $suites | sed 's/ / and a bare /g')"

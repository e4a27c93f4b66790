#!/bin/sh
# Puts the unpacked Lathe where the desktop and the shell find it, for this user alone and without root.
# Usage: ./install.sh [--prefix DIR]               the prefix is ~/.local where none is named
#        ./install.sh [--prefix DIR] --uninstall   takes it away again; runs, models and settings stay
set -eu
die() { echo "install.sh: $*" >&2; exit 1; }
prefix=${HOME:?}/.local action=install
while [ $# -gt 0 ]; do
    case $1 in
        --prefix) [ $# -ge 2 ] || die "--prefix wants a folder"; prefix=$2; shift ;;
        --uninstall) action=uninstall ;;
        -h | --help) sed -n '2,4s/^# //p' "$0"; exit 0 ;;
        *) die "unknown argument $1" ;;
    esac
    shift
done
case $prefix in /*) ;; *) prefix=$PWD/$prefix ;; esac
from=$(cd "$(dirname "$0")" && pwd)
to=$prefix/lib/lathe
desktop=$prefix/share/applications/lathe.desktop icon=$prefix/share/icons/hicolor/scalable/apps/lathe.svg

# Only what an install.sh made is replaced or removed: a folder with install.sh and lathe in it, links into that folder, our entry.
[ ! -e "$to" ] || { [ -f "$to/install.sh" ] && [ -x "$to/bin/lathe" ]; } || die "$to is there and is not an installed Lathe"
for program in lathe lathe-cli; do
    link=$prefix/bin/$program
    if [ -L "$link" ]; then [ "$(readlink "$link")" = "$to/bin/$program" ] || die "$link leads elsewhere: remove it first"
    elif [ -e "$link" ]; then die "$link is another program: remove it first, or name another --prefix"
    fi
done

if [ "$action" = uninstall ]; then
    rm -rf "$to" "$prefix/bin/lathe" "$prefix/bin/lathe-cli" "$desktop" "$icon"
    echo "Lathe is removed from $prefix. What you made is still there: ~/Lathe (or the workspaces you chose) and ~/.config/lathe."
    exit 0
fi

[ "$from" != "$to" ] || die "this is the installed Lathe: run the install.sh of an unpacked archive, or --uninstall"
[ -x "$from/bin/lathe" ] || die "bin/lathe is not beside this script: run it where the archive was unpacked"
mkdir -p "$prefix/lib" "$prefix/bin" "${desktop%/*}" "${icon%/*}"
# Copied whole under another name first: an install that is cut off leaves the old one as it was.
rm -rf "$to.new"
cp -R "$from" "$to.new"
rm -rf "$to"
mv "$to.new" "$to"
for program in lathe lathe-cli; do ln -sf "$to/bin/$program" "$prefix/bin/$program"; done
# In a desktop entry an argument in quotes may hold blanks.
sed "s|^Exec=.*|Exec=\"$to/bin/lathe\"|" "$to/share/lathe/lathe.desktop" >"$desktop"
cp "$to/share/lathe/lathe.svg" "$icon"
echo "Lathe is in $to; start it from the desktop's menu, or as $prefix/bin/lathe."
case :$PATH: in *:"$prefix/bin":*) ;; *) echo "($prefix/bin is not on this shell's PATH.)" ;; esac

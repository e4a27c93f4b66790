#!/bin/bash
# Turns the folder that make_archive.sh made into one file that runs where it lies, an AppImage; make_archive.sh calls it.
# Usage: packaging/make_appimage.sh FOLDER   the AppImage goes beside the folder, under its name
# It wants appimagetool, on the PATH or as $APPIMAGETOOL; without it no AppImage is made, and that is said. $APPIMAGE_RUNTIME: the
# runtime file that is put in front, which newer tools fetch from the network otherwise.
set -euo pipefail
say() { printf '%s\n' "$*" >&2; }
die() { say "make_appimage: $*"; exit 1; }
folder=${1:?usage: packaging/make_appimage.sh FOLDER}
[ -x "$folder/bin/lathe" ] || die "$folder is not a folder of make_archive.sh"
rm -f "$folder.AppImage"  # of an earlier build
if [ -n "${APPIMAGETOOL:-}" ]; then [ -x "$APPIMAGETOOL" ] || die "APPIMAGETOOL: $APPIMAGETOOL is no program"; tool=$APPIMAGETOOL
else
    tool=$(command -v appimagetool) || { say "no AppImage: appimagetool is neither on the PATH nor named by APPIMAGETOOL"; exit 0; }
fi

# The layout that the tool wants: what starts it, its desktop entry and its icon on top, the folder below as usr.
app=$folder.AppDir
rm -rf "$app"
trap 'rm -rf "$app" "$folder.AppImage.part"' EXIT
mkdir "$app"
cp -al "$folder" "$app/usr"  # links: half a gigabyte need not be there twice
rm "$app/usr/install.sh"     # an AppImage is not installed
cp "$folder/share/lathe/lathe.desktop" "$folder/share/lathe/lathe.svg" "$app/"
ln -s lathe.svg "$app/.DirIcon"
# The runtime says in ARGV0 by which name it was called: under a link named lathe-cli it is that.
cat >"$app/AppRun" <<'END'
#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
case ${ARGV0##*/} in lathe-cli) exec "$here/usr/bin/lathe-cli" "$@" ;; esac
exec "$here/usr/bin/lathe" "$@"
END
chmod 755 "$app/AppRun"
# The tool is mostly an AppImage itself, and a build machine seldom has FUSE.
ARCH=x86_64 APPIMAGE_EXTRACT_AND_RUN=1 "$tool" --no-appstream ${APPIMAGE_RUNTIME:+--runtime-file "$APPIMAGE_RUNTIME"} \
    "$app" "$folder.AppImage.part" >&2 || die "$tool failed"
[ -s "$folder.AppImage.part" ] || die "$tool wrote nothing"
chmod 755 "$folder.AppImage.part"
mv "$folder.AppImage.part" "$folder.AppImage"
say "$(du -m --apparent-size "$folder.AppImage" | cut -f1) MB in $folder.AppImage"

#!/bin/bash
# Turns a release build into one folder and one archive that run on Debian 12, Ubuntu 24.04 and what is newer (x86_64, glibc 2.36 on)
# without root, network, compiler or Python. Usage: packaging/make_archive.sh [BUILD [OUT]]
#   BUILD  the release build (build/release, made where it is missing)      OUT  where folder and archive go (build/package)
# What is carried, and why: docs/packaging.md. The archive holds LibTorch and with it oneMKL: it is for one's own machines and class
# rooms, as THIRD_PARTY.md says; nothing here publishes it.
set -euo pipefail
here=$PWD
source "$(dirname "${BASH_SOURCE[0]}")/../scripts/build.sh"
absolute() { case $1 in /*) echo "$1" ;; *) echo "$here/$1" ;; esac; }
[ $# -ge 1 ] || build release run lathe lathe-cli
build=$(absolute "${1:-$root/build/release}")
out=$(absolute "${2:-$root/build/package}")
glibc_floor=2.36
cache=$HOME/.cache/lathe
# SOURCE_DATE_EPOCH: the one time of all files; the last commit's where nobody names another.
time=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null)} || die "no SOURCE_DATE_EPOCH, and this is no clone with a last commit"

grep -q '^CMAKE_BUILD_TYPE:STRING=Release$' "$build/CMakeCache.txt" 2>/dev/null || die "$build is not a folder of a release build"
version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$build/CMakeCache.txt")
for program in lathe lathe-cli; do
    [ -x "$build/bin/$program" ] || die "$build/bin/$program is not there: ninja -C $build lathe lathe-cli"
done
name=lathe-$version-linux-x86_64
stage=$out/$name
rm -rf "$stage" "$out/$name.tar.gz"
mkdir -p "$stage"/{bin,lib/qt6/plugins,share/lathe/fonts,share/doc/lathe/licences}

# copy FILE TO: what a link points to, without symbols that only a debugger reads.
copy() { install -m 755 "$1" "$2" && strip --strip-unneeded "$2"; }

# 1. The programs. LibTorch finds its own libraries by their DT_RPATH; CMake shortens it in place.
for program in lathe lathe-cli; do
    copy "$build/bin/$program" "$stage/bin/$program"
    old=$(readelf -d "$stage/bin/$program" | sed -n 's/.*(RPATH).*\[\(.*\)\]/\1/p')
    printf 'file(RPATH_CHANGE FILE "%s" OLD_RPATH "%s" NEW_RPATH "%s")\n' "$stage/bin/$program" "$old" '\$ORIGIN/../lib' >"$out/rpath.cmake"
    cmake -P "$out/rpath.cmake" || die "the run path of $program could not be set"
done
rm "$out/rpath.cmake"
printf '[Paths]\nPrefix = ..\nPlugins = lib/qt6/plugins\nTranslations = share/lathe/translations\n' >"$stage/bin/qt.conf"

# 2. Qt's plugins. Without its GL integrations no driver of the system comes into the process: the window is drawn by the CPU.
plugins=$(qmake6 -query QT_INSTALL_PLUGINS)
for plugin in platforms/lib{qxcb,qoffscreen,qwayland-generic,qwayland-egl}.so imageformats/libqsvg.so iconengines/libqsvgicon.so \
    platforminputcontexts/lib{composeplatforminputcontext,ibusplatforminputcontext}plugin.so \
    wayland-shell-integration/libxdg-shell.so wayland-decoration-client/libbradient.so; do
    [ -e "$plugins/$plugin" ] || continue  # Wayland's are a package of their own; under XWayland xcb does
    mkdir -p "$stage/lib/qt6/plugins/${plugin%/*}"
    copy "$plugins/$plugin" "$stage/lib/qt6/plugins/$plugin"
done

# 3. Libraries: all that these load, but glibc's own.
glibc=" $(dpkg -L libc6 | xargs -n 1 basename | grep -F .so | tr '\n' ' ') "
mapfile -t objects < <(find "$build/bin/lathe" "$build/bin/lathe-cli"; cd "$stage/lib/qt6/plugins" && find . -name '*.so' -printf "$plugins/%P\n")
ldd "${objects[@]}" | grep 'not found' && die "the build itself lacks these libraries"
declare -A carried
while read -r library path; do
    case $glibc in *" $library "*) continue ;; esac
    carried[$library]=$path
done < <(ldd "${objects[@]}" | awk '$2 == "=>" { print $1, $3 }' | LC_ALL=C sort -u)
for library in "${!carried[@]}"; do copy "${carried[$library]}" "$stage/lib/$library"; done

# 4. What the programs read.
cp -r resources/{presets,samples,starter} "$stage/share/lathe/"
install -m 644 /etc/ssl/certs/ca-certificates.crt "$stage/share/lathe/ca-certificates.crt"
korean=/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
install -m 644 $korean "$stage/share/lathe/fonts/"
translations=$(qmake6 -query QT_INSTALL_TRANSLATIONS)/qtbase_ko.qm
[ ! -e "$translations" ] || install -D -m 644 "$translations" "$stage/share/lathe/translations/qtbase_ko.qm"
install -m 755 packaging/install.sh "$stage/install.sh"
install -m 644 packaging/lathe.{desktop,svg} "$stage/share/lathe/"

# 5. Licences: ours, the wheels', and Debian's of every package that a file came from.
doc=$stage/share/doc/lathe
install -m 644 LICENSE THIRD_PARTY.md "$doc/"
for part in kernels engine; do install -m 644 $part/LICENSE "$doc/LICENSE.$part"; done
install -m 644 resources/fonts/*-OFL.txt "$doc/licences/"
torch=$(dirname "${carried[libtorch_cpu.so]}")
[ ! -d "$torch/../../torch-2.11.0.dist-info/licenses" ] || cp -r "$torch/../../torch-2.11.0.dist-info/licenses" "$doc/licences/libtorch"
install -m 644 "$cache/cuda-runtime/License.txt" "$doc/licences/cuda-runtime.txt"
package_of() { dpkg -S "$(readlink -f "$1")" 2>/dev/null || dpkg -S "$1" 2>/dev/null || dpkg -S "/usr$1" 2>/dev/null; }
{
    echo "# Every file that is not Lathe's own, the package it came from (source and version: its sources are Debian's), or the wheel."
    for file in "${carried[@]}" "${objects[@]:2}" $korean /usr/share/ca-certificates/mozilla/ISRG_Root_X1.crt; do
        if package=$(package_of "$file"); then
            package=${package%%: *}
            printf '%s\t%s\t%s\n' "$(basename "$file")" "${package%%:*}" "$(dpkg-query -W -f '${source:Package} ${source:Version}' "$package")"
            install -m 644 "/usr/share/doc/${package%%:*}/copyright" "$doc/licences/${package%%:*}.txt"
        else
            case $file in
                "$torch"/* | "$cache"/*) printf '%s\twheel\n' "$(basename "$file")" ;;
                *) die "$file comes from no package: its licence is not known" ;;
            esac
        fi
    done | LC_ALL=C sort -u
} >"$doc/CARRIED.tsv"
# Debian's texts name these.
cp -rL /usr/share/common-licenses "$doc/licences/common-licenses"

# 6. Is it whole, and does it ask for no newer glibc?
missing=$(find "$stage" \( -name '*.so*' -o -path '*/bin/lathe*' \) -type f -exec env -i LD_LIBRARY_PATH="$stage/lib" ldd {} + |
    awk -v stage="$stage/" -v glibc="$glibc" '$2 == "=>" && index($3, stage) != 1 && !index(glibc, " " $1 " ") { print $1, $3 }' | sort -u)
[ -z "$missing" ] || die "these would be taken from the system: $missing"
newest=$(find "$stage" \( -name '*.so*' -o -path '*/bin/lathe*' \) -type f -exec objdump -T {} + 2>/dev/null | grep -o 'GLIBC_[0-9.]*' | sort -uV | tail -1)
[ "$(printf '%s\n' "GLIBC_$glibc_floor" "$newest" | sort -V | tail -1)" = "GLIBC_$glibc_floor" ] ||
    die "something asks for $newest, over the $glibc_floor of Debian 12: build on Debian 12"

# 7. The archive: gzip, since tar alone unpacks it on a bare system; the same files give the same bytes.
chmod -R u=rwX,go=rX "$stage"
find "$stage" -exec touch -h -d "@$time" {} +
tar -C "$out" --sort=name --owner=0 --group=0 --numeric-owner --format=gnu -cf - "$name" | gzip -9n >"$out/$name.tar.gz.part"
mv "$out/$name.tar.gz.part" "$out/$name.tar.gz"
say "$(du -sm --apparent-size "$stage" | cut -f1) MB in $stage"
say "$(du -m --apparent-size "$out/$name.tar.gz" | cut -f1) MB in $out/$name.tar.gz, needs glibc ${newest#GLIBC_}"
SOURCE_DATE_EPOCH=$time packaging/make_appimage.sh "$stage"
say "It carries LibTorch with oneMKL: for your own machines and class rooms, not for publishing."

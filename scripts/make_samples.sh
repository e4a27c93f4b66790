#!/bin/bash
# Makes resources/samples/{english,korean}.txt from Debian 12 packages; resources/samples/SOURCES.md names them and their licences.
# Usage: scripts/make_samples.sh. The packages are downloaded and unpacked, not installed; the result is the same on every machine.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
for package in bible-kjv bible-kjv-text r-cran-janeaustenr libreoffice-help-ko; do
    apt-get download -q "$package" >/dev/null 2>apt.log || { cat apt.log >&2; exit 1; }
    dpkg-deb -x "$package"_*.deb "$tmp/packages"
done
packages/usr/bin/bible -p "$tmp/packages/usr/lib" -f gen1:1-rev22:21 </dev/null >bible.txt
python3 "$root/scripts/clean_samples.py" bible.txt packages/usr/lib/R/site-library/janeaustenr/data/Rdata.rdb \
    packages/usr/share/libreoffice/help/ko/text "$root/resources/samples"

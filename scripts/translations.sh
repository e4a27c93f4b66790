#!/bin/bash
# Brings resources/translations/lathe_ko.ts up to date with the texts of the sources: those in tr(), the help of the settings
# (engine/base/config.h, dataset.h) and what the engine's errors expect, with %1 for a number. What is new is left unfinished; translate it,
# then call again with --check. Usage: scripts/translations.sh [--check]; --check changes nothing and fails where a text has no Korean.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
lupdate=$(PATH=/usr/lib/qt6/bin:$PATH command -v lupdate) || { echo "lupdate is missing: install qt6-l10n-tools" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Texts of the engine, which knows no Qt, as lupdate reads them.
{
    perl -0777 -ne 'while (/\.help\s*=\s*((?:"(?:[^"\\]|\\.)*"\s*)+)/g) { print "QT_TRANSLATE_NOOP(\"FieldHelp\", $1)\n" }' engine/base/config.h engine/base/dataset.h
    find engine -name '*.cpp' -print0 | sort -z | xargs -0 perl -0777 -ne '
        my $string = qr/"(?:[^"\\]|\\.)*"/;
        my $number = qr/std::to_string(\((?:[^()]++|(?1))*\))/;
        my $value = qr/(?:$string|(\((?:[^()]++|(?-1))*\))|[^,}"()])*/;
        sub note {
            for my $choice (split / [?:] /, $_[0]) {  # both ends of a condition
                my $n = 0;
                $choice =~ s/^\s+|\s+$//g;
                $choice =~ s/$number/"\"%" . ++$n . "\""/ge;
                $choice =~ s/"\s*\+?\s*"//g;
                # A key of a file is no word.
                print "QT_TRANSLATE_NOOP(\"EngineWords\", $choice)\n"
                    if $choice =~ /^\s*$string\s*$/ && $choice =~ /[a-z]{2}/ && $choice !~ /^\s*"[\w.]*[._][\w.]*"\s*$/;
            }
        }
        note($1) while /\.(?:expected|found)\s*=\s*($value)/g;
        while (/\b(?:wrong|refuse)\(ErrorKind::\w+((?:,$value)+)/g) {  # the helpers of the readers
            my $arguments = $1;
            note($1) while $arguments =~ /,($value)/g;
        }' | sort -u
} >"$work/engine_words.cpp"

ts=resources/translations/lathe_ko.ts
cp "$ts" "$work/lathe_ko.ts"
"$lupdate" -silent -no-obsolete -I . -locations none ui "$work/engine_words.cpp" -ts "$work/lathe_ko.ts"
if [ "${1:-}" != --check ]; then
    cp "$work/lathe_ko.ts" "$ts"
    echo "$(grep -c '<source>' "$ts") texts, $(grep -c 'type="unfinished"' "$ts" || true) without Korean"
    exit 0
fi
failed=0
if grep -q 'type="unfinished"' "$work/lathe_ko.ts"; then
    perl -0777 -ne 'while (/<message>(.*?)<\/message>/sg) { my $m = $1; next unless $m =~ /type="unfinished"/; $m =~ /<source>(.*?)<\/source>/s; print "without Korean: $1\n" }' "$work/lathe_ko.ts"
    failed=1
fi
# A placeholder that a translation drops or adds loses a number.
perl -0777 -ne '
    while (/<source>(.*?)<\/source>\s*<translation>(.*?)<\/translation>/sg) {
        my ($s, $t) = ($1, $2);
        my $a = join ",", sort($s =~ /%\d/g); my $b = join ",", sort($t =~ /%\d/g);
        if ($a ne $b) { print "other placeholders: $s | $t\n"; $bad = 1 }
    }
    END { exit($bad ? 1 : 0) }' "$work/lathe_ko.ts" || failed=1
[ $failed -eq 0 ] && echo "$(grep -c '<source>' "$work/lathe_ko.ts") texts, all in Korean"
exit $failed

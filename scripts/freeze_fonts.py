#!/usr/bin/env python3
"""Makes resources/fonts from Debian's fonts-inter and fonts-jetbrains-mono (authoring time only; needs `pip install fonttools`).

Qt 6.4 cannot switch OpenType features on, so Inter's tabular figures (feature tnum) become its default ones: every
character whose glyph tnum substitutes points to the substitute. The family is renamed, so that an Inter of the system
with proportional figures is never taken in its place. Usage: scripts/freeze_fonts.py
"""
from pathlib import Path

from fontTools.ttLib import TTFont

OUT = Path(__file__).resolve().parent.parent / "resources" / "fonts"
INTER = Path("/usr/share/fonts/opentype/inter")
MONO = Path("/usr/share/fonts/truetype/jetbrains-mono/JetBrainsMono-Regular.ttf")
FAMILY = "Inter Tabular"


def tabular_figures(font):
    """The substitutions of feature tnum: glyph -> tabular glyph."""
    gsub = font["GSUB"].table
    lookups = {index for record in gsub.FeatureList.FeatureRecord if record.FeatureTag == "tnum"
               for index in record.Feature.LookupListIndex}
    mapping = {}
    for index in sorted(lookups):
        for table in gsub.LookupList.Lookup[index].SubTable:
            mapping.update(getattr(table, "ExtSubTable", table).mapping)
    return mapping


def even_widths(font, source):
    """SemiBold's instance was rounded: its figures differ by 3 of 2816 units."""
    glyphs = [font.getBestCmap()[ord(digit)] for digit in "0123456789"]
    widths = [font["hmtx"][glyph][0] for glyph in glyphs]
    if max(widths) - min(widths) > 4:
        raise SystemExit(f"the figures of {source} are not tabular: {sorted(set(widths))}")
    for glyph in glyphs:
        font["hmtx"][glyph] = (max(widths), font["hmtx"][glyph][1])


def rename(font, style):
    regular = style == "Regular"
    postscript = FAMILY.replace(" ", "") + "-" + style.replace(" ", "")
    names = {1: FAMILY if regular else f"{FAMILY} {style}", 2: "Regular", 3: postscript, 4: f"{FAMILY} {style}",
             6: postscript, 16: FAMILY, 17: style}
    table = font["name"]
    for record in list(table.names):
        if record.nameID in names:
            table.setName(names[record.nameID], record.nameID, record.platformID, record.platEncID, record.langID)
    for name_id in (16, 17):
        table.setName(names[name_id], name_id, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [postscript]
    cff[0].FamilyName, cff[0].FullName = FAMILY, names[4]


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    for source, style in (("Regular", "Regular"), ("SemiBold", "Semi Bold")):
        font = TTFont(INTER / f"Inter-{source}.otf", recalcTimestamp=False)
        mapping = tabular_figures(font)
        for table in font["cmap"].tables:
            for code, glyph in table.cmap.items():
                table.cmap[code] = mapping.get(glyph, glyph)
        even_widths(font, source)
        rename(font, style)
        font.save(OUT / f"InterTabular-{source}.otf")
    (OUT / MONO.name).write_bytes(MONO.read_bytes())


if __name__ == "__main__":
    main()

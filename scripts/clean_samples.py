#!/usr/bin/env python3
"""Turns the texts that make_samples.sh unpacked into english.txt and korean.txt: clean, one paragraph a line, documents
separated by a line <|endoftext|>. Usage: clean_samples.py BIBLE.txt Rdata.rdb HELP_FOLDER OUT_FOLDER"""
import html.parser
import pathlib
import re
import struct
import sys
import unicodedata
import zlib

SEPARATOR = "<|endoftext|>"
# The Bible's narrative books: its most regular prose.
BOOKS = {"Ge": "Genesis", "Exo": "Exodus", "Josh": "Joshua", "Jdgs": "Judges", "Ruth": "Ruth", "1Sm": "1 Samuel",
         "2Sm": "2 Samuel", "1Ki": "1 Kings", "2Ki": "2 Kings", "Est": "Esther", "Jonah": "Jonah", "Mat": "Matthew",
         "Mark": "Mark", "Luke": "Luke", "John": "John", "Acts": "Acts"}
# Parts of the help that are written as guides, not as tables of functions.
HELP_PARTS = ["swriter/guide", "shared/guide", "scalc/guide", "simpress/guide", "sdraw/guide", "smath/guide", "swriter", "shared/01",
              "scalc/01", "simpress", "shared/optionen", "schart"]
HELP_BYTES = 600_000


def squeeze(text):
    return unicodedata.normalize("NFC", re.sub(r"\s+", " ", text).strip())


def bible_chapters(path):
    """Lines are `Ge1:1 In the beginning …`; a chapter is a document, a verse a line."""
    chapters = {}
    for line in path.read_text(encoding="ascii").splitlines():
        match = re.fullmatch(r"(\d?[A-Za-z]+)(\d+):\d+ (.*)", line)
        if match and match[1] in BOOKS:
            chapters.setdefault(f"{BOOKS[match[1]]}, chapter {match[2]}", []).append(squeeze(re.sub(r"[\[\]]", "", match[3])))
    return [[title, *verses] for title, verses in chapters.items()]


def r_strings(chunk):
    """The character vector of one lazy-load chunk: XDR serialisation, CHARSXP = flags, length, bytes."""
    data = zlib.decompress(chunk[4:])
    at = data.index(struct.pack(">I", 16)) + 4 if data[:2] == b"X\n" else len(data)
    (count,) = struct.unpack_from(">I", data, at)
    at += 4
    strings = []
    for _ in range(count):
        flags, length = struct.unpack_from(">Ii", data, at)
        if flags & 0xFF != 9:
            return []
        strings.append(data[at + 8 : at + 8 + max(length, 0)].decode("utf-8"))
        at += 8 + max(length, 0)
    return strings


def austen_chapters(path, title):
    """The novel's lines are wrapped, with an empty line between paragraphs and `Chapter N` above each chapter."""
    blob, at, lines = path.read_bytes(), 0, []
    while at < len(blob):  # chunks follow one another; each is its unpacked length and a zlib stream
        stream = zlib.decompressobj()
        stream.decompress(blob[at + 4 :])
        end = len(blob) - len(stream.unused_data)
        strings = r_strings(blob[at:end]) if blob[at + 4] == 0x78 else []
        if strings and strings[0].strip() == title.upper():
            lines = strings
        at = end
    chapters, paragraph = [], []
    for line in [*lines, ""]:
        if line.strip():
            paragraph.append(line)
            continue
        text = squeeze(" ".join(paragraph).replace("_", "").replace("--", " - ").replace("*", ""))
        paragraph = []
        if re.fullmatch(r"Chapter \d+", text):
            chapters.append([f"{title}, {text.lower()}"])
        elif text and chapters and text != "THE END":
            chapters[-1].append(text)
    return chapters


class HelpPage(html.parser.HTMLParser):
    """Title and paragraphs of a help page. Of inline switches the default stays; a paragraph with any other case is dropped."""

    def __init__(self):
        super().__init__()
        self.title, self.paragraphs = "", []
        self.block, self.spans, self.text, self.spoilt = None, [], [], False

    def handle_starttag(self, tag, attributes):
        kind = dict(attributes).get("class") or ""
        if tag == "h1" or (tag == "p" and kind in ("paragraph", "listitem")):
            self.block, self.spans, self.text, self.spoilt = tag, [], [], False
        elif tag == "span":
            self.spans.append(kind)
            self.spoilt |= kind in ("WIN", "UNIX", "CALC", "WRITER", "IMPRESS", "DRAW", "MATH", "BASE", "CHART", "HIDE_HERE")
        elif tag in ("img", "svg"):
            self.spoilt = True

    def handle_endtag(self, tag):
        if tag == "span" and self.spans:
            self.spans.pop()
        elif tag == self.block:
            text = squeeze("".join(self.text))
            if tag == "h1":
                self.title = self.title or text
            elif not self.spoilt:
                self.paragraphs.append(text)
            self.block = None

    def handle_data(self, data):
        if self.block and "MAC" not in self.spans:
            self.text.append(data)


def korean(text):
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum("가" <= c <= "힣" for c in letters) >= 0.85 * len(letters)


def help_pages(folder):
    pages, seen, size = [], set(), 0
    for part in HELP_PARTS:
        for path in sorted((folder / part).glob("*.html")):
            page = HelpPage()
            page.feed(path.read_text(encoding="utf-8"))
            kept = []
            for text in page.paragraphs:
                whole = re.search(r"[다오요]\.$", text) and len(text) >= 20 and text.count("(") == text.count(")")
                whole = whole and not re.search(r"[^가-힣A-Za-z0-9 .,:;!?()\"'/+&–-]|\s[.,)]|\(\s?\)", text)
                if whole and korean(text) and text not in seen:
                    kept.append(text)
                    seen.add(text)
            if len(kept) >= 2 and korean(page.title):
                pages.append([page.title, *kept])
                size += sum(len(line.encode()) + 1 for line in pages[-1])
            if size > HELP_BYTES:
                return pages
    return pages


def write(path, documents):
    text = f"\n{SEPARATOR}\n".join("\n".join(document) for document in documents) + "\n"
    path.write_text(text, encoding="utf-8")
    print(f"{path.name}: {len(documents)} documents, {len(text.encode())} bytes")


def main():
    bible, novels, help_folder, out = map(pathlib.Path, sys.argv[1:])
    write(out / "english.txt", bible_chapters(bible) + austen_chapters(novels, "Pride and Prejudice"))
    write(out / "korean.txt", help_pages(help_folder))


main()

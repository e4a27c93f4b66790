#!/usr/bin/env python3
"""Writes the texts that the tokenizer's figures are measured on.

  tokenizer_corpus.py mixed FILE   20 MB: English, Korean, code, emoji and random Unicode, seeded
  tokenizer_corpus.py python FILE  36 MB of Python source: the standard library and site-packages, sorted, one after another

From the machine's own Debian packages (gimp-help-ko, libreoffice-help-ko, bible-kjv-text, dict-jargon where installed, /usr/share/doc,
the Python library); what is missing is made up for by the others. Carriage returns are dropped, since Python's text mode would turn them into newlines.
"""
import glob
import gzip
import html
import random
import re
import sys
import sysconfig

SEED = 20250101


def read(path):
    with (gzip.open if path.endswith((".gz", ".dz")) else open)(path, "rb") as file:
        return file.read().decode("utf-8", "ignore").replace("\r", "")


def gather(patterns, size, clean=lambda text: text):
    parts, total = [], 0
    for path in sorted(path for pattern in patterns for path in glob.glob(pattern, recursive=True)):
        try:
            text = clean(read(path))
        except OSError:
            continue
        parts.append(text)
        total += len(text.encode())
        if total >= size:
            break
    return "".join(parts).encode()[:size].decode("utf-8", "ignore")


def python_source(size):
    folders = list(dict.fromkeys([sysconfig.get_path("stdlib"), sysconfig.get_path("purelib"), "/usr/lib/python3*", *sys.path[1:]]))
    return gather([folder + "/**/*.py" for folder in folders if folder and not folder.endswith(".zip")], size)


def no_markup(text):
    return html.unescape(re.sub(r"<[^>]*>", " ", text))


def korean(random_, size):
    text = gather(["/usr/share/gimp/*/help/ko/**/*.html", "/usr/share/libreoffice/help/ko/**/*.html",
                   "/usr/share/doc/*/html/ko/**/*.html"], size, no_markup)
    parts, total = [text], len(text.encode())
    while total < size:      # syllables in words, some decomposed into jamo
        word = "".join(chr(random_.randint(0xAC00, 0xD7A3)) for _ in range(random_.randint(1, 5)))
        if random_.random() < 0.05:
            word = "".join(chr(0x1100 + (ord(c) - 0xAC00) // 588) + chr(0x1161 + (ord(c) - 0xAC00) % 588 // 28) for c in word)
        parts.append(word + random_.choice([" ", " ", " ", ". ", "\n", ", "]))
        total += len(parts[-1].encode())
    return "".join(parts)


def emoji(random_, size):
    parts, total = [], 0
    while total < size:
        face = chr(random_.randint(0x1F300, 0x1FAFF)) + random_.choice(["", "\uFE0F", chr(random_.randint(0x1F3FB, 0x1F3FF))])
        for _ in range(random_.choice([0, 0, 1, 3])):
            face += "\u200D" + chr(random_.randint(0x1F300, 0x1FAFF))
        parts.append(face + random_.choice(["", " ", "  ", "!", "\n", "it's ", "WE'LL ", "123"]))
        total += len(parts[-1].encode())
    return "".join(parts)


def unicode_noise(random_, size):
    blocks = [(0x20, 0x7E), (0xA0, 0x24F), (0x300, 0x36F), (0x370, 0x5FF), (0x600, 0x1FFF), (0x2000, 0x2BFF), (0x3000, 0x30FF),
              (0x4E00, 0x9FFF), (0xA000, 0xD7FF), (0xE000, 0xFFFF), (0x10000, 0x1FFFF), (0x20000, 0x10FFFF), (9, 13)]
    parts, total = [], 0
    while total < size:
        first, last = random_.choice(blocks)
        text = "".join(chr(random_.randint(first, last)) for _ in range(random_.randint(1, 12))).replace("\r", "\n")
        parts.append(text + random_.choice(["", " ", "\n", "\u0301", "\u0316\u0301", "  ", "\t\t", "'s"]))
        total += len(parts[-1].encode())
    return "".join(parts)


def mixed():
    random_ = random.Random(SEED)
    english = gather(["/usr/share/bible-kjv-text/**/*", "/usr/share/dictd/*.dict.dz", "/usr/share/doc/**/*.txt", "/usr/share/doc/**/README*",
                      "/usr/share/doc/**/copyright", "/usr/share/perl/**/*.pod"], 6_000_000)
    texts = [english, korean(random_, 4_000_000), emoji(random_, 1_500_000), unicode_noise(random_, 1_500_000)]
    texts.append(python_source(20_000_000 - sum(len(text.encode()) for text in texts)))
    pieces = [text[i:i + 20_000] for text in texts for i in range(0, len(text), 20_000)]
    random_.shuffle(pieces)
    return "".join(pieces)


kind, path = sys.argv[1:]
with open(path, "w", encoding="utf-8", newline="") as out:
    out.write({"mixed": mixed, "python": lambda: python_source(36_600_000)}[kind]())

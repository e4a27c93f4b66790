#!/usr/bin/env python3
"""Writes question and answer pairs of the Jargon File (version 4.4.7, public domain) as messages, a row a line.

  jargon_pairs.py FILE.jsonl [--pairs N] [--dict JARGON.dict.dz]

The text is that of Debian's package dict-jargon. An entry is a word and what it means; references lose their braces,
line ends inside a paragraph become spaces. Entries that only point to another one, and those over 1,500 characters, are
left out; the N that are taken (default 500) lie evenly over the alphabet. Only entries whose head is one line are read.
"""
import argparse
import gzip
import json
import re

QUESTIONS = ["What does \"{}\" mean?", "What is meant by \"{}\" in hacker jargon?", "Explain the term \"{}\".", "Define \"{}\" as a hacker would."]


def entries(text):
    """(word, meaning): a word at the margin, perhaps a line of how it is said, then indented paragraphs."""
    for block in re.split(r"\n\n(?=\S)", text):
        head, _, body = block.partition("\n")
        paragraphs = re.split(r"\n\s*\n", body)
        if len(paragraphs) < 2 or head.startswith("00-"):
            continue
        meaning = "\n\n".join(" ".join(part.split()) for part in paragraphs[1:] if part.strip())
        meaning = re.sub(r"\{\s*([^{}]*?)\s*\}", r"\1", meaning)
        yield head.strip(), re.sub(r"^\[[^\]]*\]\s*", "", meaning)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("out")
    arguments.add_argument("--pairs", type=int, default=500)
    arguments.add_argument("--dict", default="/usr/share/dictd/jargon.dict.dz")
    wish = arguments.parse_args()
    with gzip.open(wish.dict) as file:
        text = file.read().decode("utf-8")
    usable = [(word, meaning) for word, meaning in entries(text) if 40 <= len(meaning) <= 1500 and not re.match(r"(See|Syn\.|Var\.)", meaning)]
    step = max(1.0, len(usable) / wish.pairs)
    chosen = [usable[int(i * step)] for i in range(min(wish.pairs, len(usable)))]
    with open(wish.out, "w", encoding="utf-8") as out:
        for i, (word, meaning) in enumerate(chosen):
            messages = [{"role": "user", "content": QUESTIONS[i % len(QUESTIONS)].format(word)}, {"role": "assistant", "content": meaning}]
            out.write(json.dumps({"messages": messages}, ensure_ascii=False) + "\n")
    print(len(usable), "entries,", len(chosen), "pairs")


if __name__ == "__main__":
    main()

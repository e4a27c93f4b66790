"""Writes bigram.json: bits per byte of an interpolated bigram, computed plainly from the formulas of engine/data/baseline.h.

The text is 40 documents of letters drawn by a small generator that the test repeats; a token is a byte, 256 ends a document.
Usage: python3 make_bigram.py > bigram.json
"""
import json
import math
from collections import Counter

VOCAB, HELD = 257, [7, 13, 19, 35]   # the documents that dataset_test.cpp pins for a fraction of 0.1


def documents():
    state = 1
    for number in range(40):
        text = ""
        for _ in range(50 + 10 * number):
            state = (state * 1103515245 + 12345) % 2**31
            last = ord(text[-1]) - 97 if text else 0
            draw = state >> 16
            text += chr(97 + ((last * 5 + 3) % 7 if draw % 10 < 6 else draw % 7))
        yield [ord(c) for c in text] + [256]


def main():
    docs = list(documents())
    pairs = [p for i, d in enumerate(docs) if i not in HELD for p in zip(d, d[1:])]
    tokens = sum(len(d) for i, d in enumerate(docs) if i not in HELD)
    block = min(max(tokens // 100, 1), 4096)
    fit = [p for i, p in enumerate(pairs) if i // block % 10 != 9]
    held_out = [p for i, p in enumerate(pairs) if i // block % 10 == 9]

    def counts(some):
        return Counter(some), Counter(a for a, _ in some), Counter(b for _, b in some), len(some)

    def parts(pair, c):
        both, first, second, total = c
        unigram = (second[pair[1]] + 1) / (total + VOCAB)
        bigram = both[pair] / first[pair[0]] if first[pair[0]] else None
        return bigram, unigram

    c = counts(fit)
    weights, weight = {}, 0.5
    for bucket in range(33):
        items = [parts(p, c) for p in held_out if c[1][p[0]] and c[1][p[0]].bit_length() == bucket]
        for _ in range(30 if items else 0):
            weight = sum(weight * b / (weight * b + (1 - weight) * u) for b, u in items) / len(items)
            weight = min(max(weight, 1 - 0.9999), 0.9999)
        weights[bucket] = weight

    c = counts(pairs)
    nats = tokens_scored = bytes_scored = 0
    for i in HELD:
        for pair in zip(docs[i], docs[i][1:]):
            bigram, unigram = parts(pair, c)
            w = weights[c[1][pair[0]].bit_length()]
            nats -= math.log(unigram if bigram is None else w * bigram + (1 - w) * unigram)
            tokens_scored += 1
            bytes_scored += pair[1] != 256
    print(json.dumps({"loss": nats / tokens_scored, "bits_per_byte": nats / math.log(2) / bytes_scored, "tokens": tokens_scored,
                      "bytes": bytes_scored}))


main()

#!/usr/bin/env python3
"""Byte-level BPE: training and encoding beside Hugging Face tokenizers, and whether both make the same tokenizer.

  tokenizer.py --text FILE [--cli build/release/bin/lathe-cli] [--vocab 8192] [--threads 2]
Make the text with bench/tokenizer_corpus.py. Three things are printed:
  speed    rival, Lathe, rival: training to --vocab tokens with GPT-2's pattern, then encoding of the text in pieces of 100,000
           (the rival by encode_batch_fast, which leaves offsets out as ours does)
  merges   the tokenizer that `lathe-cli tokenizer train` makes beside the rival's of the same settings: all merges, in order
  ids      the text encoded by both with that tokenizer.json: all ids
Status 1 where merges or ids differ or the machine was not steady. Needs the PyPI package tokenizers (measured with 0.23).
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

import beside

PIECE = 100_000
QWEN2 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")


def read_pieces(path):
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    return len(text.encode()), [text[i:i + PIECE] for i in range(0, len(text), PIECE)]


def speed(path, vocab):
    """The rival, as its documentation has it: ByteLevel with its own pattern."""
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers
    size, pieces = read_pieces(path)
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    began = time.perf_counter()
    tokenizer.train_from_iterator(pieces, trainers.BpeTrainer(
        vocab_size=vocab, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    train_s = time.perf_counter() - began
    began = time.perf_counter()
    tokens = sum(len(encoding.ids) for encoding in tokenizer.encode_batch_fast(pieces))   # without offsets, as ours
    encode_s = time.perf_counter() - began
    print(json.dumps({"rival": "tokenizers", "megabytes": size / 1e6, "train_s": train_s, "encode_mb_per_s": size / 1e6 / encode_s,
                      "tokens": tokens, "peak_rss_gb": beside.peak_gb()}))


def merges(folder, vocab):
    """Trains the rival on FOLDER/documents.jsonl as `lathe-cli tokenizer train` does; are the merges of FOLDER/lathe the same?"""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers
    with open(os.path.join(folder, "documents.jsonl"), encoding="utf-8") as lines:
        documents = [json.loads(line)["text"] for line in lines]
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(QWEN2), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.train_from_iterator(documents, trainers.BpeTrainer(
        vocab_size=vocab, min_frequency=2, special_tokens=["<|endoftext|>"], initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False))
    theirs = json.loads(tokenizer.to_str())["model"]["merges"]
    with open(os.path.join(folder, "lathe", "tokenizer.json"), encoding="utf-8") as file:
        ours = json.load(file)["model"]["merges"]
    print(json.dumps({"merges": len(theirs), "equal": ours == theirs}))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cli", default="build/release/bin/lathe-cli")
    parser.add_argument("--text", required=True)
    parser.add_argument("--vocab", type=int, default=8192)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--part", nargs=2, metavar=("speed|merges", "PATH"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.part:
        return speed(args.part[1], args.vocab) if args.part[0] == "speed" else merges(args.part[1], args.vocab)

    here = os.path.dirname(os.path.abspath(__file__))
    this = [sys.executable, os.path.abspath(__file__), "--text", args.text, "--vocab", str(args.vocab), "--part"]
    env = dict(os.environ, RAYON_NUM_THREADS=str(args.threads), TOKENIZERS_PARALLELISM="true")
    lathe = [args.cli, "bench", "tokenizer", "--json", "--text", args.text, "--vocab", str(args.vocab), "--threads", str(args.threads)]
    before, ours, after = beside.rival_lathe_rival(this + ["speed", args.text], lathe, env)
    steady = [beside.compare("training", before["train_s"], ours["train_s"], after["train_s"], higher_is_better=False),
              beside.compare("encoding", before["encode_mb_per_s"], ours["encode_mb_per_s"], after["encode_mb_per_s"])]
    beside.compare("peak memory", before["peak_rss_gb"], ours["peak_rss_gb"], after["peak_rss_gb"], higher_is_better=False)

    with tempfile.TemporaryDirectory() as folder:
        # One document a line, so that both sides are given the same documents.
        documents = os.path.join(folder, "documents.jsonl")
        with open(documents, "w", encoding="utf-8") as out:
            out.writelines(json.dumps({"text": piece}) + "\n" for piece in read_pieces(args.text)[1])
        beside.run("Lathe", [args.cli, "tokenizer", "train", "--json", "--input", documents, "--vocab-size", str(args.vocab), "--out",
                             os.path.join(folder, "lathe"), "--threads", str(args.threads)])
        same = beside.run("merges", this + ["merges", folder], env)["equal"]
        print("ids           ", end=" ", flush=True)
        ids = subprocess.run([sys.executable, os.path.join(here, "tokenizer_ids.py"), "--cli", args.cli, "--text", args.text,
                              os.path.join(folder, "lathe")], env=env, check=False).returncode
    if not same or ids != 0:
        sys.exit("merges or ids differ")
    beside.end(steady)
    return None


if __name__ == "__main__":
    main()

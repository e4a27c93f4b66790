#!/usr/bin/env python3
"""Compares the ids that `lathe-cli tokenizer encode` gives to a text with those of Hugging Face tokenizers on the same tokenizer.json.

  tokenizer_ids.py --cli build/release/bin/lathe-cli --text FILE FOLDER[=GGUF]…     exit status 1 where one differs
FOLDER=GGUF: Lathe reads the tokenizer of the GGUF, the rival FOLDER's tokenizer.json.
Needs the PyPI package tokenizers. Make the text with bench/tokenizer_corpus.py.
"""
import argparse
import json
import subprocess
import sys

from tokenizers import Tokenizer

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--cli", default="build/release/bin/lathe-cli")
parser.add_argument("--text", required=True)
parser.add_argument("folders", nargs="+")
args = parser.parse_args()

text = open(args.text, encoding="utf-8", newline="").read()
different = False
for pair in args.folders:
    folder, _, gguf = pair.partition("=")
    theirs = Tokenizer.from_file(folder + "/tokenizer.json").encode(text, add_special_tokens=False).ids
    output = subprocess.run([args.cli, "tokenizer", "encode", "--model", gguf or folder, "--file", args.text, "--json"],
                            check=True, capture_output=True).stdout
    ours = json.loads(output)["ids"]
    at = next((i for i, (a, b) in enumerate(zip(ours, theirs)) if a != b), min(len(ours), len(theirs)))
    equal = ours == theirs
    different |= not equal
    print(json.dumps({"tokenizer": gguf or folder, "tokens": len(theirs), "equal": equal, "first_difference": None if equal else at}))
sys.exit(different)

#!/usr/bin/env python3
"""Holds a GGUF file that Lathe wrote to llama.cpp and to the Hugging Face folder it was made of.

  gguf_export.py [--tokens 32] [--f32 F32.gguf] [--prompt TEXT]… HF_FOLDER FILE.gguf     exit status 1 where one differs
Prompts are tokenised by llama.cpp and by tokenizers, and continued greedily by llama.cpp on the file and by transformers (fp32) on the folder:
token for token the same for F32 and F16; fewer bits go their own way sooner or later, which is shown and is no difference.
--f32 names Lathe's F32 file of the same model: llama.cpp quantises it, and types and bytes of every tensor are compared.
Wants the PyPI packages llama-cpp-python (measured with 0.3.36), gguf, transformers and torch.
"""
import argparse
import ctypes
import json
import pathlib
import sys
import tempfile

import gguf
import llama_cpp
import torch
import transformers

PROMPTS = ["def fibonacci(n):\n", "The capital of France is", "Zähle von 1 bis 12345: 한글, 数学 ≠ \U0001f999\n\n  eins,", "<|im_start|>user\nHi!<|im_end|>\n"]
EXACT = ("ALL_F32", "MOSTLY_F16")


def file_type(reader):
    return gguf.LlamaFileType(int(reader.get_field("general.file_type").contents()))


def compare_texts(folder, path, prompts, tokens, exact):
    theirs = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    ours = llama_cpp.Llama(str(path), n_ctx=512, verbose=False)
    different = 0
    for prompt in prompts:
        wanted_ids = tokenizer(prompt, add_special_tokens=True).input_ids
        ids = ours.tokenize(prompt.encode(), add_bos=True, special=True)
        wanted = theirs.generate(torch.tensor([wanted_ids]), max_new_tokens=tokens, min_new_tokens=tokens, do_sample=False, repetition_penalty=1.0,
                                 pad_token_id=0, eos_token_id=None)[0][len(wanted_ids):].tolist()
        found = []
        for token in ours.generate(wanted_ids, temp=0.0, repeat_penalty=1.0):
            found.append(token)
            if len(found) == tokens:
                break
        same = next((i for i, (a, b) in enumerate(zip(found, wanted)) if a != b), tokens)
        equal = ids == wanted_ids and (same == tokens or not exact)
        different += not equal
        print(json.dumps({"prompt": prompt, "same_prompt_ids": ids == wanted_ids, "same_first_tokens": same, "of": tokens, "equal": equal,
                          "text": tokenizer.decode(found)}, ensure_ascii=False), flush=True)
    return different


def compare_tensors(path, f32):
    """With what llama.cpp makes of our F32 file."""
    ours = gguf.GGUFReader(path)
    with tempfile.TemporaryDirectory() as folder:
        target = pathlib.Path(folder, "theirs.gguf")
        params = llama_cpp.llama_model_quantize_default_params()
        params.ftype = int(file_type(ours))
        if llama_cpp.llama_model_quantize(str(f32).encode(), str(target).encode(), ctypes.byref(params)) != 0:
            raise SystemExit("llama.cpp did not quantise " + str(f32))
        theirs = {tensor.name: tensor for tensor in gguf.GGUFReader(target).tensors}
        names = {tensor.name for tensor in ours.tensors}
        types = [t.name for t in ours.tensors if t.name in theirs and t.tensor_type != theirs[t.name].tensor_type]
        data = [t.name for t in ours.tensors if t.name in theirs and t.name not in types and t.data.tobytes() != theirs[t.name].data.tobytes()]
        kinds = {}
        for tensor in ours.tensors:
            kinds[tensor.tensor_type.name] = kinds.get(tensor.tensor_type.name, 0) + 1
        missing = sorted(names ^ theirs.keys())
        print(json.dumps({"tensors": len(names), "types": kinds, "only_in_one": missing[:9], "other_type": types[:9], "other_bytes": data[:9]}), flush=True)
        return len(missing) + len(types) + len(data)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tokens", type=int, default=32)
    parser.add_argument("--f32", type=pathlib.Path)
    parser.add_argument("--prompt", action="append", dest="prompts", metavar="TEXT")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("file", type=pathlib.Path)
    args = parser.parse_args()
    kind = file_type(gguf.GGUFReader(args.file)).name
    print(json.dumps({"file": args.file.name, "file_type": kind, "bytes": args.file.stat().st_size}))
    different = compare_texts(args.folder, args.file, args.prompts or PROMPTS, args.tokens, kind in EXACT)
    if args.f32:
        different += compare_tensors(args.file, args.f32)
    sys.exit(different > 0)


if __name__ == "__main__":
    main()

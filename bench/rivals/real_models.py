"""Real checkpoints in Lathe and in transformers, fp32 both: logits at 512 positions of a text, greedy answers to 64 prompts of
64 tokens; from the Hugging Face folder and from the GGUF file that it was made of.

    python bench/rivals/real_models.py LATHE_CLI HF_FOLDER [GGUF] [--text FILE] [--prompts N] [--tokens N]

Prints a JSON line for each; exits 1 where a logit is further off than 2e-3, where the likeliest token differs at a position whose
first two are more than 1e-3 apart, or where an answer differs. (transformers, torch, safetensors)
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import torch
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, AutoTokenizer

root = pathlib.Path(__file__).resolve().parents[2]
parser = argparse.ArgumentParser()
parser.add_argument("cli")
parser.add_argument("folder")
parser.add_argument("gguf", nargs="?")
parser.add_argument("--text", default=str(root / "resources/samples/english.txt"))
parser.add_argument("--positions", type=int, default=512)
parser.add_argument("--prompts", type=int, default=64)
parser.add_argument("--tokens", type=int, default=64)
options = parser.parse_args()

tokenizer = AutoTokenizer.from_pretrained(options.folder)
model = AutoModelForCausalLM.from_pretrained(options.folder, dtype=torch.float32).eval()
# Without the folder's settings for chats: greedy, no penalty.
model.generation_config.do_sample = False
for name in ("temperature", "top_p", "top_k", "repetition_penalty"):
    setattr(model.generation_config, name, None)
text = pathlib.Path(options.text).read_text(encoding="utf-8")
ids = tokenizer(text[:20000], add_special_tokens=False)["input_ids"]
window = ids[: options.positions]
# Prompts from all over the text, each of 16 tokens that say the same when they are read again.
prompts = []
for start in range(1000, len(text), max(1, (len(text) - 2000) // (4 * options.prompts))):
    piece = tokenizer(text[start : start + 200], add_special_tokens=False)["input_ids"][1:17]
    words = tokenizer.decode(piece)
    if len(prompts) < options.prompts and tokenizer(words, add_special_tokens=False)["input_ids"] == piece:
        prompts.append((words, piece))
with torch.no_grad():
    wanted = model(torch.tensor([window])).logits[0]
    answers = []
    for first in range(0, len(prompts), 16):
        batch = torch.tensor([piece for _, piece in prompts[first : first + 16]])
        out = model.generate(batch, attention_mask=torch.ones_like(batch), max_new_tokens=options.tokens)
        answers += out[:, batch.shape[1] :].tolist()
ends = model.generation_config.eos_token_id
ends = set(ends if isinstance(ends, list) else [ends])


def until_end(tokens):
    for i, token in enumerate(tokens):
        if token in ends:
            return tokens[:i]
    return tokens


def run(*words):
    return json.loads(subprocess.run([options.cli, *words, "--json"], capture_output=True, text=True, check=True).stdout)


failed = False
for source in [options.folder] + ([options.gguf] if options.gguf else []):
    with tempfile.TemporaryDirectory() as folder:
        tokens_file, prompts_file = pathlib.Path(folder, "tokens.json"), pathlib.Path(folder, "prompts.jsonl")
        tokens_file.write_text(json.dumps(window))
        prompts_file.write_text("".join(json.dumps({"prompt": words}) + "\n" for words, _ in prompts))
        run("logits", "--model", source, "--tokens-file", str(tokens_file), "--out", str(pathlib.Path(folder, "l.safetensors")))
        found = load_file(pathlib.Path(folder, "l.safetensors"))["logits"]
        ours = run("generate", "--model", source, "--prompts", str(prompts_file), "--max-tokens", str(options.tokens), "--exact")
    difference = (found - wanted).abs().max().item()
    top = wanted.topk(2).values
    clear = (top[:, 0] - top[:, 1]) > 1e-3
    same = found.argmax(-1) == wanted.argmax(-1)
    equal = sum(until_end(a["token_ids"]) == until_end(b) for a, b in zip(ours, answers))
    same_prompt = sum(a["prompt_token_ids"] == piece for a, (_, piece) in zip(ours, prompts))
    bad = difference > 2e-3 or not bool(same[clear].all()) or equal != len(prompts) or same_prompt != len(prompts)
    failed |= bad
    print(json.dumps({"model": source, "positions": len(window), "max_logit_difference": difference,
                      "top1_equal": int(same.sum()), "clear": int(clear.sum()), "top1_equal_of_clear": int(same[clear].sum()),
                      "prompts": len(prompts), "same_prompt_ids": same_prompt, "answers_equal": equal, "holds": not bad}), flush=True)
sys.exit(1 if failed else 0)

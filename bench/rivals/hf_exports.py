#!/usr/bin/env python3
"""Exports of a real model, loaded by the programs that they are for: a LoRA adapter of PEFT's own making goes through Lathe as an adapter
and merged, the base as bitsandbytes NF4; transformers, PEFT and bitsandbytes give the logits, fp32, that Lathe gives of the same files.

  hf_exports.py LATHE_CLI HF_FOLDER [--text FILE]           exit status 1 where one is further off than 2e-3 (NF4: 2e-2, its own rounding)
Prints a JSON line for each. Wants the PyPI packages transformers, peft, bitsandbytes, safetensors and torch.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, AutoTokenizer

root = pathlib.Path(__file__).resolve().parents[2]
parser = argparse.ArgumentParser()
parser.add_argument("cli")
parser.add_argument("folder")
parser.add_argument("--text", default=str(root / "resources/samples/english.txt"))
options = parser.parse_args()
failed = False


def cli(*words):
    done = subprocess.run([options.cli, *map(str, words), "--json"], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"lathe-cli {words[0]}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def logits_of_lathe(work, *source):
    file = work / f"logits{len(list(work.iterdir()))}.safetensors"
    cli("logits", *source, "--tokens-file", work / "tokens.json", "--out", file)
    return load_file(file)["logits"]


def logits_of(model, ids):
    with torch.no_grad():
        return model(torch.tensor([ids])).logits[0].float()


def compare(what, found, wanted, limit, report=None):
    global failed
    difference = (found - wanted).abs().max().item()
    failed |= difference > limit
    line = {"what": what, "max_logit_difference": difference, "top1_equal": f"{int((found.argmax(-1) == wanted.argmax(-1)).sum())}/{len(wanted)}"}
    if report:
        line["proof"] = {key: report["proof"][key] for key in ("max_logit_difference", "top1_agreement", "perplexity", "reference_perplexity")}
    print(json.dumps(line), flush=True)


with tempfile.TemporaryDirectory() as name:
    work = pathlib.Path(name)
    tokenizer = AutoTokenizer.from_pretrained(options.folder)
    ids = tokenizer(pathlib.Path(options.text).read_text(encoding="utf-8")[:4000], add_special_tokens=False)["input_ids"][:128]
    (work / "tokens.json").write_text(json.dumps(ids))
    torch.manual_seed(1)
    base = AutoModelForCausalLM.from_pretrained(options.folder, dtype=torch.float32)
    tuned = get_peft_model(base, LoraConfig(r=8, lora_alpha=16, target_modules="all-linear", task_type="CAUSAL_LM"))
    for key, parameter in tuned.named_parameters():
        if "lora_B" in key:
            torch.nn.init.normal_(parameter, std=0.02)
    tuned.save_pretrained(work / "adapter")
    wanted = logits_of(tuned.eval(), ids)
    del base, tuned

    compare("PEFT's adapter in Lathe", logits_of_lathe(work, "--model", options.folder, "--adapter", work / "adapter"), wanted, 2e-3)
    report = cli("export", "--model", options.folder, "--adapter", work / "adapter", "--format", "adapter", "--out", work / "out-adapter")
    again = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(options.folder, dtype=torch.float32), work / "out-adapter")
    compare("Lathe's adapter in PEFT", logits_of(again.eval(), ids), wanted, 2e-3, report)
    del again
    report = cli("export", "--model", options.folder, "--adapter", work / "adapter", "--format", "merged", "--out", work / "out-merged")
    merged = AutoModelForCausalLM.from_pretrained(work / "out-merged", dtype=torch.float32)
    compare("merged in transformers", logits_of(merged.eval(), ids), wanted, 2e-3, report)
    del merged
    report = cli("export", "--model", options.folder, "--format", "nf4", "--dtype", "bfloat16", "--out", work / "out-nf4")
    quantised = AutoModelForCausalLM.from_pretrained(work / "out-nf4", dtype=torch.float32)
    for module in quantised.modules():  # the folder says bfloat16, in which products differ by more than rounding is
        if hasattr(module, "compute_dtype"):
            module.compute_dtype = torch.float32
    compare("NF4 in bitsandbytes", logits_of_lathe(work, "--model", work / "out-nf4"), logits_of(quantised.eval(), ids), 2e-2, report)
sys.exit(1 if failed else 0)

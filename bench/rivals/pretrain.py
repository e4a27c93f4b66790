#!/usr/bin/env python3
"""Training steps of a small Qwen3 from the same weights on the same tokens: transformers, Lathe, transformers.

  pretrain.py [--cli build/release/bin/lathe-cli] [--steps 6] [--threads 2]     status 1 where the machine was not steady
The job: Qwen3ForCausalLM of 5.57 M parameters, fp32, one batch of 16 x 256 random tokens, AdamW (1e-4, betas 0.9 and 0.999, eps 1e-8,
decay 0.01 on everything), no clipping; loss over shifted tokens. A figure is the median of the steps after the first two.
Prints each measurement, then the ratios and the largest gap between the losses of the same step.
Needs the PyPI packages torch and transformers (measured with 2.11 and 5.23).
"""
import argparse
import json
import os
import sys
import tempfile

import beside

BATCH, SEQ = 16, 256


def prepare(folder):
    """Writes FOLDER/model, the weights to start from, and FOLDER/tokens.json."""
    import torch
    from transformers import Qwen3Config, Qwen3ForCausalLM
    from transformers.utils.logging import disable_progress_bar
    disable_progress_bar()
    torch.manual_seed(0)
    model = Qwen3ForCausalLM(Qwen3Config(
        vocab_size=4096, hidden_size=256, intermediate_size=768, num_hidden_layers=6, num_attention_heads=8, num_key_value_heads=2,
        head_dim=32, max_position_embeddings=512, tie_word_embeddings=True)).float()
    model.save_pretrained(os.path.join(folder, "model"))
    with open(os.path.join(folder, "tokens.json"), "w", encoding="ascii") as out:
        json.dump(torch.randint(0, 4096, (BATCH, SEQ)).tolist(), out)
    print(json.dumps({"parameters": sum(p.numel() for p in model.parameters())}))


def train(folder, steps, threads):
    """The rival: eager transformers and torch.optim.AdamW."""
    import torch
    from transformers import AutoModelForCausalLM
    from transformers.utils.logging import disable_progress_bar
    disable_progress_bar()
    torch.set_num_threads(threads)
    model = AutoModelForCausalLM.from_pretrained(os.path.join(folder, "model"), dtype=torch.float32).train()
    with open(os.path.join(folder, "tokens.json"), encoding="ascii") as tokens:
        ids = torch.tensor(json.load(tokens))
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4)
    print(json.dumps({"rival": "transformers", **beside.train(model, optimizer, ids, steps)}))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cli", default="build/release/bin/lathe-cli")
    parser.add_argument("--steps", type=int, default=6)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--part", nargs=2, metavar=("prepare|train", "FOLDER"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.steps < 3:
        parser.error("--steps: the median leaves the first two out, so at least 3")
    if args.part:
        part, folder = args.part
        return prepare(folder) if part == "prepare" else train(folder, args.steps, args.threads)

    with tempfile.TemporaryDirectory() as folder:
        this = [sys.executable, os.path.abspath(__file__), "--steps", str(args.steps), "--threads", str(args.threads), "--part"]
        beside.run("start", this + ["prepare", folder])
        lathe = [args.cli, "bench", "pretrain", "--json", "--model", os.path.join(folder, "model"), "--tokens-file",
                 os.path.join(folder, "tokens.json"), "--steps", str(args.steps), "--threads", str(args.threads)]
        before, ours, after = beside.rival_lathe_rival(this + ["train", folder], lathe)
    steady = beside.compare("tokens/s", before["tokens_per_s"], ours["tokens_per_s"], after["tokens_per_s"])
    beside.compare("peak memory", before["peak_rss_gb"], ours["peak_rss_gb"], after["peak_rss_gb"], higher_is_better=False)
    gap = max(abs(a - b) for a, b in zip(before["losses"], ours["losses"]))
    print(f"{'losses':14} largest gap {gap:.1e} over {len(ours['losses'])} steps; FMA peak {ours['fma_peak_gflops']:.0f} GFLOP/s")
    beside.end([steady])
    return None


if __name__ == "__main__":
    main()

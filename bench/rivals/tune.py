#!/usr/bin/env python3
"""Steps of tuning a model from the same adapter on the same tokens: PEFT (with bitsandbytes), Lathe, PEFT.

  tune.py lora|qlora|full MODEL_FOLDER [--batch 4] [--seq 512] [--rank 8] [--steps 6] [--checkpointing] [--threads 2] [--cli …]
The job: one batch of random tokens, AdamW (1e-4, decay 0.01 on everything), no clipping, no dropout. lora: rank R on all linear
layers, alpha 2 R, base in fp32; qlora: the same over NF4 with double quantisation, computing in fp32; full: every weight.
--checkpointing lets the rival recompute its activations. A figure is the median of the steps after the first two.
Prints each measurement, then the ratios and the largest gap between the losses of the same step; status 1 where the machine was
not steady. Needs the PyPI packages torch, transformers, peft and bitsandbytes (measured with 2.11, 5.23, 0.21 and 0.50).
"""
import argparse
import json
import os
import sys
import tempfile

import beside


def tune(args, folder):
    """The rival. Where FOLDER has no tokens yet, writes what it starts from: tokens.json and adapter/."""
    import torch
    from transformers import AutoModelForCausalLM, BitsAndBytesConfig
    from transformers.utils.logging import disable_progress_bar
    disable_progress_bar()
    torch.set_num_threads(args.threads)
    torch.manual_seed(0)
    quantized = BitsAndBytesConfig(load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_use_double_quant=True,
                                   bnb_4bit_compute_dtype=torch.float32) if args.job == "qlora" else None
    model = AutoModelForCausalLM.from_pretrained(args.model, dtype=torch.float32, quantization_config=quantized)
    tokens, adapter = os.path.join(folder, "tokens.json"), os.path.join(folder, "adapter")
    if args.job != "full":
        from peft import LoraConfig, PeftModel, get_peft_model, prepare_model_for_kbit_training
        if args.job == "qlora":
            model = prepare_model_for_kbit_training(model, use_gradient_checkpointing=args.checkpointing)
        elif args.checkpointing:
            model.enable_input_require_grads()
            model.gradient_checkpointing_enable()
        if os.path.exists(adapter):
            model = PeftModel.from_pretrained(model, adapter, is_trainable=True)
        else:
            model = get_peft_model(model, LoraConfig(r=args.rank, lora_alpha=2 * args.rank, target_modules="all-linear"))
            model.save_pretrained(adapter)
    if not os.path.exists(tokens):
        with open(tokens, "w", encoding="ascii") as out:
            json.dump(torch.randint(1000, 2000, (args.batch, args.seq)).tolist(), out)
    with open(tokens, encoding="ascii") as file:
        ids = torch.tensor(json.load(file))
    model.train()
    optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-4)
    print(json.dumps({"rival": "peft", **beside.train(model, optimizer, ids, args.steps)}))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("job", choices=("lora", "qlora", "full"))
    parser.add_argument("model")
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--seq", type=int, default=512)
    parser.add_argument("--rank", type=int, default=8)
    parser.add_argument("--steps", type=int, default=6)
    parser.add_argument("--checkpointing", action="store_true")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--cli", default="build/release/bin/lathe-cli")
    parser.add_argument("--part", metavar="FOLDER", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.steps < 3:
        parser.error("--steps: the median leaves the first two out, so at least 3")
    if args.part:
        return tune(args, args.part)

    with tempfile.TemporaryDirectory() as folder:
        lathe = [args.cli, "bench", args.job, "--json", "--model", args.model, "--tokens-file", os.path.join(folder, "tokens.json"),
                 "--steps", str(args.steps), "--threads", str(args.threads)]
        if args.job != "full":
            lathe += ["--adapter", os.path.join(folder, "adapter")]
        before, ours, after = beside.rival_lathe_rival([sys.executable, os.path.abspath(__file__), *sys.argv[1:], "--part", folder], lathe)
    steady = beside.compare("tokens/s", before["tokens_per_s"], ours["tokens_per_s"], after["tokens_per_s"])
    beside.compare("peak memory", before["peak_rss_gb"], ours["peak_rss_gb"], after["peak_rss_gb"], higher_is_better=False)
    gap = max(abs(a - b) for a, b in zip(before["losses"], ours["losses"]))
    print(f"{'losses':14} largest gap {gap:.1e} over {len(ours['losses'])} steps; FMA peak {ours['fma_peak_gflops']:.0f} GFLOP/s, "
          f"of which {100 * ours['fma_peak_share']:.0f} %")
    beside.end([steady])
    return None


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Makes the tiny Hugging Face models and the expected figures under tests/data/hf_*. See README.md beside it.

Run with transformers 5.23, torch 2.11, safetensors: python3 make_hf_models.py [OUTPUT_FOLDER]
"""
import json
import pathlib
import shutil
import sys

import torch
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, LlamaConfig, LlamaForCausalLM, Qwen2Config, Qwen2ForCausalLM
from transformers import Qwen3Config, Qwen3ForCausalLM

OUT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
TOKENS = [3, 17, 101, 5, 64, 9, 127, 0, 42, 88]
NEW_TOKENS = 16
COMMON = dict(vocab_size=128, hidden_size=32, intermediate_size=40, num_hidden_layers=2, num_attention_heads=4,
              num_key_value_heads=2, max_position_embeddings=64, rms_norm_eps=1e-6, bos_token_id=1, eos_token_id=2,
              pad_token_id=0, attn_implementation="eager")


def fill(model, seed):
    """Weights large enough that attention, norms and biases all show in the logits."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, p in sorted(dict(model.named_parameters()).items()):
            noise = torch.randn(p.shape, generator=generator)
            p.copy_(1 + 0.1 * noise if "norm" in name else (0.1 if p.dim() == 1 else 0.2) * noise)


def make(name, config, cls, seed, dtype=torch.float32, shard=None):
    model = cls(config).eval()
    fill(model, seed)
    model.generation_config.eos_token_id = [2, 7] if name == "hf_llama_rope3" else 2
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    model.to(dtype).save_pretrained(folder, **({"max_shard_size": shard} if shard else {}))
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    with torch.no_grad():
        logits = model(torch.tensor([TOKENS])).logits[0]
        ids, gap = list(TOKENS), 1e9
        for _ in range(NEW_TOKENS):  # plain argmax: no end token stops it
            top = model(torch.tensor([ids])).logits[0, -1].topk(2)
            gap = min(gap, float(top.values[0] - top.values[1]))
            ids.append(int(top.indices[0]))
    if gap < 0.02 or len(set(ids[len(TOKENS):])) < 6:  # too small a margin, or too dull, to hold others to
        return make(name, config, cls, seed + 10, dtype, shard)
    expected = {"tokens": TOKENS, "greedy": ids[len(TOKENS):], "greedy_margin": round(gap, 6),
                "logits": [[float(f"{x:.7g}") for x in row] for row in logits.tolist()]}
    (folder / "expected.json").write_text(json.dumps(expected, separators=(",", ":")) + "\n")
    return model


def make_grads(model):
    """Loss, gradients and five AdamW steps on one fixed batch: the trainer is held to these."""
    folder = OUT / "hf_qwen3_grads"
    folder.mkdir(exist_ok=True)
    batch = torch.randint(0, 128, (2, 16), generator=torch.Generator().manual_seed(7))
    model.train()
    model.get_input_embeddings().padding_idx = None  # nothing is padded here: the pad token learns like any other
    loss = model(batch, labels=batch).loss
    loss.backward()
    grads = {n: p.grad.clone().contiguous() for n, p in model.named_parameters()}
    save_file(grads, folder / "grads.safetensors", metadata={"format": "pt"})
    norm = float(torch.sqrt(sum((g.double() ** 2).sum() for g in grads.values())))
    expected = {"model": "hf_qwen3", "input_ids": batch.tolist(), "loss": float(loss.detach()), "grad_norm": norm,
                "adamw": {"learning_rate": 1e-3, "weight_decay": 0.01, "adam_beta1": 0.9, "adam_beta2": 0.999,
                          "adam_epsilon": 1e-8, "max_grad_norm": 0}}
    # As transformers.Trainer groups them: matrices decay, norm weights and biases do not.
    params = [p for _, p in model.named_parameters()]
    start = [p.detach().clone() for p in params]
    for key, groups in (("losses", [dict(params=[p for p in params if p.dim() > 1], weight_decay=0.01),
                                    dict(params=[p for p in params if p.dim() == 1], weight_decay=0.0)]),
                        ("losses_all_decayed", [dict(params=params, weight_decay=0.01)])):
        with torch.no_grad():
            for p, value in zip(params, start):
                p.copy_(value)
        optimizer = torch.optim.AdamW(groups, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, foreach=False)
        losses = []
        for step in range(6):
            optimizer.zero_grad()
            loss = model(batch, labels=batch).loss
            losses.append(float(loss.detach()))
            loss.backward()
            if step < 5:
                optimizer.step()
        expected["adamw"][key] = losses
    (folder / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


def make_rounding():
    """Halfway cases, subnormals, overflows, infinities, NaN and random bits: fp32 beside torch's bf16 and fp16."""
    g = torch.Generator().manual_seed(3)
    bits = torch.randint(-2**31, 2**31, (700,), generator=g, dtype=torch.int64)
    halfway = (torch.randint(0, 2**16, (200,), generator=g, dtype=torch.int64) << 16 | 0x8000) - 2**31
    small = torch.randn(700, generator=g) * torch.pow(10.0, torch.randint(-9, 6, (700,), generator=g).float())
    ties = torch.randint(0, 2**15, (200,), generator=g).float() * 2.0**-25  # halfway between fp16 subnormals
    ties16 = (torch.randint(0x38000000 >> 12, 0x47800000 >> 12, (200,), generator=g, dtype=torch.int64) << 12)
    special = torch.tensor([0.0, -0.0, float("inf"), -float("inf"), 65504.0, 65519.996, 65520.0, 65536.0, 2.0**-24,
                            2.0**-25, 2.0**-25 * 1.0000001, 2.0**-14, 6.0975e-05, 1e-45, 3.3895e38, 3.4028235e38, 1.0])
    as_float = lambda t: t.to(torch.int32).view(torch.float32)
    x = torch.cat([as_float(bits), as_float(halfway), small, ties, as_float(ties16), special])
    x = torch.cat([x[~x.isnan()], torch.tensor([float("nan")])])
    save_file({"fp32": x, "bf16": x.bfloat16(), "fp16": x.half()}, OUT / "hf_rounding.safetensors", metadata={"format": "pt"})


torch.manual_seed(0)
qwen3 = make("hf_qwen3", Qwen3Config(**COMMON, head_dim=16, tie_word_embeddings=True,
             rope_parameters={"rope_type": "default", "rope_theta": 1000000.0}), Qwen3ForCausalLM, 1)
make("hf_qwen2", Qwen2Config(**COMMON, tie_word_embeddings=True,
     rope_parameters={"rope_type": "default", "rope_theta": 10000.0}), Qwen2ForCausalLM, 2)
make("hf_llama_rope3", LlamaConfig(**COMMON, tie_word_embeddings=True, rope_parameters={
     "rope_type": "llama3", "rope_theta": 500000.0, "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
     "original_max_position_embeddings": 16}), LlamaForCausalLM, 3)
make("hf_llama", LlamaConfig(**COMMON, tie_word_embeddings=False,
     rope_parameters={"rope_type": "default", "rope_theta": 10000.0}), LlamaForCausalLM, 4)
make("hf_qwen3_bf16", Qwen3Config(**COMMON, head_dim=8, tie_word_embeddings=True,
     rope_parameters={"rope_type": "default", "rope_theta": 10000.0}), Qwen3ForCausalLM, 5, torch.bfloat16, "20KB")
make_grads(qwen3)
make_rounding()

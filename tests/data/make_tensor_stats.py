#!/usr/bin/env python3
"""Writes tensor_stats.json with numpy (torch for bf16, gguf 0.19.0): [{"file", "tensor", "elements", "zeros", "non_finite",
"min", "max", "mean", "std", "bins": [64]}] of the finite elements, in fp64, as numpy.histogram makes the bins."""
import json
import pathlib

import gguf
import numpy as np
from safetensors import safe_open

HERE = pathlib.Path(__file__).parent


def read(file, tensor):
    if file.endswith(".gguf"):
        found = next(t for t in gguf.GGUFReader(HERE / file).tensors if t.name == tensor)
        return gguf.quants.dequantize(found.data, found.tensor_type)
    with safe_open(HERE / file, framework="pt") as opened:
        return opened.get_tensor(tensor).float().numpy()


def stats(file, tensor):
    values = read(file, tensor).astype(np.float64).ravel()
    finite = values[np.isfinite(values)]
    return {"file": file, "tensor": tensor, "elements": len(values), "zeros": int((finite == 0).sum()),
            "non_finite": len(values) - len(finite), "min": finite.min(), "max": finite.max(), "mean": finite.mean(),
            "std": finite.std(), "bins": np.histogram(finite, 64)[0].tolist()}


OF = [("hf_qwen3/model.safetensors", "model.embed_tokens.weight"), ("hf_qwen3/model.safetensors", "model.norm.weight"),
      ("hf_qwen2/model.safetensors", "model.layers.1.mlp.down_proj.weight"), ("hf_rounding.safetensors", "fp32"),
      ("hf_rounding.safetensors", "bf16"), ("gguf/llama.gguf", "blk.0.attn_q.weight")]
(HERE / "tensor_stats.json").write_text(json.dumps([stats(*of) for of in OF]) + "\n")

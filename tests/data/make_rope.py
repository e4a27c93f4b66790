#!/usr/bin/env python3
"""Makes rope.json: frequencies and tables of transformers' rotary embeddings. Run with transformers 5.23 and torch 2.11."""
import json
import pathlib

import torch
from transformers import LlamaConfig
from transformers.models.llama.modeling_llama import LlamaRotaryEmbedding

HEAD_DIM, CONTEXT, POSITIONS = 16, 64, [0, 1, 7, 40, 63]
CASES = {
    "default": {"rope_type": "default", "rope_theta": 1000000.0},
    "linear": {"rope_type": "linear", "rope_theta": 10000.0, "factor": 4.0},
    "llama3": {"rope_type": "llama3", "rope_theta": 500000.0, "factor": 8.0, "low_freq_factor": 1.0,
               "high_freq_factor": 4.0, "original_max_position_embeddings": 16},
    "yarn": {"rope_type": "yarn", "rope_theta": 10000.0, "factor": 4.0, "original_max_position_embeddings": 16},
    "yarn_betas": {"rope_type": "yarn", "rope_theta": 1000000.0, "factor": 2.0, "original_max_position_embeddings": 32,
                   "beta_fast": 4.0, "beta_slow": 0.5, "attention_factor": 1.25},
}

result = {}
for name, rope in CASES.items():
    config = LlamaConfig(hidden_size=4 * HEAD_DIM, num_attention_heads=4, head_dim=HEAD_DIM, max_position_embeddings=CONTEXT,
                         rope_parameters=dict(rope))
    rotary = LlamaRotaryEmbedding(config)
    cos, sin = rotary(torch.zeros(1), torch.tensor([POSITIONS]))
    half = HEAD_DIM // 2
    result[name] = {"rope_parameters": rope, "inv_freq": rotary.inv_freq.tolist(), "cos": cos[0, :, :half].tolist(),
                    "sin": sin[0, :, :half].tolist()}
document = {"head_dim": HEAD_DIM, "max_position_embeddings": CONTEXT, "positions": POSITIONS, "cases": result}
(pathlib.Path(__file__).parent / "rope.json").write_text(json.dumps(document, separators=(",", ":")) + "\n")

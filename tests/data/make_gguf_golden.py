#!/usr/bin/env python3
"""Writes gguf/ with the Python package gguf 0.19.0 (numpy, safetensors): see README.md beside it.

  blocks.safetensors  NAME.blocks: random blocks of that type; NAME.weights: what gguf.quants.dequantize makes of them
  NAME.gguf           the weights of the Hugging Face folder ../hf_NAME under llama.cpp's names and in its order of rows
"""
import json
import pathlib

import gguf
import numpy as np
from safetensors import safe_open
from safetensors.numpy import load_file, save_file

HERE = pathlib.Path(__file__).parent
OUT = HERE / "gguf"
OUT.mkdir(exist_ok=True)
Q = gguf.GGMLQuantizationType
HALVES = {"Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2], "Q8_0": [0], "Q4_K": [0, 2], "Q5_K": [0, 2], "Q6_K": [208]}


def make_blocks():
    random = np.random.default_rng(11)
    tensors = {}
    for name, halves in HALVES.items():
        weights, size = gguf.GGML_QUANT_SIZES[Q[name]]
        blocks = random.integers(0, 256, (512 // weights, size), dtype=np.uint8)
        for at in halves:  # any finite half float, subnormal ones too
            exponent = random.integers(0, 31, len(blocks))
            blocks[:, at + 1] = (blocks[:, at + 1] & 0x83) | (exponent << 2)
        tensors[name + ".blocks"] = blocks
        tensors[name + ".weights"] = gguf.quants.dequantize(blocks, Q[name]).astype(np.float32)
    save_file(tensors, OUT / "blocks.safetensors")


def bf16_tensors(folder):
    """bf16 that numpy does not have, widened."""
    import torch
    tensors = {}
    for path in sorted(folder.glob("*.safetensors")):
        with safe_open(path, "pt") as file:
            tensors.update({name: file.get_tensor(name).to(torch.float32).numpy() for name in file.keys()})
    return tensors


def permuted(weights, heads):
    """As LlamaModel.permute of convert_hf_to_gguf.py."""
    return (weights.reshape(heads, 2, weights.shape[0] // heads // 2, *weights.shape[1:])
            .swapaxes(1, 2).reshape(weights.shape))


def rope_freqs(rope, head_dim):
    """As LlamaModel.generate_extra_tensors: what each frequency is divided by."""
    frequencies = 1.0 / rope["rope_theta"] ** (np.arange(0, head_dim, 2, dtype=np.float32) / head_dim)
    length, low, high = rope["original_max_position_embeddings"], rope["low_freq_factor"], rope["high_freq_factor"]
    factors = []
    for frequency in frequencies:
        wavelength = 2 * np.pi / frequency
        smooth = (length / wavelength - low) / (high - low)
        factors.append(1 if wavelength < length / high else rope["factor"] if wavelength > length / low
                       else 1 / ((1 - smooth) / rope["factor"] + smooth))
    return np.array(factors, dtype=np.float32)


def make_model(name, matrices):
    folder = HERE / ("hf_" + name)
    config = json.loads((folder / "config.json").read_text())
    rope = config.get("rope_parameters") or config
    head_dim = config.get("head_dim") or config["hidden_size"] // config["num_attention_heads"]
    a = config["model_type"]
    file = gguf.GGUFWriter(OUT / (name + ".gguf"), a)
    file.add_context_length(config["max_position_embeddings"])
    file.add_embedding_length(config["hidden_size"])
    file.add_block_count(config["num_hidden_layers"])
    file.add_feed_forward_length(config["intermediate_size"])
    file.add_head_count(config["num_attention_heads"])
    file.add_head_count_kv(config["num_key_value_heads"])
    file.add_layer_norm_rms_eps(config["rms_norm_eps"])
    file.add_rope_freq_base(rope["rope_theta"])
    file.add_file_type(0)
    if a != "qwen2":
        file.add_key_length(head_dim)
        file.add_value_length(head_dim)
    if a == "llama":
        file.add_vocab_size(config["vocab_size"])
        file.add_rope_dimension_count(head_dim)
    # A toy vocabulary: 94 letters of the byte alphabet, a merge, and control tokens up to the size of the embedding.
    tokens = [chr(c) for c in range(33, 127)] + ["\u0120", "th", "\u0120th"]
    types = [1] * len(tokens) + [3] * (config["vocab_size"] - len(tokens))
    tokens += [f"<|{i}|>" for i in range(len(tokens), config["vocab_size"])]
    file.add_tokenizer_model("gpt2")
    file.add_tokenizer_pre({"qwen2": "qwen2", "qwen3_bf16": "qwen2", "llama": "smollm"}.get(name, "llama-bpe"))
    file.add_token_list(tokens)
    file.add_token_types(types)
    file.add_token_merges(["t h", "\u0120 th"])
    file.add_bos_token_id(100)
    file.add_eos_token_id(101)
    file.add_pad_token_id(102)
    file.add_add_bos_token(name != "qwen2")
    file.add_chat_template("{% for m in messages %}<|103|>{{ m['content'] }}{% endfor %}")

    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH[a.upper()], config["num_hidden_layers"])
    if rope.get("rope_type") == "llama3":
        file.add_rope_scaling_orig_ctx_len(rope["original_max_position_embeddings"])
        file.add_tensor("rope_freqs.weight", rope_freqs(rope, head_dim))
    tensors = bf16_tensors(folder) if matrices == "BF16" else load_file(folder / "model.safetensors")
    for hf_name, weights in tensors.items():
        if a == "llama" and ".q_proj." in hf_name:
            weights = permuted(weights, config["num_attention_heads"])
        if a == "llama" and ".k_proj." in hf_name:
            weights = permuted(weights, config["num_key_value_heads"])
        kind = Q[matrices if weights.ndim > 1 else "F32"]
        gguf_name = names.get_name(hf_name, (".weight", ".bias"))
        if kind in (Q.F32, Q.F16):
            file.add_tensor(gguf_name, weights.astype(np.float16 if kind == Q.F16 else np.float32))
        else:
            file.add_tensor(gguf_name, gguf.quants.quantize(weights, kind), raw_dtype=kind)
    file.write_header_to_file()
    file.write_kv_data_to_file()
    file.write_tensors_to_file()
    file.close()


make_blocks()
make_model("qwen3_bf16", "BF16")
make_model("qwen2", "F16")
make_model("llama", "F16")
make_model("llama_rope3", "F16")

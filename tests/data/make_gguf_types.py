#!/usr/bin/env python3
"""Writes gguf/types.json: the type that llama.cpp's quantiser gives each tensor of made-up models. See README.md.

llama-cpp-python 0.3.36, gguf 0.19.0, numpy.
"""
import ctypes
import json
import pathlib
import tempfile

import gguf
import llama_cpp
import numpy as np

OUT = pathlib.Path(__file__).parent / "gguf" / "types.json"
FILE_TYPES = {"q8_0": 7, "q4_0": 2, "q4_k_m": 15}
MODELS = {  # architecture, layers, heads, key/value heads, tied, hidden, intermediate
    "wide_tied": ("llama", 17, 4, 2, True, 256, 512),
    "wide": ("qwen3", 12, 4, 2, False, 256, 256),
    "narrow": ("qwen2", 3, 2, 1, False, 96, 512),
    "narrow_tied": ("qwen2", 3, 2, 1, True, 96, 512),
    "odd": ("llama", 3, 2, 1, True, 40, 256),
    "70b": ("qwen2", 80, 2, 1, False, 256, 256),
    "70b_llama": ("llama", 80, 2, 1, True, 256, 256),
    "65b": ("llama", 80, 2, 2, True, 256, 256),
}


def shapes_of(arch, layers, heads, kv_heads, tied, hidden, inner):
    kv = hidden // heads * kv_heads
    shapes = {"token_embd.weight": (64, hidden), "output_norm.weight": (hidden,)}
    if not tied:
        shapes["output.weight"] = (64, hidden)
    for i in range(layers):
        block = {"attn_norm": (hidden,), "attn_q": (hidden, hidden), "attn_k": (kv, hidden), "attn_v": (kv, hidden),
                 "attn_output": (hidden, hidden), "ffn_norm": (hidden,), "ffn_gate": (inner, hidden),
                 "ffn_up": (inner, hidden), "ffn_down": (hidden, inner)}
        if arch == "qwen3":
            block |= {"attn_q_norm": (hidden // heads,), "attn_k_norm": (hidden // heads,)}
        shapes |= {f"blk.{i}.{name}.weight": shape for name, shape in block.items()}
        if arch == "qwen2":
            shapes |= {f"blk.{i}.attn_{x}.bias": (n,) for x, n in (("q", hidden), ("k", kv), ("v", kv))}
    return shapes


def write(path, shapes, arch, layers, heads, kv_heads, hidden, inner):
    file = gguf.GGUFWriter(path, arch)
    file.add_context_length(64)
    file.add_embedding_length(hidden)
    file.add_block_count(layers)
    file.add_feed_forward_length(inner)
    file.add_head_count(heads)
    file.add_head_count_kv(kv_heads)
    file.add_layer_norm_rms_eps(1e-6)
    file.add_vocab_size(64)
    file.add_file_type(1)
    file.add_tokenizer_model("no_vocab")
    for name, shape in shapes.items():
        file.add_tensor(name, np.full(shape, 0.01, np.float16 if len(shape) > 1 else np.float32))
    file.write_header_to_file()
    file.write_kv_data_to_file()
    file.write_tensors_to_file()
    file.close()


def types_of(source, target, file_type):
    params = llama_cpp.llama_model_quantize_default_params()
    params.ftype, params.nthread = file_type, 2
    assert llama_cpp.llama_model_quantize(str(source).encode(), str(target).encode(), ctypes.byref(params)) == 0
    return {tensor.name: tensor.tensor_type.name for tensor in gguf.GGUFReader(target).tensors}


def main():
    golden = {}
    with tempfile.TemporaryDirectory() as folder:
        source, target = pathlib.Path(folder, "source.gguf"), pathlib.Path(folder, "target.gguf")
        for name, (arch, layers, heads, kv_heads, tied, hidden, inner) in MODELS.items():
            shapes = shapes_of(arch, layers, heads, kv_heads, tied, hidden, inner)
            write(source, shapes, arch, layers, heads, kv_heads, hidden, inner)
            types = {key: types_of(source, target, number) for key, number in FILE_TYPES.items()}
            if layers == 80:
                shapes = {tensor: shape for tensor, shape in shapes.items() if "attn_v.w" in tensor or "ffn_down" in tensor}
            golden[name] = {
                "config": {"model_type": arch, "num_hidden_layers": layers, "num_attention_heads": heads,
                           "num_key_value_heads": kv_heads, "tie_word_embeddings": tied},
                "tensors": [[tensor, list(shape), *(types[key][tensor] for key in FILE_TYPES)]
                            for tensor, shape in shapes.items()]}
    lines = [f' "{name}": {{"config": {json.dumps(model["config"])}, "tensors": [\n  '
             + ",\n  ".join(json.dumps(row) for row in model["tensors"]) + "]}" for name, model in golden.items()]
    OUT.write_text("{\n" + ",\n".join(lines) + "\n}\n")


main()

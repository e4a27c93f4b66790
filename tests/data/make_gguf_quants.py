#!/usr/bin/env python3
"""Writes gguf/quants.safetensors: rows of weights, and the blocks that ggml's quantisers make of them. See README.md.

Usage: make_gguf_quants.py LIBGGML_BASE.so     (of llama-cpp-python 0.3.36; also gguf 0.19.0, numpy, safetensors)
The simple types are held to the Python package gguf, too, where the two have the same rounding.
"""
import ctypes
import pathlib
import sys

import gguf
import numpy as np
from safetensors.numpy import save_file

OUT = pathlib.Path(__file__).parent / "gguf" / "quants.safetensors"
Q = gguf.GGMLQuantizationType
WIDTH = 256


def make_rows():
    random = np.random.default_rng(7)
    normal = lambda scale: (random.standard_normal(WIDTH) * scale).astype(np.float32)
    outlier = normal(0.02)
    outlier[100] = 9.0
    below = normal(0.02)
    below[7] = -9.0
    half_zero = normal(1.0)
    half_zero[:160] = 0
    signed_zeros = np.where(np.arange(WIDTH) % 2, 0.0, -0.0).astype(np.float32)
    one = np.zeros(WIDTH, np.float32)
    one[-1] = 1e-3
    groups = (np.repeat(10.0 ** random.uniform(-7, 1, 16), 16) * random.standard_normal(WIDTH)).astype(np.float32)
    return np.stack([
        normal(0.02), normal(0.02), normal(1.0), random.uniform(-1, 1, WIDTH).astype(np.float32),
        random.standard_t(2, WIDTH).astype(np.float32) * np.float32(0.01),
        np.zeros(WIDTH, np.float32), signed_zeros, one, outlier, below, half_zero, groups,
        normal(1e-6), normal(1e-16), normal(1e-30), normal(1e-40), normal(1000.0),
        -np.abs(normal(0.02)), np.abs(normal(0.02)), np.abs(normal(0.01)) + np.float32(1), -np.abs(normal(0.01)) - np.float32(1),
        np.full(WIDTH, 0.37, np.float32), np.full(WIDTH, -0.37, np.float32), np.linspace(-1, 1, WIDTH, dtype=np.float32),
        (np.arange(WIDTH) % 2 * 2 - 1).astype(np.float32) * np.float32(0.5),
        (np.arange(WIDTH) % 17 - 8).astype(np.float32) * np.float32(0.0625),
        # Where the last of the scales that Q4_K and Q5_K try is the best.
        *(np.random.default_rng(seed).standard_normal(WIDTH).astype(np.float32) for seed in (483, 2674)),
    ])


def main():
    library = ctypes.CDLL(sys.argv[1])
    library.ggml_quantize_chunk.restype = ctypes.c_size_t
    library.ggml_quantize_chunk.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, *[ctypes.c_int64] * 3, ctypes.c_void_p]
    rows = make_rows()
    tensors = {"weights": rows}
    for name in ("F16", "BF16", "Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q4_K", "Q5_K", "Q6_K"):
        weights, size = gguf.GGML_QUANT_SIZES[Q[name]]
        blocks = np.zeros((len(rows), WIDTH // weights * size), np.uint8)
        written = library.ggml_quantize_chunk(Q[name], rows.ctypes.data, blocks.ctypes.data, 0, len(rows), WIDTH, None)
        assert written == blocks.size, name
        if not name.endswith("_K"):
            with np.errstate(all="ignore"):
                package = gguf.quants.quantize(rows, Q[name]).view(np.uint8).reshape(blocks.shape)
            print(name, "rows other than the package's:", np.nonzero((package != blocks).any(1))[0])
        tensors[name] = blocks
    save_file(tensors, OUT)


main()

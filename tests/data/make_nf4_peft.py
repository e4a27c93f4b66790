#!/usr/bin/env python3
"""Makes nf4.safetensors, nf4_qwen2/, peft_qwen2/ and peft_llama/. See README.md beside it.

Run with transformers 5.23, bitsandbytes 0.50.2, peft, torch 2.11 on a CPU with AVX2: make_nf4_peft.py [OUTPUT_FOLDER]
"""
import pathlib
import shutil
import sys

import bitsandbytes.functional as F
import torch
from peft import LoraConfig, get_peft_model
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, BitsAndBytesConfig

HERE = pathlib.Path(__file__).parent
OUT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else HERE)
torch.set_num_threads(1)  # the sum of many scales depends on the number of threads
torch.manual_seed(0)


def put(tensors, name, values, blocksize):
    """Quantised without and with double quantisation, and what comes back of it."""
    codes, plain = F.quantize_4bit(values, blocksize=blocksize, quant_type="nf4")
    again, nested = F.quantize_4bit(values, blocksize=blocksize, quant_type="nf4", compress_statistics=True)
    assert torch.equal(codes, again)
    plain.dtype = nested.dtype = torch.float32
    tensors.update({f"{name}.values": values, f"{name}.codes": codes, f"{name}.absmax": plain.absmax,
                    f"{name}.nested_codes": nested.absmax, f"{name}.nested_absmax": nested.state2.absmax,
                    f"{name}.nested_offset": nested.offset.reshape(1),
                    f"{name}.nested_dequantized": F.dequantize_4bit(codes, nested).flatten()})


def make_blocks():
    tensors = {}
    values = torch.randn(737) * 0.05  # ends in half a block, and in half a byte
    values[64:128] = 0
    values[128:192] = torch.randn(64) * 1e-38  # the reciprocal of what is subnormal
    codes = F.get_4bit_type("nf4", device="cpu")
    values[192:207] = (codes[:-1] + codes[1:]) / 2 * 0.125  # halfway between two codes
    values[207] = 0.125
    put(tensors, "fp32_64", values, 64)
    put(tensors, "bf16_64", (torch.randn(192) * 0.05).bfloat16(), 64)
    put(tensors, "fp16_128", (torch.randn(1, 300) * 0.05).half(), 128)
    # As many scales as sums of several levels take; the test makes them by the same rule.
    scales = ((torch.arange(5001, dtype=torch.int64) * 2654435761 % 2**32) // 256).float() * 2.0**-24
    offset = scales.mean()
    nested, state = F.quantize_blockwise(scales - offset, blocksize=256)
    tensors.update({"scales.nested_codes": nested, "scales.nested_absmax": state.absmax,
                    "scales.nested_offset": offset.reshape(1), "dynamic_map": state.code.clone()})
    save_file(tensors, OUT / "nf4.safetensors", metadata={"format": "pt"})


def make_nf4_model():
    config = BitsAndBytesConfig(load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_use_double_quant=True,
                                bnb_4bit_compute_dtype=torch.bfloat16)
    model = AutoModelForCausalLM.from_pretrained(HERE / "hf_qwen2", quantization_config=config, dtype=torch.bfloat16,
                                                 device_map="cpu")
    folder = OUT / "nf4_qwen2"
    shutil.rmtree(folder, ignore_errors=True)
    model.save_pretrained(folder)
    kept = {}
    for name in ("model.layers.0.self_attn.k_proj", "model.layers.1.mlp.down_proj"):
        weight = model.get_submodule(name).weight
        kept[name + ".weight"] = F.dequantize_4bit(weight.data, weight.quant_state)
    save_file(kept, folder / "dequantized.safetensors", metadata={"format": "pt"})


def make_adapter(name, base, kept, dtype, **settings):
    model = get_peft_model(AutoModelForCausalLM.from_pretrained(HERE / base, dtype=torch.float32),
                           LoraConfig(task_type="CAUSAL_LM", **settings))
    with torch.no_grad():
        for key, p in model.named_parameters():
            if "lora_" in key:
                p.copy_(torch.randn(p.shape) * 0.2).copy_(p.to(dtype))
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    model.peft_config["default"].base_model_name_or_path = base
    model.peft_config["default"].revision = None
    tensors = {k: v.to(dtype) for k, v in model.state_dict().items() if "lora_" in k}
    model.save_pretrained(folder, state_dict=tensors)
    (folder / "README.md").unlink()
    merged = model.merge_and_unload().state_dict()
    save_file({k: merged[k].clone() for k in kept}, folder / "merged.safetensors", metadata={"format": "pt"})


make_blocks()
make_nf4_model()
make_adapter("peft_qwen2", "hf_qwen2", [f"model.layers.{i}" for i in (
    "1.self_attn.v_proj.weight", "0.mlp.down_proj.weight", "1.mlp.down_proj.weight")], torch.float32,
    r=4, lora_alpha=6, use_rslora=True, target_modules=["q_proj", "v_proj", "down_proj"],
    rank_pattern={"layers.1.mlp.down_proj": 3, "v_proj": 2}, alpha_pattern={"down_proj": 5})
make_adapter("peft_llama", "hf_llama", ["model.layers.0.mlp.up_proj.weight"], torch.bfloat16, r=3, lora_alpha=7,
             target_modules=r".*\.(gate_proj|up_proj)")

#!/usr/bin/env python3
"""Makes peft_training/: a model in bf16, a LoRA adapter for it to start from, and what PEFT makes of it in five steps of AdamW on an fp32 base
and on one in bitsandbytes' NF4 with double quantisation. See README.md beside it.

Run with transformers 5.23, peft 0.21, bitsandbytes 0.50.2, torch 2.11 on a CPU: make_peft_training.py [OUTPUT_FOLDER]
"""
import json
import pathlib
import shutil
import sys

import torch
from peft import LoraConfig, PeftModel, get_peft_model, prepare_model_for_kbit_training
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, BitsAndBytesConfig, Qwen3Config, Qwen3ForCausalLM

HERE = pathlib.Path(__file__).parent
OUT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else HERE) / "peft_training"
torch.set_num_threads(1)
torch.manual_seed(0)
shutil.rmtree(OUT, ignore_errors=True)
BASE = OUT / "base"  # rows of whole blocks: those of the other models cross rows, and bitsandbytes' product does not take that
base = Qwen3ForCausalLM(Qwen3Config(vocab_size=128, hidden_size=64, intermediate_size=128, num_hidden_layers=2,
                                    num_attention_heads=4, num_key_value_heads=2, head_dim=16, max_position_embeddings=64,
                                    tie_word_embeddings=True, initializer_range=0.2))
base.bfloat16().save_pretrained(BASE)

model = get_peft_model(AutoModelForCausalLM.from_pretrained(BASE, dtype=torch.float32),
                       LoraConfig(task_type="CAUSAL_LM", r=4, lora_alpha=8, target_modules="all-linear"))
with torch.no_grad():
    for name, p in model.named_parameters():
        if "lora_B" in name:
            p.copy_(torch.randn(p.shape) * 0.05)
model.peft_config["default"].base_model_name_or_path = "base"
model.save_pretrained(OUT / "start")
for extra in ("README.md",):
    (OUT / "start" / extra).unlink(missing_ok=True)

ids = torch.randint(1, 128, (3, 20))
expected = {"input_ids": ids.tolist(), "learning_rate": 1e-2, "weight_decay": 0.01}
for job in ("lora", "qlora"):
    quantized = BitsAndBytesConfig(load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_use_double_quant=True,
                                   bnb_4bit_compute_dtype=torch.float32)
    base = AutoModelForCausalLM.from_pretrained(BASE, dtype=torch.float32,
                                                quantization_config=quantized if job == "qlora" else None)
    if job == "qlora":
        base = prepare_model_for_kbit_training(base, use_gradient_checkpointing=False)
    model = PeftModel.from_pretrained(base, OUT / "start", is_trainable=True)
    model.train()  # bitsandbytes has another product for evaluation, in bf16
    trainable = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trainable, lr=1e-2, weight_decay=0.01)
    losses, norms = [], []
    for step in range(5):
        loss = model(input_ids=ids, labels=ids).loss
        loss.backward()
        norms.append(float(torch.sqrt(sum((p.grad.double() ** 2).sum() for p in trainable))))
        optimizer.step()
        optimizer.zero_grad()
        losses.append(float(loss))
    expected[job] = {"losses": losses, "grad_norms": norms}
    if job == "lora":
        end = {k: v.detach().clone() for k, v in model.state_dict().items() if "lora_" in k}
        save_file({k.replace(".default", ""): v for k, v in end.items()}, OUT / "end.safetensors",
                  metadata={"format": "pt"})
(OUT / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")

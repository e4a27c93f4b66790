"""Writes adamw.h: ten steps of torch.optim.AdamW (foreach=False) in float32 on 37 values, as hexadecimal floats.

Run: python make_adamw.py > adamw.h, with torch 2.11.
"""
import torch

N, STEPS, LR, BETAS, EPS, DECAY = 37, 10, 3e-3, (0.9, 0.95), 1e-8, 0.1


def array(name, values):
    rows = [", ".join(float(v).hex() + "f" for v in values[i : i + 6]) for i in range(0, len(values), 6)]
    print(f"inline constexpr float {name}[] = {{\n    " + ",\n    ".join(rows) + "};")


torch.manual_seed(7)
parameter = torch.nn.Parameter(torch.randn(N))
gradients = torch.randn(STEPS, N) * torch.logspace(-6, 1, N)
print("// Written by make_adamw.py: inputs and results of torch.optim.AdamW.\n#pragma once\n\nnamespace lathe::golden {\n")
print(f"inline constexpr int kCount = {N}, kSteps = {STEPS};")
print(f"inline constexpr double kLearningRate = {LR}, kBeta1 = {BETAS[0]}, kBeta2 = {BETAS[1]}, kEps = {EPS}, kWeightDecay = {DECAY};")
array("kStart", parameter.tolist())
array("kGradients", gradients.flatten().tolist())
optimizer = torch.optim.AdamW([parameter], lr=LR, betas=BETAS, eps=EPS, weight_decay=DECAY, foreach=False)
for gradient in gradients:
    parameter.grad = gradient.clone()
    optimizer.step()
state = optimizer.state[parameter]
array("kParameter", parameter.tolist())
array("kMean", state["exp_avg"].tolist())
array("kSquare", state["exp_avg_sq"].tolist())
print("\n}  // namespace lathe::golden")

"""Writes adamw_8bit.safetensors: five steps of AdamW with 8-bit moments on 1000 values, by bitsandbytes' maps.

The steps follow bitsandbytes' CUDA kernel (exact nearest level) without its rule for the sign of tiny means; "bnb_p" is
what bitsandbytes.optim.AdamW8bit makes of the same on a CPU, where it rounds to one of 65536 places before it looks for
the nearest level.

Run: python make_adamw_8bit.py, with torch 2.11, bitsandbytes 0.50 and safetensors.
"""
import bitsandbytes as bnb
import torch
from bitsandbytes.functional import create_dynamic_map
from safetensors.torch import save_file

N, STEPS, BLOCK, LR, BETAS, EPS, DECAY = 1000, 5, 256, 3e-3, (0.9, 0.95), 1e-8, 0.1
signed, unsigned = create_dynamic_map(signed=True), create_dynamic_map(signed=False)


def blocks(x):
    return torch.nn.functional.pad(x, (0, -N % BLOCK)).view(-1, BLOCK)


def encode(x, levels):
    scale = blocks(x).abs().amax(1)
    scaled = (blocks(x) / scale[:, None]).flatten()[:N]
    codes = torch.searchsorted((levels[:-1] + levels[1:]) / 2, scaled)
    return codes.to(torch.uint8), scale


def decode(codes, scale, levels):
    return (blocks(levels[codes.long()]) * scale[:, None]).flatten()[:N]


torch.manual_seed(7)
start = torch.randn(N)
gradients = torch.randn(STEPS, N) * torch.logspace(-6, 1, N)
p = start.clone()
m_codes, v_codes = torch.full((N,), 127, dtype=torch.uint8), torch.zeros(N, dtype=torch.uint8)
m_scale = v_scale = torch.zeros((N + BLOCK - 1) // BLOCK)
for t, g in enumerate(gradients, 1):
    m = decode(m_codes, m_scale, signed).lerp(g, 1 - BETAS[0])
    v = decode(v_codes, v_scale, unsigned).mul(BETAS[1]).addcmul(g, g, value=1 - BETAS[1])
    p.mul_(1 - LR * DECAY)
    p.addcdiv_(m, v.sqrt() / (1 - BETAS[1] ** t) ** 0.5 + EPS, value=-LR / (1 - BETAS[0] ** t))
    m_codes, m_scale = encode(m, signed)
    v_codes, v_scale = encode(v, unsigned)

parameter = torch.nn.Parameter(start.clone())
optimizer = bnb.optim.AdamW8bit([parameter], lr=LR, betas=BETAS, eps=EPS, weight_decay=DECAY, min_8bit_size=1)
for g in gradients:
    parameter.grad = g.clone()
    optimizer.step()
save_file(
    {
        "signed": signed, "unsigned": unsigned, "start": start, "gradients": gradients, "p": p, "m_codes": m_codes,
        "m_scale": m_scale, "v_codes": v_codes, "v_scale": v_scale, "bnb_p": parameter.detach(),
    },
    "adamw_8bit.safetensors",
)
print("largest step apart from bitsandbytes' CPU:", (parameter.detach() - p).abs().max().item())
print("mean step apart:", (parameter.detach() - p).abs().mean().item(), "moved", (start - p).abs().mean().item())

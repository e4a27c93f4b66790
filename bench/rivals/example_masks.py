#!/usr/bin/env python3
"""Which tokens of conversations are learnt: lathe-cli beside transformers, row by row, over a file of messages.

  example_masks.py LATHE_CLI MODEL_FOLDER FILE.jsonl [ROWS]

MODEL_FOLDER is a Hugging Face folder with a chat template whose turns end with <|im_end|>. transformers has no word for
the assistant's tokens where the template has no {% generation %}; as in TRL, an answer is what apply_chat_template adds
to the prompt that asks for it (add_generation_prompt), here up to its end token. Needs transformers 5.
"""
import json
import subprocess
import sys

from transformers import AutoTokenizer


def expected(tokenizer, messages):
    ids = lambda part, **more: tokenizer.apply_chat_template(part, tokenize=True, return_dict=True, **more)["input_ids"]
    end = tokenizer.convert_tokens_to_ids("<|im_end|>")
    whole = ids(messages)
    learnt = [False] * len(whole)
    for i, message in enumerate(messages):
        if message["role"] != "assistant":
            continue
        prompt, through = ids(messages[:i], add_generation_prompt=True), ids(messages[: i + 1])
        assert whole[: len(prompt)] == prompt and whole[: len(through)] == through, "the template keeps no prefix"
        last = max(at for at in range(len(prompt), len(through)) if through[at] == end)
        learnt[len(prompt) : last + 1] = [True] * (last + 1 - len(prompt))
    return whole, learnt


def main():
    program, model, path = sys.argv[1:4]
    rows = [json.loads(line)["messages"] for line in open(path, encoding="utf-8")]
    rows = rows[: int(sys.argv[4]) if len(sys.argv) > 4 else 50]
    tokenizer = AutoTokenizer.from_pretrained(model)
    other_ids = other_masks = learnt = 0
    for i, messages in enumerate(rows):
        command = [program, "data", "inspect", path, "--model", model, "--example", str(i), "--json"]
        shown = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["example"]["tokens"]
        ids, mask = expected(tokenizer, messages)
        other_ids += [token["id"] for token in shown] != ids
        other_masks += [token["kind"] == "trained" for token in shown] != mask
        learnt += sum(mask)
    print(json.dumps({"rows": len(rows), "learnt_tokens": learnt, "rows_with_other_ids": other_ids, "rows_with_other_masks": other_masks}))


if __name__ == "__main__":
    main()

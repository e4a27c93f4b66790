#!/usr/bin/env python3
"""Writes examples/: which tokens of a conversation transformers 5.23 calls the assistant's.

  tokenizer.json  tokenizers/qwen2.json with the special tokens of ChatML, and <think> and <tool_call> as plain added ones
  golden.json     {conversations: {name: {messages, tools}}, cases: [{template, conversation, variables, ids, runs}]}
                  runs: [first, past the last] token of each stretch of apply_chat_template's assistant_masks

transformers goes by {% generation %} in a template, which the models' own do not have. It is put in here: behind the
header of an assistant's turn, up to and with <|im_end|>. What the template then writes is compared with the original.
"""
import json
import pathlib

from transformers import PreTrainedTokenizerFast

HERE = pathlib.Path(__file__).parent
TEMPLATES = HERE / "chat_templates"
HEADER = "{{- '<|im_start|>' + message.role + '\\n' }}{%- generation %}"
END = "{{- '<|im_end|>\\n' }}", "{{- '<|im_end|>' }}{%- endgeneration %}{{- '\\n' }}"
MARKS = {
    "qwen2.5-coder.jinja": [
        (" or (message.role == \"assistant\" and not message.tool_calls)", ""),
        ("{{- '<|im_start|>' + message.role }}", HEADER),
        ("{{- '\\n' + message.content }}", "{{- message.content }}"),
        ("{{- '\\n<tool_call>\\n{\"name\": \"' }}", "{%- if message.content or not loop.first %}{{- '\\n' }}{%- endif %}{{- '<tool_call>\\n{\"name\": \"' }}"),
        END,
    ],
    "qwen3.jinja": [
        ("        {%- if loop.index0 > ns.last_query_index %}", HEADER + "{%- if loop.index0 > ns.last_query_index %}"),
        ("'<|im_start|>' + message.role + '\\n<think>\\n' + reasoning", "'<think>\\n' + reasoning"),
        ("                {{- '<|im_start|>' + message.role + '\\n' + content }}", "                {{- content }}"),
        ("            {{- '<|im_start|>' + message.role + '\\n' + content }}", "            {{- content }}"),
        END,
    ],
    "smollm2.jinja": [
        (
            "{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}",
            "{{'<|im_start|>' + message['role'] + '\n'}}{% if message['role'] == 'assistant' %}{% generation %}{{ message['content'] + '<|im_end|>' }}{% endgeneration %}{{ '\n' }}"
            "{% else %}{{ message['content'] + '<|im_end|>' + '\n' }}{% endif %}",
        ),
    ],
}

M = lambda role, content, **more: {"role": role, "content": content, **more}
CALL = {"type": "function", "function": {"name": "weather", "arguments": {"place": "서울", "days": 2}}}
WEATHER = {"type": "function", "function": {"name": "weather", "description": "", "parameters": {"type": "object", "properties": {"place": {"type": "string"}}}}}
CONVERSATIONS = {
    "one": {"messages": [M("user", "What is 2 + 2?"), M("assistant", "It is 4.")]},
    "system": {"messages": [M("system", "Be brief."), M("user", "What is 2 + 2?"), M("assistant", "4")]},
    "turns": {"messages": [M("user", "What is 2 + 2?"), M("assistant", "It is 4."), M("user", " And 3 + 3?\n"), M("assistant", "6\n\nLike so."), M("user", "Sure?"), M("assistant", "Yes, quite sure.")]},
    "unicode": {"messages": [M("user", "안녕 😀 e\u0301t\u00e9"), M("assistant", "네! cafe\u0301 und Gr\u00fc\u00dfe"), M("user", "끝"), M("assistant", "좋아요 👍🏽")]},
    "twice": {"messages": [M("user", "Say it"), M("assistant", "Once."), M("assistant", "And again."), M("user", "More"), M("assistant", "No.")]},
    "tools": {"messages": [M("user", "Weather in 서울?"), M("assistant", "Let me look.", tool_calls=[CALL]), M("tool", "21.5"), M("assistant", "21.5 degrees."), M("user", "Thanks"), M("assistant", "Gladly.")], "tools": [WEATHER]},
    "calls": {"messages": [M("user", "Both"), M("assistant", "", tool_calls=[CALL, CALL]), M("tool", "21"), M("tool", "22"), M("assistant", "21, then 22.")], "tools": [WEATHER]},
    "thinking": {"messages": [M("user", "2 + 2?"), M("assistant", "<think>\nTwo and two.\n</think>\n\n4"), M("user", "3 + 3?"), M("assistant", "<think>\nhm\n</think>\n\n6")]},
}
VARIABLES = {"qwen3.jinja": [{}, {"enable_thinking": False}]}


def tokenizer():
    document = json.loads((HERE / "tokenizers" / "qwen2.json").read_text())
    token, last = document["added_tokens"][-1], len(document["model"]["vocab"])
    for i, content in enumerate(["<|im_start|>", "<|im_end|>", "<tool_call>", "</tool_call>", "<think>", "</think>"]):
        document["added_tokens"].append({**token, "id": last + i, "content": content, "special": content.startswith("<|")})
    path = HERE / "examples" / "tokenizer.json"
    path.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n")
    return PreTrainedTokenizerFast(tokenizer_file=str(path), eos_token="<|im_end|>")


def runs_of(mask):
    runs = []
    for i, bit in enumerate(mask):
        if bit and (i == 0 or not mask[i - 1]):
            runs.append([i, i])
        if bit:
            runs[-1][1] = i + 1
    return runs


def main():
    fast, cases = tokenizer(), []
    for name, marks in MARKS.items():
        original = (TEMPLATES / name).read_text()
        marked = original
        for old, new in marks:
            assert old in marked, (name, old)
            marked = marked.replace(old, new, 1)
        for conversation, parts in CONVERSATIONS.items():
            # SmolLM2's template knows no tools; Qwen3's writes an answer behind an answer anew, which Lathe refuses.
            if (name == "smollm2.jinja" and "tools" in parts) or (name == "qwen3.jinja" and conversation == "twice"):
                continue
            for variables in VARIABLES.get(name, [{}]):
                wish = {"tools": parts.get("tools"), **variables}
                text = fast.apply_chat_template(parts["messages"], chat_template=original, tokenize=False, **wish)
                assert text == fast.apply_chat_template(parts["messages"], chat_template=marked, tokenize=False, **wish), (name, conversation)
                made = fast.apply_chat_template(parts["messages"], chat_template=marked, return_dict=True, return_assistant_tokens_mask=True, **wish)
                runs = runs_of(made["assistant_masks"])
                if variables.get("enable_thinking") is False:  # then the prompt has the last answer's empty thoughts
                    prompt = fast.apply_chat_template(parts["messages"][:-1], chat_template=original, add_generation_prompt=True, return_dict=True, **wish)["input_ids"]
                    if made["input_ids"][: len(prompt)] != prompt:
                        continue
                    runs[-1][0] = len(prompt)
                cases.append({"template": name, "conversation": conversation, "variables": variables, "ids": made["input_ids"], "runs": runs})
    document = {"conversations": CONVERSATIONS, "cases": cases}
    (HERE / "examples" / "golden.json").write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(len(cases), "cases,", sum(len(case["runs"]) for case in cases), "answers")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Writes tokenizers/: a corpus, tokenizers that Hugging Face tokenizers 0.23.3 trained on it or that vary those, and the ids it gives to texts.

  corpus.txt     cut into documents of 4,000 characters
  NAME.json      tokenizer.json files
  ids.json       {NAME: [[text, ids with added tokens], …]}
"""
import json
import os
import random

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

QWEN = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
OTHER = (r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
         r"\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")
folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "tokenizers")
os.makedirs(folder, exist_ok=True)

random_ = random.Random(7)
words = ("the of and to in model learns weights gradient token attention a it's we'll they're don't I'd 안녕하세요 모델이 토큰을 배운다 학습 "
         "def return self.value for i in range(10): print(x) if not None else True 2024 3.14159 0xFF 1234567 café naïve Zürich ſie ſieie-ſie xſie "
         "e\u0301te\u0301 \u1112\u1161\u11ab\u1100\u1173\u11af 👩‍👩‍👧 🤖 🇰🇷 日本語 русский العربية aaaa aaaaaaa abababab ---- ==== ...").split()
text = "".join(random_.choice(words) + random_.choice([" "] * 12 + ["\n", "\n    ", "  ", ", ", ". ", "\t", "\n\n"]) for _ in range(5000))
with open(os.path.join(folder, "corpus.txt"), "w", encoding="utf-8", newline="") as file:
    file.write(text)
documents = [text[i:i + 4000] for i in range(0, len(text), 4000)]


def train(name, normalizer, pre_tokenizer, vocab_size, special):
    tokenizer = Tokenizer(models.BPE())
    if normalizer:
        tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer, tokenizer.decoder = pre_tokenizer, decoders.ByteLevel()
    tokenizer.train_from_iterator(documents, trainers.BpeTrainer(
        vocab_size=vocab_size, special_tokens=special, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    return tokenizer


byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
gpt2 = train("gpt2", None, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True), 520, [])
qwen2 = train("qwen2", normalizers.NFC(), pre_tokenizers.Sequence(
    [pre_tokenizers.Split(Regex(QWEN), "isolated", False), byte_level]), 520, ["<|endoftext|>"])
files = {"gpt2": json.loads(gpt2.to_str()), "qwen2": json.loads(qwen2.to_str())}


def variant(base, **changes):
    copy = json.loads(json.dumps(files[base]))
    model = changes.pop("model", {})
    copy.update(changes)
    copy["model"].update(model)
    return copy


def split(pattern):
    return {"type": "Split", "pattern": {"Regex": pattern}, "behavior": "Isolated", "invert": False}


level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}
merges = files["gpt2"]["model"]["merges"]
files["llama3"] = variant("gpt2", pre_tokenizer={"type": "Sequence", "pretokenizers": [split(QWEN.replace(r"\p{N}|", r"\p{N}{1,3}|")), level]},
                          model={"ignore_merges": True, "merges": [" ".join(pair) for pair in merges]})
files["digits"] = variant("gpt2", pre_tokenizer={"type": "Sequence", "pretokenizers": [
    {"type": "Digits", "individual_digits": True}, {**level, "use_regex": True, "add_prefix_space": True}]})
files["regex"] = variant("gpt2", pre_tokenizer={"type": "Sequence", "pretokenizers": [split(OTHER), level]})
added = Tokenizer.from_str(json.dumps(files["qwen2"]))
added.add_special_tokens(["<|im_start|>", AddedToken("<mask>", lstrip=True, rstrip=True, special=True), "<|im_start|>user"])
added.add_tokens([AddedToken("cafe\u0301", normalized=True), AddedToken("word", single_word=True, normalized=False), AddedToken("토큰", normalized=False)])
files["added"] = json.loads(added.to_str())

texts = ["", " ", "  ", "\n", "Hello, world", "it's IT'S we'Ll they'RE I'd o'ſie a'ſ 'x ''s '", "안녕하세요 모델이 토큰을 배운다", "e\u0301te\u0301 cafe\u0301 café",
         "q\u0307\u0323 q\u0323\u0307 \u0301a \u1112\u1161\u11ab \uac00\u11a8 \u212b \u2126 \u0958 \u0344", "👩‍👩‍👧‍👦 🇰🇷 👍🏽 ❤️", "1 12 123 1234 12345678 3.14 ²³ Ⅷ ٣٤ 1a2b",
         "a\n\n\n  b\r\n\r\n c \t\td\n   \n", "def f(x):\n    return x  # 한글\n\n\n", "   leading and trailing   ", "\u00a0nbsp\u3000wide\u2028line\u0085", "aaaaaaaaaaaaaaaaaaaaaaaaaaaa",
         "a" * 1000, "ab" * 700 + " " + "가" * 300, "!!!???... -- $%^ \n\n!!\n", "<|endoftext|>x<|im_start|>user <|im_start|> <mask>  word sword word. 단어word 토큰은",
         "\x00\x01\x7f \u200b\u200d\ufeff", "\U0010ffff \U0001e2ae\u0318\u0301 \u1e00", "日本語のテキスト русский текст العربية ไทย हिन्दी", "x" + "\u0316\u0301" * 40,
         "\U00011de1's \U00016ff4x 1\U00011de0\U00011de9 \U00016ff6"]   # numbers since Unicode 17
ids = {}
for name, content in files.items():
    dumped = json.dumps(content, ensure_ascii=False, indent=None if name != "qwen2" else 1)
    with open(os.path.join(folder, name + ".json"), "w", encoding="utf-8", newline="") as file:
        file.write(dumped + "\n")
    tokenizer = Tokenizer.from_str(dumped)
    ids[name] = [[text, tokenizer.encode(text, add_special_tokens=False).ids] for text in [*texts, documents[0][:1500]]]
with open(os.path.join(folder, "ids.json"), "w", encoding="utf-8", newline="") as file:
    json.dump(ids, file, ensure_ascii=False, separators=(",", ":"))

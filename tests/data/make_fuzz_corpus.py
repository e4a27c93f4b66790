"""The first inputs of the fuzz targets: small files of each kind, from the golden ones beside this script. Those that
fuzzing added since then stay.

    python tests/data/make_fuzz_corpus.py          (numpy, safetensors, gguf)
"""
import json
import pathlib
import shutil

import gguf
import numpy as np
from safetensors.numpy import save_file

here = pathlib.Path(__file__).parent
out = here / "fuzz"


def folder(name):
    path = out / name
    path.mkdir(parents=True, exist_ok=True)
    return path


def safetensors():
    to = folder("safetensors")
    save_file({"a": np.arange(6, dtype=np.float32).reshape(2, 3), "b": np.zeros(4, np.float16)}, to / "two.safetensors",
              {"format": "pt"})
    save_file({n: np.zeros(2, d) for n, d in [("i8", np.int8), ("u8", np.uint8), ("i64", np.int64), ("b", np.bool_)]},
              to / "integers.safetensors")
    save_file({"empty": np.zeros((0, 3), np.float32)}, to / "empty.safetensors")


def tiny_gguf(path, architecture):
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_block_count(1)
    writer.add_context_length(16)
    writer.add_embedding_length(32)
    writer.add_feed_forward_length(32)
    writer.add_head_count(2)
    writer.add_head_count_kv(1)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_rope_freq_base(10000.0)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(["a", "b", "ab", "<|end|>"])
    writer.add_token_types([1, 1, 1, 3])
    writer.add_token_merges(["a b"])
    writer.add_eos_token_id(3)
    rng = np.random.default_rng(1)
    for name, rows in [("token_embd", 4), ("blk.0.attn_q", 32), ("blk.0.attn_k", 16)]:
        values = rng.standard_normal((rows, 32), dtype=np.float32)
        kind = gguf.GGMLQuantizationType.Q8_0 if name != "blk.0.attn_k" else gguf.GGMLQuantizationType.Q4_0
        writer.add_tensor(name + ".weight", gguf.quantize(values, kind), raw_dtype=kind)
    writer.add_tensor("output_norm.weight", np.ones(32, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def tokenizers():
    to = folder("tokenizer")
    for source in sorted((here / "tokenizers").glob("*.json")):
        spec = json.loads(source.read_text(encoding="utf-8"))
        if not isinstance(spec, dict) or "model" not in spec:
            continue
        vocab = dict(sorted(spec["model"]["vocab"].items(), key=lambda item: item[1])[:300])
        spec["model"]["vocab"] = vocab
        pairs = [m.split(" ") if isinstance(m, str) else m for m in spec["model"]["merges"]]
        spec["model"]["merges"] = [p for p in pairs if p[0] in vocab and p[1] in vocab and "".join(p) in vocab]
        (to / source.name).write_text(json.dumps(spec, ensure_ascii=False), encoding="utf-8")


def templates():
    to = folder("chat_template")
    for source in (here / "chat_templates").glob("*.jinja"):
        shutil.copy(source, to / source.name)
    golden = json.loads((here / "chat_templates" / "golden.json").read_text(encoding="utf-8"))
    good = [source for source, _, expected in golden["cases"] if expected is not None]
    for first in range(0, len(good), 80):
        (to / f"cases{first // 80:02}.jinja").write_text("\n".join(good[first:first + 80]), encoding="utf-8")


safetensors()
for architecture in ("qwen2", "llama"):
    tiny_gguf(str(folder("gguf") / f"{architecture}.gguf"), architecture)
tokenizers()
templates()

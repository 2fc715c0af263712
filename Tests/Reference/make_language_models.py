"""Small language models with random weights in Hugging Face's layouts: their files, what they score and what they write; and the
probabilities that its samplers leave."""
import base64
import json
import tempfile
from pathlib import Path

import torch
import transformers
from reference import save
from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM, MistralConfig, MistralForCausalLM
from transformers.generation import logits_process as processes

torch.manual_seed(11)
torch.set_grad_enabled(False)
IDS = [[3, 1, 16, 7, 7, 2], [0, 5, 9, 12, 4, 4]]


def model(name, net, ids=IDS):
    """Random weights of a size that makes the layers matter."""
    net = net.eval()
    for path, weights in net.named_parameters():
        weights.copy_(torch.randn_like(weights) * (0.3 if weights.dim() > 1 else 0.1) + (1 if "norm" in path and "weight" in path or ".ln_" in path and "weight" in path else 0))
    with tempfile.TemporaryDirectory() as folder:
        net.save_pretrained(folder)
        config = json.loads(Path(folder, "config.json").read_text())
        weights = Path(folder, "model.safetensors").read_bytes()
    tokens = torch.tensor(ids)
    written = net.generate(tokens[:1, :3], attention_mask=torch.ones(1, 3), max_new_tokens=6, do_sample=False, pad_token_id=0, eos_token_id=None)
    return {"name": name, "config": json.dumps(config), "weights": base64.b64encode(weights).decode(), "ids": ids,
            "scores": net(tokens).logits.double().tolist(), "written": written[0].tolist()}


def probabilities(temperature=1.0, top_k=None, top_p=None, min_p=None, penalty=1.0, text=(3, 5)):
    scores = (torch.randn(12, dtype=torch.float64) * 2)[None]
    ids, found = torch.tensor([list(text)]), scores.clone()
    # In the order in which `generate` applies them.
    steps = ([processes.RepetitionPenaltyLogitsProcessor(penalty)] if penalty != 1 else []) \
        + ([processes.TemperatureLogitsWarper(temperature)] if temperature != 1 else []) \
        + ([processes.TopKLogitsWarper(top_k)] if top_k else []) + ([processes.TopPLogitsWarper(top_p)] if top_p else []) \
        + ([processes.MinPLogitsWarper(min_p)] if min_p else [])
    for step in steps:
        found = step(ids, found)
    return {"scores": scores[0].tolist(), "text": list(text), "temperature": temperature, "topK": top_k, "topP": top_p, "minP": min_p,
            "penalty": penalty, "probabilities": torch.softmax(found, -1)[0].tolist()}


sizes = dict(vocab_size=17, hidden_size=16, num_hidden_layers=2, intermediate_size=24)
models = [
    model("GPT-2", GPT2LMHeadModel(GPT2Config(vocab_size=17, n_positions=12, n_embd=8, n_head=2, n_layer=2))),
    model("GPT-2 with a head and ReLU", GPT2LMHeadModel(GPT2Config(
        vocab_size=17, n_positions=12, n_embd=8, n_head=4, n_layer=1, activation_function="relu", tie_word_embeddings=False))),
    model("Llama", LlamaForCausalLM(LlamaConfig(**sizes, num_attention_heads=4, num_key_value_heads=4, max_position_embeddings=12))),
    model("Llama, groups of queries", LlamaForCausalLM(LlamaConfig(
        **sizes, num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=12, tie_word_embeddings=True,
        rope_parameters={"rope_type": "default", "rope_theta": 500.0}))),
    model("Llama with biases", LlamaForCausalLM(LlamaConfig(
        **sizes, num_attention_heads=2, num_key_value_heads=1, head_dim=6, attention_bias=True, max_position_embeddings=12))),
    model("Mistral", MistralForCausalLM(MistralConfig(
        **sizes, num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=64, sliding_window=12))),
]
samplers = [
    probabilities(), probabilities(temperature=0.4), probabilities(top_k=3), probabilities(top_p=0.8), probabilities(top_p=0.15),
    probabilities(min_p=0.2), probabilities(penalty=1.7), probabilities(penalty=0.5, text=(1, 1, 11)),
    probabilities(temperature=1.6, top_k=7, top_p=0.9, min_p=0.05, penalty=1.3, text=(0, 2, 4, 4)),
]
save("MartletNets", "language-models", {
    "torch": torch.__version__, "transformers": transformers.__version__, "models": models, "samplers": samplers})

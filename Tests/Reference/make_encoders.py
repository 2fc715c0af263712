"""Small encoders with random weights in the layouts of BERT, RoBERTa and DistilBERT: their files, and their last layers' states."""
import base64
import json
import tempfile
from pathlib import Path

import torch
import transformers
from reference import save
from transformers import BertConfig, BertForSequenceClassification, BertModel, DistilBertConfig, DistilBertModel, RobertaConfig, RobertaModel

torch.manual_seed(12)
torch.set_grad_enabled(False)
IDS = [5, 3, 16, 7, 7, 2]


def encoder(name, net, types=None):
    net = net.eval()
    for path, weights in net.named_parameters():
        weights.copy_(torch.randn_like(weights) * (0.3 if weights.dim() > 1 else 0.1) + (1 if "orm" in path and "weight" in path else 0))
    with tempfile.TemporaryDirectory() as folder:
        net.save_pretrained(folder)
        config = json.loads(Path(folder, "config.json").read_text())
        weights = Path(folder, "model.safetensors").read_bytes()
    body = getattr(net, "bert", net)
    extra = {} if types is None else {"token_type_ids": torch.tensor([types])}
    states = body(input_ids=torch.tensor([IDS]), attention_mask=torch.ones(1, len(IDS)), **extra).last_hidden_state[0]
    return {"name": name, "config": json.dumps(config), "weights": base64.b64encode(weights).decode(), "ids": IDS, "types": types,
            "states": states.double().tolist()}


sizes = dict(vocab_size=17, hidden_size=8, num_hidden_layers=2, num_attention_heads=2, intermediate_size=12)
encoders = [
    encoder("BERT", BertModel(BertConfig(**sizes, max_position_embeddings=10), add_pooling_layer=False), [0, 0, 0, 1, 1, 1]),
    encoder("BERT with a classifier", BertForSequenceClassification(BertConfig(**sizes, max_position_embeddings=10))),
    encoder("RoBERTa", RobertaModel(RobertaConfig(
        **sizes, max_position_embeddings=10, pad_token_id=1, type_vocab_size=1, layer_norm_eps=1e-5), add_pooling_layer=False)),
    encoder("DistilBERT", DistilBertModel(DistilBertConfig(
        vocab_size=17, dim=8, n_layers=2, n_heads=2, hidden_dim=12, max_position_embeddings=10))),
]
save("MartletText", "encoders", {"torch": torch.__version__, "transformers": transformers.__version__, "encoders": encoders})

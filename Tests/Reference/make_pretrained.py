"""The files of tutorial 53: a network that PyTorch trained on digits and a pipeline of scikit-learn, as their exporters write them, and some of the ONNX project's
cases in single precision. Prints the numbers that the tutorial expects."""
import hashlib
import warnings

import numpy as np
import onnx
import torch
from onnx.backend.test.case.node import collect_testcases
from reference import TESTS
from safetensors.torch import save_file
from skl2onnx import to_onnx
from sklearn.datasets import load_digits, load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")
FOLDER = TESTS.parent / "tutorials" / "pretrained"
FOLDER.mkdir(exist_ok=True)

digits = load_digits()
x = torch.tensor(digits.images[:, None].astype(np.float32) / 16)
y = torch.tensor(digits.target)
torch.manual_seed(0)
torch.set_num_threads(1)
net = torch.nn.Sequential(
    torch.nn.Conv2d(1, 12, 3, padding=1), torch.nn.BatchNorm2d(12), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
    torch.nn.Conv2d(12, 24, 3, padding=1), torch.nn.ReLU(), torch.nn.MaxPool2d(2), torch.nn.Flatten(), torch.nn.Linear(96, 10))
optimizer = torch.optim.Adam(net.parameters(), 3e-3)
train = 1500  # the rest is what the tutorial tests on
for epoch in range(8):
    for rows in torch.randperm(train).split(50):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(net(x[rows]), y[rows]).backward()
        optimizer.step()
net.eval()
torch.onnx.export(
    net, (x[:1],), str(FOLDER / "digits-cnn.onnx"), opset_version=17, dynamo=False, input_names=["pixels"], output_names=["scores"],
    dynamic_axes={"pixels": {0: "samples"}, "scores": {0: "samples"}})
save_file({k: v for k, v in net.state_dict().items() if v.dtype == torch.float32}, FOLDER / "digits-cnn.safetensors", {"framework": "PyTorch", "licence": "MIT"})
with torch.no_grad():
    scores = net(x[train:])
print("digits: right", int((scores.argmax(1) == y[train:]).sum()), "of", len(y) - train, "first scores", scores[0].tolist())
print("parameters", sum(p.numel() for p in net.parameters()))

iris = load_iris()
model = make_pipeline(StandardScaler(), LogisticRegression()).fit(iris.data.astype(np.float32), iris.target_names[iris.target])
exported = to_onnx(model, iris.data[:1].astype(np.float32), target_opset={"": 17, "ai.onnx.ml": 3}, options={"zipmap": False})
(FOLDER / "iris-logistic.onnx").write_bytes(exported.SerializeToString())
flower = np.array([[6.0, 2.9, 4.8, 1.6]], np.float32)
print("iris: score", model.score(iris.data.astype(np.float32), iris.target_names[iris.target]), model.predict(flower), model.predict_proba(flower).tolist())

arrays, names = {}, []
for c in collect_testcases(None):
    (inputs, outputs), *_ = c.data_sets
    values = [*inputs, *outputs]
    plain = all(isinstance(v, np.ndarray) and v.dtype == np.float32 and v.size <= 200 for v in values)
    node = c.model.graph.node
    if not plain or len(node) != 1 or len(outputs) != 1 or node[0].domain:
        continue
    if sum(n.startswith(node[0].op_type + "/") for n in names) >= 2 or len(inputs) > 3:
        continue
    name = f"{node[0].op_type}/{c.name}"
    names.append(name)
    arrays[f"{name}/model"] = np.frombuffer(c.model.SerializeToString(), np.uint8)
    for i, v in enumerate(inputs):
        arrays[f"{name}/input{i}"] = v
    arrays[f"{name}/output"] = outputs[0]
np.savez_compressed(FOLDER / "onnx-cases.npz", **arrays)
print(len(names), "cases of", len({n.split('/')[0] for n in names}), "operators")
for path in sorted(FOLDER.iterdir()):
    print(path.name, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())

"""The ONNX project's test cases of operators, as whole models, and small models that scikit-learn and PyTorch have exported.

`cases.npz` holds the cases as one block of bytes, a message in protobuf's format: field 1 is a case; in it 1 is the name, 2 the model, 3 the inputs, 4
the outputs, 5 and 6 the relative and absolute tolerance. In a value 1 is a tensor, 2 an element of a sequence, and nothing stands for nothing. Cases of more
than 100 kB are left out unless `--all FILE` asks for all of them; `make onnx-report` runs those."""
import struct
import sys
import warnings

import numpy as np
import onnx
from onnx.backend.test.case.node import collect_testcases
from reference import TESTS

warnings.filterwarnings("ignore")


def varint(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def part(number, data):
    return varint(number << 3 | 2) + varint(len(data)) + data


def value(v):
    if v is None:
        return b""
    if isinstance(v, (list, tuple)):
        return b"".join(part(2, value(x)) for x in v) or part(3, b"")
    tensor = v if isinstance(v, onnx.TensorProto) else onnx.numpy_helper.from_array(np.asarray(v))
    return part(1, tensor.SerializeToString())


def case(name, model, inputs, outputs, rtol=1e-3, atol=1e-7):
    parts = [part(1, name.encode()), part(2, model)]
    parts += [part(3, value(v)) for v in inputs] + [part(4, value(v)) for v in outputs]
    return b"".join(parts) + varint(5 << 3 | 5) + struct.pack("<f", rtol) + varint(6 << 3 | 5) + struct.pack("<f", atol)


def cases(limit):
    found = []
    for c in collect_testcases(None):
        for inputs, outputs in c.data_sets:
            data = case(c.name, c.model.SerializeToString(), inputs, outputs, c.rtol, c.atol)
            if len(data) <= limit:
                found.append(part(1, data))
    print(len(found), "cases")
    return np.frombuffer(b"".join(found), np.uint8)


if len(sys.argv) == 3 and sys.argv[1] == "--all":
    np.savez_compressed(sys.argv[2], cases=cases(1 << 40))
    sys.exit()
np.savez_compressed(TESTS / "MartletONNXTests" / "Reference" / "cases.npz", cases=cases(100_000))


def classical():
    """Pipelines of scikit-learn as skl2onnx exports them, with scikit-learn's own answers."""
    from skl2onnx import to_onnx
    from sklearn.compose import ColumnTransformer
    from sklearn.datasets import load_diabetes, load_iris
    from sklearn.ensemble import GradientBoostingClassifier, GradientBoostingRegressor, RandomForestClassifier
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LinearRegression, LogisticRegression
    from sklearn.naive_bayes import GaussianNB
    from sklearn.neighbors import KNeighborsClassifier
    from sklearn.neural_network import MLPClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import MinMaxScaler, Normalizer, OneHotEncoder, PolynomialFeatures, StandardScaler
    from sklearn.svm import SVC, SVR, LinearSVC
    from sklearn.tree import DecisionTreeClassifier

    iris, diabetes = load_iris(), load_diabetes()
    names = iris.target_names[iris.target]
    x, y = iris.data.astype(np.float32), iris.target
    dx, dy = diabetes.data.astype(np.float32), diabetes.target
    holes = x.copy()
    holes[::7, 1] = np.nan
    classifiers = {
        "logistic_strings": (make_pipeline(StandardScaler(), LogisticRegression()), x, names),
        "logistic_binary": (make_pipeline(MinMaxScaler(), LogisticRegression()), x, (y == 2).astype(int)),
        "imputed_tree": (make_pipeline(SimpleImputer(), DecisionTreeClassifier(max_depth=4, random_state=0)), holes, y),
        "forest": (RandomForestClassifier(8, max_depth=5, random_state=0), x, names),
        "boosting": (GradientBoostingClassifier(n_estimators=8, max_depth=2, random_state=0), x, y),
        "boosting_binary": (GradientBoostingClassifier(n_estimators=8, max_depth=2, random_state=0), x, (y == 1).astype(int)),
        "bayes": (GaussianNB(), x, y),
        "neighbours": (KNeighborsClassifier(5), x, y),
        "mlp": (make_pipeline(StandardScaler(), MLPClassifier((8,), max_iter=300, random_state=0)), x, y),
        "polynomial": (make_pipeline(Normalizer(), PolynomialFeatures(2), StandardScaler(), LogisticRegression()), x, y),
    }
    for name, (model, features, target) in classifiers.items():
        model.fit(features, target)
        exported = to_onnx(model, features[:1], target_opset={"": 18, "ai.onnx.ml": 3}, options={"zipmap": False})
        rows = features[::5]
        labels = model.predict(rows)
        labels = labels.astype(object) if labels.dtype.kind == "U" else labels.astype(np.int64)
        yield name, exported, [rows], [labels, model.predict_proba(rows).astype(np.float32)]
    for name, model in {"svc_linear": LinearSVC(random_state=0), "svc": SVC(), "svc_polynomial": SVC(kernel="poly", degree=2)}.items():
        model.fit(x, y)
        options = {"raw_scores": True} if name == "svc_linear" else {"raw_scores": True, "zipmap": False}
        exported = to_onnx(model, x[:1], target_opset={"": 18, "ai.onnx.ml": 3}, options=options)
        yield name, exported, [x[::5]], [model.predict(x[::5]).astype(np.int64), model.decision_function(x[::5]).astype(np.float32)]
    for name, model in {
        "linear": make_pipeline(StandardScaler(), LinearRegression()),
        "svr": make_pipeline(StandardScaler(), SVR(C=10)),
        "boosting_regression": GradientBoostingRegressor(n_estimators=8, max_depth=2, random_state=0),
    }.items():
        model.fit(dx, dy)
        exported = to_onnx(model, dx[:1], target_opset={"": 18, "ai.onnx.ml": 3})
        yield name, exported, [dx[::9]], [model.predict(dx[::9]).astype(np.float32).reshape(-1, 1)]
    colours = np.array([["red", "small"], ["blue", "large"], ["green", "small"], ["blue", "small"]], dtype=object)
    encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(colours)
    from skl2onnx.common.data_types import StringTensorType
    exported = to_onnx(encoder, initial_types=[("X", StringTensorType([None, 2]))], target_opset={"": 18, "ai.onnx.ml": 3})
    unknown = np.array([["blue", "small"], ["black", "large"]], dtype=object)
    yield "one_hot", exported, [unknown], [encoder.transform(unknown).astype(np.float32)]


def networks():
    """Networks of PyTorch as its own exporter writes them."""
    import torch

    torch.manual_seed(0)
    mlp = torch.nn.Sequential(torch.nn.Linear(6, 16), torch.nn.GELU(), torch.nn.LayerNorm(16), torch.nn.Linear(16, 3), torch.nn.Softmax(-1))
    cnn = torch.nn.Sequential(
        torch.nn.Conv2d(1, 8, 3, padding=1), torch.nn.BatchNorm2d(8), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
        torch.nn.Conv2d(8, 8, 3, groups=8, stride=2), torch.nn.SiLU(), torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(8, 10))
    layer = torch.nn.TransformerEncoderLayer(16, 4, 32, dropout=0, batch_first=True, activation="gelu")
    encoder = torch.nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
    lstm = torch.nn.LSTM(5, 7, 2, batch_first=True, bidirectional=True)
    for name, net, shape in [("torch_mlp", mlp, (4, 6)), ("torch_cnn", cnn, (2, 1, 12, 12)), ("torch_encoder", encoder, (2, 9, 16)), ("torch_lstm", lstm, (3, 6, 5))]:
        net.eval()
        x = torch.randn(*shape)
        for kind in ("new", "old"):
            path = f"/tmp/{name}_{kind}.onnx"
            if kind == "old":
                torch.onnx.export(net, (x,), path, opset_version=17, dynamo=False)
            else:
                torch.onnx.export(net, (x,), path, opset_version=20, dynamo=True, external_data=False, verbose=False)
            with torch.no_grad():
                y = net(x)
            outputs = [y] if isinstance(y, torch.Tensor) else [y[0], *y[1]]
            yield f"{name}_{kind}", onnx.load(path), [x.numpy()], [o.numpy() for o in outputs]


def exported():
    found = []
    for source in (classical(), networks()):
        while True:
            try:
                name, model, inputs, outputs = next(source)
            except StopIteration:
                break
            outputs = outputs[:len(model.graph.output)]
            found.append(part(1, case(name, model.SerializeToString(), inputs, outputs, 1e-3, 1e-4)))
            print(name, len(found[-1]))
    return np.frombuffer(b"".join(found), np.uint8)


np.savez_compressed(TESTS / "MartletONNXTests" / "Reference" / "exported.npz", cases=exported())

"""The ONNX project's test cases of layers, activations and losses, with inputs and expected outputs as doubles.

Cases are left out that hold more than 6,000 numbers or types other than numbers; the file says how many of each operator there are."""
import base64
import collections
import warnings

import numpy as np
import onnx
from onnx.backend.test.case.node import collect_testcases
from reference import save

warnings.filterwarnings("ignore")
OPERATORS = """AveragePool BatchNormalization Conv ConvTranspose Dropout Elu Gelu Gemm GlobalAveragePool GlobalMaxPool GroupNormalization
InstanceNormalization LayerNormalization LeakyRelu LogSoftmax MaxPool Mish NegativeLogLikelihoodLoss RMSNormalization Relu Selu Sigmoid
Softmax SoftmaxCrossEntropyLoss Softplus Swish Tanh""".split()


def array(value):
    value = np.asarray(onnx.numpy_helper.to_array(value) if isinstance(value, onnx.TensorProto) else value)
    if value.dtype.kind not in "fiub" or value.dtype.itemsize < 4 and value.dtype.kind == "f":
        raise TypeError
    if value.size > 6000:
        raise ValueError
    data = base64.b64encode(value.astype(np.float64).tobytes()).decode()
    return {"shape": list(value.shape), "data": data}


def attribute(a):
    value = onnx.helper.get_attribute_value(a)
    if isinstance(value, bytes):
        return {"text": value.decode()}
    return {"numbers": [float(v) for v in (value if hasattr(value, "__len__") else [value])]}


cases, total = [], collections.Counter()
for case in collect_testcases(None):
    nodes = case.model.graph.node
    if len(nodes) != 1 or nodes[0].op_type not in OPERATORS:
        continue
    node = nodes[0]
    total[node.op_type] += 1
    try:
        inputs, outputs = case.data_sets[0]
        given = dict(zip((i.name for i in case.model.graph.input), inputs))
        values = [given.get(name) for name in node.input]
        cases.append({
            "name": case.name, "operator": node.op_type, "version": case.model.opset_import[0].version,
            "attributes": {a.name: attribute(a) for a in node.attribute},
            "inputs": [None if v is None else array(v) for v in values], "outputs": [array(v) for v in outputs]})
    except (ValueError, TypeError):
        continue
save("MartletNets", "layers", {"onnx": onnx.__version__, "total": dict(sorted(total.items())), "cases": cases})

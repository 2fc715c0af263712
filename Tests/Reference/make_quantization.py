"""The ONNX project's test cases of QuantizeLinear, DequantizeLinear and DynamicQuantizeLinear, as doubles.

The file names the cases of types that have no counterpart in Swift's whole numbers (four bits, two bits, floating point in eight
bits), which are left out."""
import base64
import collections
import warnings

import numpy as np
import onnx
from onnx.backend.test.case.node import collect_testcases
from reference import save

warnings.filterwarnings("ignore")
OPERATORS = ["QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear"]
TYPES = {"uint8", "int8", "uint16", "int16", "float32"}


def array(value):
    value = np.asarray(onnx.numpy_helper.to_array(value) if isinstance(value, onnx.TensorProto) else value)
    if str(value.dtype) not in TYPES:
        raise TypeError(str(value.dtype))
    return {"type": str(value.dtype), "shape": list(value.shape), "data": base64.b64encode(value.astype(np.float64).tobytes()).decode()}


cases, total, left = [], collections.Counter(), []
for case in collect_testcases(None):
    nodes = case.model.graph.node
    if len(nodes) != 1 or nodes[0].op_type not in OPERATORS:
        continue
    total[nodes[0].op_type] += 1
    try:
        inputs, outputs = case.data_sets[0]
        settings = {a.name: int(onnx.helper.get_attribute_value(a)) for a in nodes[0].attribute}
        cases.append({"name": case.name, "operator": nodes[0].op_type, "settings": settings,
                      "inputs": [array(v) for v in inputs], "outputs": [array(v) for v in outputs]})
    except TypeError as problem:
        left.append(f"{case.name} ({problem})")
save("MartletNets", "quantization", {"onnx": onnx.__version__, "total": dict(sorted(total.items())), "left": left, "cases": cases})

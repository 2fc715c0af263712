"""The ONNX project's test cases of attention and recurrent layers in single precision, with inputs and outputs as doubles.

Attention with earlier keys, scores as outputs, capped scores or windows is left out; the file counts it."""
import base64
import warnings

import numpy as np
import onnx
from onnx.backend.test.case.node import collect_testcases
from reference import save

warnings.filterwarnings("ignore")


def array(value):
    value = np.asarray(value)
    return {"shape": list(value.shape), "data": base64.b64encode(value.astype(np.float64).tobytes()).decode()}


def attribute(a):
    value = onnx.helper.get_attribute_value(a)
    return {"text": value.decode()} if isinstance(value, bytes) else {"numbers": [float(value)]}


LEFT_OUT = {"softcap", "left_window_size", "right_window_size"}
cases, left_out = [], 0
for case in collect_testcases(None):
    nodes = case.model.graph.node
    if len(nodes) != 1 or nodes[0].op_type not in ("Attention", "LSTM", "RNN"):
        continue
    inputs, outputs = case.data_sets[0]
    if any(v.dtype not in (np.float32, np.bool_, np.int32, np.int64) for v in inputs):
        continue
    if nodes[0].op_type == "Attention" and (
            len(inputs) > 4 or len(outputs) > 1 or LEFT_OUT & {a.name for a in nodes[0].attribute}):
        left_out += 1
        continue
    given = dict(zip((i.name for i in case.model.graph.input), inputs))
    values = [given.get(name) for name in nodes[0].input]
    found = dict(zip((o.name for o in case.model.graph.output), outputs))
    attributes = {a.name: attribute(a) for a in nodes[0].attribute}
    if len(values) > 3 and values[3] is not None and values[3].dtype == np.bool_:
        attributes["boolMask"] = {"numbers": [1.0]}
    cases.append({
        "name": case.name, "operator": nodes[0].op_type, "version": case.model.opset_import[0].version,
        "attributes": attributes, "inputs": [None if v is None else array(v) for v in values],
        "outputs": [array(found[name]) for name in nodes[0].output if name],
        "outputPlaces": [place for place, name in enumerate(nodes[0].output) if name]})
save("MartletNets", "sequenceNodes", {"onnx": onnx.__version__, "leftOut": left_out, "cases": cases})

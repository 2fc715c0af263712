"""The ONNX project's test cases of single operators that tensors have too, with inputs and expected outputs.

Cases are left out whose types a tensor does not have, which are larger than 1,000 elements, or whose attributes are graphs; the file says
how many of each operator there are in all."""
import base64
import collections
import warnings

import numpy as np
import onnx
from onnx.backend.test.case.node import collect_testcases
from reference import save

warnings.filterwarnings("ignore")
OPERATORS = """Abs Acos Acosh Add And ArgMax ArgMin Asin Asinh Atan Atanh Cast CastLike Ceil Clip Compress Concat Cos Cosh CumProd CumSum
Det Div Einsum Equal Erf Exp Expand EyeLike Flatten Floor Gather GatherElements GatherND Gemm Greater GreaterOrEqual Identity IsNaN Less
LessOrEqual Log MatMul Max Mean Min Mul Neg NonZero Not Or Pow Range Reciprocal ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax
ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare Reshape Scatter ScatterElements ScatterND Shape Sigmoid Sign Sin Sinh Size Slice
Softmax LogSoftmax Split Sqrt Squeeze Sub Sum Tan Tanh Tile TopK Transpose Trilu Unique Unsqueeze Where Xor""".split()
TYPES = {"float32": "f4", "float64": "f8", "int64": "i8", "int32": "i4", "uint8": "u1", "bool": "b1"}


def plain(value):
    return onnx.numpy_helper.to_array(value) if isinstance(value, onnx.TensorProto) else np.asarray(value)


def array(value):
    value = plain(value)
    return {"type": TYPES[value.dtype.name], "shape": list(value.shape), "data": base64.b64encode(value.tobytes()).decode()}


def attribute(a):
    value = onnx.helper.get_attribute_value(a)
    if isinstance(value, bytes):
        return {"text": value.decode()}
    values = list(value) if isinstance(value, (list, tuple)) or hasattr(value, "__len__") else [value]
    if any(isinstance(v, (bytes, str)) for v in values):
        raise TypeError
    return {"numbers": [float(v) for v in values]}


cases, total = [], collections.Counter()
for case in collect_testcases(None):
    nodes = case.model.graph.node
    if len(nodes) != 1 or nodes[0].op_type not in OPERATORS:
        continue
    node = nodes[0]
    total[node.op_type] += 1
    try:
        for number, (inputs, outputs) in enumerate(case.data_sets):
            given = dict(zip((i.name for i in case.model.graph.input), inputs))
            values = [given.get(name) for name in node.input]
            if any(plain(v).size > 1000 for v in [*inputs, *outputs]):
                raise ValueError
            cases.append({
                "name": case.name, "operator": node.op_type, "version": case.model.opset_import[0].version,
                "attributes": {a.name: attribute(a) for a in node.attribute},
                "inputs": [None if v is None else array(v) for v in values],
                "outputs": [array(v) for v in outputs], "outputCount": len(node.output)})
    except (KeyError, ValueError, TypeError):
        continue
save("MartletNumerics", "onnx", {"onnx": onnx.__version__, "total": dict(sorted(total.items())), "cases": cases})

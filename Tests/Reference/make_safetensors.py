"""A file of the `safetensors` package with every type of element, and the numbers in it."""
import base64
import ml_dtypes
import numpy as np
from safetensors import TensorSpec, serialize
from reference import save

VALUES = [0.0, -0.0, 1.0, -1.5, 3.140625, 448.0, 0.0625, -0.001953125]
arrays = {"F64": np.array(VALUES), "F32": np.array(VALUES, "f4"), "F16": np.array(VALUES + [65504, 6e-8, 1e-5], "f2"), "BF16": np.array(VALUES + [1e30], ml_dtypes.bfloat16),
          "F8_E4M3": np.array(VALUES, ml_dtypes.float8_e4m3fn), "F8_E5M2": np.array(VALUES, ml_dtypes.float8_e5m2), "I64": np.array([-2**53, 2**53, 0]), "I32": np.array([-2**31, 5], "i4"),
          "I16": np.array([-2**15, 7], "i2"), "I8": np.array([-128, 127], "i1"), "U64": np.array([2**53], "u8"), "U32": np.array([2**32 - 1], "u4"), "U16": np.array([65535], "u2"), "U8": np.array([[0, 255], [1, 2]], "u1"),
          "BOOL": np.array([True, False])}
NAMES = {"F64": "float64", "F32": "float32", "F16": "float16", "BF16": "bfloat16", "F8_E4M3": "float8_e4m3fn", "F8_E5M2": "float8_e5m2", "I64": "int64", "I32": "int32", "I16": "int16", "I8": "int8",
         "U64": "uint64", "U32": "uint32", "U16": "uint16", "U8": "uint8", "BOOL": "bool"}
specs = {f"a.{t}": TensorSpec(dtype=NAMES[t], shape=a.shape, data_ptr=a.ctypes.data, data_len=a.nbytes) for t, a in arrays.items()}
data = bytes(serialize(specs, metadata={"made": "by the reference", "é": "ü"}))
save("MartletNumerics", "safetensors", {"file": base64.b64encode(data).decode(), "tensors": [
    {"name": f"a.{t}", "type": t, "shape": list(a.shape), "values": a.astype("f8").ravel().tolist()} for t, a in arrays.items()]})

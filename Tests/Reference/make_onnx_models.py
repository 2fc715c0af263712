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

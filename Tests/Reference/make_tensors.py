"""Sorting, running sums, einsum, functions of every element and .npy files as NumPy computes and writes them."""
import base64, io
import numpy as np
from reference import save

rng = np.random.default_rng(11)

def array(a):
    a = np.asarray(a)
    return {"shape": list(a.shape), "scalars": a.astype(float).ravel().tolist()}

cube = rng.integers(-5, 6, size=(3, 4, 5)).astype(float)
sorting = [{"axis": axis, "sorted": array(np.sort(cube, axis=axis)),
            "places": array(np.argsort(cube, axis=axis, kind="stable")), "sums": array(np.cumsum(cube, axis=axis)),
            "products": array(np.cumprod(cube, axis=axis)), "differences": array(np.diff(cube, axis=axis))}
           for axis in (0, 1, 2)]
values, inverse, counts = np.unique(cube, return_inverse=True, return_counts=True)

shapes = {"a": (3, 4), "b": (4, 5), "s": (4, 4), "x": (2, 3, 4), "y": (2, 4, 5), "v": (4,), "w": (3,), "n": (2, 2, 3, 4)}
operands = {name: rng.normal(size=shape) for name, shape in shapes.items()}
texts = [("ij,jk->ik", "ab"), ("ij,jk", "ab"), ("ii", "s"), ("ii->i", "s"), ("ij->ji", "a"), ("ij->", "a"), ("ij->j", "a"),
         ("bij,bjk->bik", "xy"), ("i,j->ij", "wv"), ("ij,ij->", "aa"), ("...ij,jk->...ik", "xb"), ("...ij,...jk->...ik", "xy"),
         ("ij,jk,k->i", "asv"), ("bij,ij->b", "xa"), ("ij,kj->ik", "aa"), ("...->...", "x"), ("abij,bij->a", "nx"),
         ("ba", "a"), ("ij,j->ij", "av"), ("bij,j,i->b", "xvw"), ("...i->...", "n")]
einsums = [{"text": text, "operands": list(names), "result": array(np.einsum(text, *[operands[n] for n in names]))}
           for text, names in texts]

x = np.concatenate([rng.normal(scale=3, size=200), [0, 1, -1, 0.5, 30, -30]])
positive, unit = np.abs(x) + 1e-3, np.tanh(x) * 0.99
import scipy.special as sp
functions = [{"name": name, "x": a.tolist(), "y": f(a).tolist()} for name, f, a in [
    ("exp", np.exp, x), ("exp2", np.exp2, x), ("expm1", np.expm1, x), ("log", np.log, positive), ("log2", np.log2, positive),
    ("log10", np.log10, positive), ("log1p", np.log1p, positive), ("cbrt", np.cbrt, x), ("sqrt", np.sqrt, positive),
    ("sin", np.sin, x), ("cos", np.cos, x), ("tan", np.tan, x), ("asin", np.arcsin, unit), ("acos", np.arccos, unit),
    ("atan", np.arctan, x), ("sinh", np.sinh, x), ("cosh", np.cosh, x), ("tanh", np.tanh, x), ("asinh", np.arcsinh, x),
    ("acosh", np.arccosh, positive + 1), ("atanh", np.arctanh, unit), ("erf", sp.erf, x), ("erfc", sp.erfc, unit),
    ("floor", np.floor, x), ("ceil", np.ceil, x), ("trunc", np.trunc, x), ("abs", np.abs, x)]]
powers = {"base": positive.tolist(), "exponent": x.tolist(), "pow": (positive ** (x / 10)).tolist(),
          "atan2": np.arctan2(x, positive).tolist(), "hypot": np.hypot(x, positive).tolist()}

def npy(a, **options):
    file = io.BytesIO()
    np.lib.format.write_array(file, np.asarray(a), **options)
    return base64.b64encode(file.getvalue()).decode()

def npz(saver):
    file = io.BytesIO()
    saver(file, weights=operands["a"], places=np.arange(5), mask=np.array([True, False]), single=np.float32([1.5, -2]))
    return base64.b64encode(file.getvalue()).decode()

files = [{"type": np.dtype(t).str, "expected": array(np.arange(6).reshape(2, 3).astype(t)), "data": npy(a)}
         for t in ("<f8", ">f8", "<f4", ">f4", "<f2", "|i1", "<i2", ">i2", "<i4", "<i8", ">i8", "|u1", "<u2", "<u4", "<u8", "|b1")
         for a in (np.arange(6).reshape(2, 3).astype(t), np.asfortranarray(np.arange(6).reshape(2, 3).astype(t)))]
half = np.array([1.5, -2.25, 6e-8, np.inf, -np.inf, 65504, 0.1], dtype="f2")
save("MartletNumerics", "tensors", {
    "cube": array(cube), "sorting": sorting, "flatSums": np.cumsum(cube).tolist(),
    "unique": {"values": values.tolist(), "counts": counts.tolist(), "inverse": inverse.ravel().tolist()},
    "operands": {name: array(a) for name, a in operands.items()}, "einsums": einsums, "functions": functions, "powers": powers,
    "files": files, "version2": npy(np.arange(3.0), version=(2, 0)), "scalarFile": npy(np.float64(2.5)),
    "halves": {"data": npy(half), "expected": [repr(float(h)) for h in half]},
    "stored": npz(np.savez), "deflated": npz(np.savez_compressed)})

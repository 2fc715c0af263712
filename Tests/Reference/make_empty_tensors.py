"""What NumPy makes of arrays without elements: the shape of each result, and its elements where there are some."""
import numpy as np
from reference import save

np.seterr(all="ignore")


def result(a):
    a = np.asarray(a)
    return {"shape": list(a.shape), "scalars": [repr(float(x)) for x in a.ravel()]}


def along(shape, axis):
    a = np.zeros(shape)
    found = {"sum": a.sum(axis), "product": a.prod(axis), "mean": a.mean(axis), "variance": a.var(axis), "sorted": np.sort(a, axis),
             "argSort": np.argsort(a, axis), "cumulativeSum": a.cumsum(axis), "joined": np.concatenate([a, a], axis),
             "stacked": np.stack([a, a], axis), "reversed": np.flip(a, axis), "rolled": np.roll(a, 1, axis),
             "repeated": np.repeat(a, 2, axis), "taken": np.take(a, [], axis).astype(float), "norms": np.linalg.norm(a, axis=axis)}
    # The largest of nothing is nothing that NumPy, or a tensor, would name.
    if shape[axis] > 0:
        found |= {"max": a.max(axis), "argMax": a.argmax(axis)}
    return {"shape": list(shape), "axis": axis, "results": {name: result(value) for name, value in found.items()}}


shapes = [(0,), (0, 3), (3, 0), (0, 0), (2, 0, 3), (0, 4, 2), (2, 4, 0)]
whole = []
for shape in shapes:
    a = np.zeros(shape)
    whole.append({"shape": list(shape), "results": {name: result(value) for name, value in {
        "sum": a.sum(), "product": a.prod(), "mean": a.mean(), "transposed": a.T, "flattened": a.ravel(), "added": a + 1, "exp": np.exp(a),
        "compared": a > 0, "unique": np.unique(a), "masked": a[a > 0], "cumulativeSum": a.cumsum(), "tiled": np.tile(a, (2, 1))}.items()}})
products = [{"a": list(a), "b": list(b), "result": result(np.ones(a) @ np.ones(b))} for a, b in [
    ((2, 0), (0, 3)), ((0, 2), (2, 3)), ((2, 3), (3, 0)), ((0,), (0,)), ((0,), (0, 2)), ((4, 2, 0), (0, 3)), ((0, 2, 3), (3, 2))]]
save("MartletNumerics", "empty-tensors", {
    "whole": whole, "along": [along(shape, axis) for shape in shapes for axis in range(len(shape))], "products": products,
    "determinant": float(np.linalg.det(np.zeros((0, 0)))), "inverse": result(np.linalg.inv(np.zeros((0, 0)))),
    "solved": result(np.linalg.solve(np.zeros((0, 0)), np.zeros((0, 2)))), "rows": result(np.zeros((60, 0))[[59, 0, 3]])})

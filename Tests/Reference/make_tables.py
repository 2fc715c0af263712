"""ARFF files as SciPy reads its own test files, an .npz file as NumPy writes it, and the figures of a profile."""
import base64
import io
from importlib.resources import files

import numpy as np
import pandas as pd
from reference import save
from scipy.io import arff

FOLDER = files("scipy.io.arff") / "tests" / "data"
tables = []
for name in ("iris", "missing", "nodata", "quoted_nominal", "quoted_nominal_spaces", "test1", "test2", "test3", "test4", "test5", "test6"):
    text = (FOLDER / f"{name}.arff").read_bytes().decode("latin-1")
    try:
        data, meta = arff.loadarff(io.StringIO(text))
    except Exception as error:  # a file that SciPy refuses is no reference
        print(name, "is left out:", error)
        continue
    if "relational" in meta.types() or "date" in meta.types():
        continue
    columns = []
    for column, kind in zip(meta.names(), meta.types()):
        values = data[column]
        columns.append({
            "name": column,
            "numbers": [None if np.isnan(v) else float(v) for v in values] if kind == "numeric" else None,
            "texts": None if kind == "numeric" else [None if v == b"?" else v.decode() for v in values]})
    tables.append({"name": name, "text": text, "columns": columns})

file = io.BytesIO()
np.savez(file, x=np.array([[1.5, 2], [3, 4.25], [-1, 0]]), y=np.array([3, 1, 2]), mask=np.array([True, False, True]))

rng = np.random.default_rng(3)
n = 200
frame = pd.DataFrame({"a": rng.normal(10, 2, n).round(3), "b": rng.exponential(3, n).round(3), "c": rng.choice(["x", "y", "z"], n)})
frame["d"] = (2 * frame.a + rng.normal(0, 0.1, n)).round(3)
frame.loc[rng.random(n) < 0.1, "b"] = np.nan
frame = pd.concat([frame, frame.iloc[:3]], ignore_index=True)


def numbers(column):
    v = frame[column].dropna()
    q1, q3 = v.quantile([0.25, 0.75])
    reach = 1.5 * (q3 - q1)
    return {"mean": v.mean(), "deviation": v.std(), "quartiles": v.quantile([0, 0.25, 0.5, 0.75, 1]).tolist(),
            "outliers": int(((v < q1 - reach) | (v > q3 + reach)).sum()), "histogram": np.histogram(v, 10)[0].tolist()}


save("MartletFrames", "tables", {
    "arff": tables, "npz": base64.b64encode(file.getvalue()).decode(), "csv": frame.to_csv(index=False),
    "profile": {c: numbers(c) for c in "abd"}, "missing": frame.isna().sum().tolist(), "distinct": frame.nunique().tolist(),
    "duplicates": int(frame.duplicated().sum()), "correlation": frame.a.corr(frame.d)})

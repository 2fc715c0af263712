"""Grouping, description and CSV reading as pandas does them."""
import io
import numpy as np
import pandas as pd
from reference import save

rng = np.random.default_rng(11)
n = 60
frame = pd.DataFrame({
    "city": rng.choice(["Oslo", "Rome", "Lima"], n), "floor": rng.integers(1, 4, n),
    "price": np.where(rng.random(n) < 0.15, np.nan, np.round(rng.normal(200, 40, n), 2)),
    "note": rng.choice(['plain', 'a, b', 'say "hi"', 'two\nlines', 'ünï'], n)})
text = frame.to_csv(index=False, lineterminator="\n")
groups = frame.groupby("city")["price"]
described = frame[["floor", "price"]].describe()
both = frame.groupby(["city", "floor"]).size().reset_index(name="count")
save("MartletFrames", "table", {
    "csv": text, "notes": frame.note.tolist(), "missing": int(frame.price.isna().sum()),
    "cities": sorted(frame.city.unique().tolist()),
    "count": groups.size().tolist(), "mean": groups.mean().tolist(), "sum": groups.sum().tolist(),
    "median": groups.median().tolist(), "standardDeviation": groups.std().tolist(), "min": groups.min().tolist(),
    "max": groups.max().tolist(), "q90": groups.quantile(0.9).tolist(),
    "both": {"city": both.city.tolist(), "floor": both.floor.tolist(), "count": both["count"].tolist()},
    "valueCounts": frame.floor.value_counts().sort_index().tolist(),
    "describe": {c: described[c].tolist() for c in described},
    "sortedPrices": frame.sort_values("price", kind="stable", ascending=False).price.dropna().tolist(),
    "sortedRows": frame.sort_values("price", kind="stable").index.tolist(),
    "filtered": frame[(frame.price > 200) & (frame.city != "Rome")].index.tolist()})

"""Joins, sorting, windows, reshaping and resampling as pandas and polars do them, on one table with missing values."""
import numpy as np
import pandas as pd
import polars as pl
from reference import save

rng = np.random.default_rng(23)
n = 80


def holes(values, share=0.15):
    return [None if rng.random() < share else v for v in values]


left = pl.DataFrame({
    "key": holes(rng.choice(["a", "b", "c", "d", "ä", "e x"], n).tolist()),
    "number": holes(rng.integers(-3, 4, n).tolist()),
    "value": holes(np.round(rng.normal(0, 10, n), 3).tolist()),
    "row": list(range(n))})
right = pl.DataFrame({
    "key": ["a", "b", "b", "ä", None, "z"], "number": [0, 1, 1, None, 2, 3], "value": [1.5, 2.5, 3.5, None, 5.5, 6.5]})


def columns(frame):
    return {name: frame[name].to_list() for name in frame.columns}


def joined(kind, on):
    # Polars keeps an order for each kind only where asked to.
    result = left.join(right, on=on, how=kind, maintain_order="right_left" if kind == "right" else "left_right",
                       coalesce=True)
    return columns(result.select(sorted(result.columns)))


def plain(values):
    return [None if v is None or (isinstance(v, float) and np.isnan(v)) else v for v in values]


series = pd.Series(left["value"].to_list(), dtype=float)
full = pd.Series(np.round(rng.normal(100, 20, n), 3))
groups = pd.Series([str(v) for v in rng.integers(0, 4, n)])
days = pd.to_datetime("2025-12-20") + pd.to_timedelta(np.sort(rng.integers(0, 60 * 24 * 100, n)), unit="m")
dated = pd.DataFrame({"when": days, "value": full})


def resampled(rule, **options):
    result = dated.resample(rule, on="when", **options)["value"].agg(["count", "sum", "mean"])
    return {"starts": [t.strftime("%Y-%m-%d") for t in result.index], "count": result["count"].tolist(),
            "sum": result["sum"].tolist(), "mean": plain(result["mean"].tolist())}


long = pd.DataFrame({"day": rng.integers(1, 5, n), "shop": rng.choice(["north", "south", "west"], n), "amount": full})
pivot = long.pivot_table(index="day", columns="shop", values="amount", aggfunc="sum")
cross = pd.crosstab(long.day, long.shop)
sort_polars = left.sort(["key", "number"], descending=[False, True], nulls_last=True, maintain_order=True)
aggregated = left.group_by("key").agg(
    pl.sum("number").alias("sum"), pl.min("value").alias("min"), pl.max("value").alias("max"),
    pl.col("value").drop_nulls().first().alias("first"), pl.col("value").drop_nulls().last().alias("last"),
    pl.col("number").drop_nulls().n_unique().alias("distinct"), pl.col("value").var().alias("variance"),
    pl.col("value").count().alias("count"), pl.col("key").len().alias("rows")).sort("key", nulls_last=True)
rolling = {
    "mean5": full.rolling(5).mean(), "sum5min1": series.rolling(5, min_periods=1).sum(), "min7": full.rolling(7).min(),
    "max7": full.rolling(7).max(), "std6": full.rolling(6).std(), "var6min2": series.rolling(6, min_periods=2).var(),
    "median5": full.rolling(5).median(), "centered5": full.rolling(5, center=True).mean(),
    "days3": dated.rolling("3D", on="when")["value"].mean(), "ewm10": full.ewm(span=10).mean(),
    "ewmMissing": series.ewm(span=4).mean()}
windows = {
    "shift2": series.shift(2), "difference": full.diff(), "relative": full.pct_change(), "cumulative": series.cumsum(),
    "rank": series.rank(), "interpolated": series.interpolate(limit_area="inside"), "forward": series.ffill(),
    "backward": series.bfill(), "groupMean": full.groupby(groups).transform("mean"),
    "groupCumulative": full.groupby(groups).cumsum(), "groupRank": full.groupby(groups).rank(),
    "groupShift": full.groupby(groups).shift(1), "groupRolling": full.groupby(groups).transform(lambda v: v.rolling(3).mean())}
parts = {
    "year": days.year, "month": days.month, "day": days.day, "hour": days.hour, "minute": days.minute,
    "weekday": days.day_of_week + 1, "dayOfYear": days.day_of_year, "quarter": days.quarter}
edges = [60, 80, 100, 120, 140]
save("MartletFrames", "verbs", {
    "polars": pl.__version__,
    "left": columns(left), "right": columns(right),
    "joins": {k: joined(p, "key") for k, p in
              {"inner": "inner", "left": "left", "right": "right", "outer": "full", "semi": "semi", "anti": "anti"}.items()},
    "joinsOfTwo": {k: joined(p, ["key", "number"]) for k, p in
                   {"inner": "inner", "left": "left", "outer": "full", "anti": "anti"}.items()},
    "sortedRows": sort_polars["row"].to_list(), "aggregated": columns(aggregated),
    "full": full.tolist(), "groups": groups.tolist(), "when": [t.strftime("%Y-%m-%dT%H:%M:%SZ") for t in days],
    "rolling": {k: plain(v.tolist()) for k, v in rolling.items()},
    "windows": {k: plain(v.tolist()) for k, v in windows.items()},
    "resampled": {"month": resampled("MS"), "week": resampled("W-MON", closed="left", label="left"),
                  "day": resampled("D"), "quarter": resampled("QS"), "sixHours": resampled("6h", origin="epoch")},
    "parts": {k: [int(x) for x in v] for k, v in parts.items()},
    "day": long.day.tolist(), "shop": long.shop.tolist(),
    "pivot": {c: plain(pivot[c].tolist()) for c in pivot}, "pivotDays": pivot.index.tolist(),
    "cross": {c: cross[c].tolist() for c in cross},
    "cut": [None if pd.isna(v) else str(v) for v in pd.cut(full, edges, labels=["A", "B", "C", "D"])],
    "qcut": [str(v) for v in pd.qcut(full, 4, labels=["1", "2", "3", "4"])],
    "correlation": dated.assign(other=np.arange(n) ** 2)[["value", "other"]].corr().iloc[0, 1],
    "csv": left.write_csv(), "json": left.write_json(), "ndjson": left.write_ndjson()})

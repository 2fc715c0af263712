#!/usr/bin/env python3
"""pandas and polars on the tasks of the family `frames`. usage: frame_peers.py DATA_DIR [family ...]
Writes DATA_DIR/groupby.csv where it is not there yet (a million rows, as the group-by benchmark of H2O.ai has them), then prints
{"task", "peer", "s", "cpu", "score"} lines: seconds, and seconds of processor time on all cores, each the least of several runs."""
import os
import sys

from peer_timing import say

folder, wanted = sys.argv[1], set(sys.argv[2:])
path = os.path.join(folder, "groupby.csv")


def table():
    import numpy as np
    import pandas as pd
    os.makedirs(folder, exist_ok=True)
    r, rows, few = np.random.default_rng(7), 1_000_000, 100
    many = rows // few
    frame = pd.DataFrame({
        "id1": [f"id{n:03d}" for n in r.integers(1, few + 1, rows)], "id2": [f"id{n:03d}" for n in r.integers(1, few + 1, rows)],
        "id3": [f"id{n:010d}" for n in r.integers(1, many + 1, rows)], "id4": r.integers(1, few + 1, rows),
        "id5": r.integers(1, few + 1, rows), "id6": r.integers(1, many + 1, rows), "v1": r.integers(1, 6, rows),
        "v2": r.integers(1, 16, rows), "v3": np.round(r.uniform(0, 100, rows), 6)})
    frame.to_csv(path + ".part", index=False)
    os.replace(path + ".part", path)


def frames():
    import pandas as pd
    import polars as pl
    if not os.path.exists(path):
        table()
    say("csv_1e6x9", "pandas", lambda: pd.read_csv(path), 3)
    say("csv_1e6x9", "polars", lambda: pl.read_csv(path))
    d, p = pd.read_csv(path), pl.read_csv(path)
    tasks = {
        "q1_sum_v1_by_id1": (
            lambda: d.groupby("id1", sort=False)["v1"].sum(),
            lambda: p.group_by("id1").agg(pl.sum("v1"))),
        "q3_by_id3": (
            lambda: d.groupby("id3", sort=False).agg({"v1": "sum", "v3": "mean"}),
            lambda: p.group_by("id3").agg(pl.sum("v1"), pl.mean("v3"))),
        "q5_by_id6": (
            lambda: d.groupby("id6", sort=False)[["v1", "v2", "v3"]].sum(),
            lambda: p.group_by("id6").agg(pl.sum("v1", "v2", "v3"))),
        "q6_median_sd_by_id4_id5": (
            lambda: d.groupby(["id4", "id5"], sort=False)["v3"].agg(["median", "std"]),
            lambda: p.group_by(["id4", "id5"]).agg(pl.median("v3"), pl.std("v3").alias("deviation"))),
        "join_id3": (
            lambda: d.merge(d.drop_duplicates("id3")[["id3", "v2"]], on="id3"),
            lambda: p.join(p.unique("id3", keep="first").select("id3", "v2"), on="id3")),
        "sort_v3": (lambda: d.sort_values("v3"), lambda: p.sort("v3")),
    }
    for task, (pandas, polars) in tasks.items():
        say(task, "pandas", pandas)
        say(task, "polars", polars)


if not wanted or "frames" in wanted:
    frames()

#!/usr/bin/env python3
"""Data frames beside pandas and polars: runs both programs in turn and prints Martlet's time over the faster peer's.

usage: frames_ratios.py --data FOLDER --program FramesBenchmark --peers peers.py [--python PYTHON] [--rounds 5]

The ratio of a task is the median over the rounds, each of which times both within seconds of one another: on a shared
machine single times mean little. Exits with 1 when a ratio is above 1."""
import argparse
import json
import statistics
import subprocess
import sys


def run(command):
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
for name in ("data", "program", "peers"):
    parser.add_argument(f"--{name}", required=True)
parser.add_argument("--python", default=sys.executable)
parser.add_argument("--rounds", type=int, default=5)
options = parser.parse_args()

ratios, seconds = {}, {}
for _ in range(options.rounds):
    ours = {entry["task"]: entry["s"] for entry in run([options.program, options.data])}
    best = {}
    for entry in run([options.python, options.peers, options.data, "csv_read", "groupby"]):
        if entry["s"] < best.get(entry["task"], (float("inf"), ""))[0]:
            best[entry["task"]] = (entry["s"], entry["peer"])
    for task, time in ours.items():
        ratios.setdefault(task, []).append(time / best[task][0])
        seconds.setdefault(task, []).append((time, *best[task]))
for task, values in ratios.items():
    time, peer_time, peer = min(seconds[task])
    print(f"{task:26} {statistics.median(values):6.2f} × {peer:7} (best {time * 1000:8.1f} ms, peer then {peer_time * 1000:8.1f} ms)")
sys.exit(any(statistics.median(values) > 1 for values in ratios.values()))

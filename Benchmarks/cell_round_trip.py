#!/usr/bin/env python3
"""Times cells as a frontend sees them: Martlet beside ipykernel, in the same run.

usage: cell_round_trip.py --martlet FILE [--cells N] [--json FILE]

Prints a table with ratios, then one JSON object a line: {"measure", "martlet", "ipykernel", "unit", "bar", "met"}.
A round trip is from sending execute_request to having both the reply and the idle status. Exits with 1 when a bar is missed.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

from jupyter_client.kernelspec import NATIVE_KERNEL_NAME
from jupyter_client.manager import KernelManager

SMALL_CELLS = 30
FORTY_LINES = {
    "martlet": """
import Foundation
import Martlet

struct Reading: Codable { var station: String; var day: Int; var celsius: Double }

func readings(days: Int) -> [Reading] {
  var all: [Reading] = []
  for station in ["north", "south", "harbour"] {
    for day in 1...days {
      let season = 10 * cos(Double(day) / 58)
      all.append(Reading(station: station, day: day, celsius: 8 - season + Double(station.count)))
    }
  }
  return all
}

let year = readings(days: 365)
var byStation: [String: [Double]] = [:]
for reading in year {
  byStation[reading.station, default: []].append(reading.celsius)
}

func mean(_ values: [Double]) -> Double {
  values.reduce(0, +) / Double(values.count)
}

func deviation(_ values: [Double]) -> Double {
  let centre = mean(values)
  return sqrt(values.map { ($0 - centre) * ($0 - centre) }.reduce(0, +) / Double(values.count - 1))
}

for (station, values) in byStation.sorted(by: { $0.key < $1.key }) {
  let text = String(format: "%.2f ± %.2f", mean(values), deviation(values))
  print(station.padding(toLength: 10, withPad: " ", startingAt: 0), text)
}

let frost = year.filter { $0.celsius < 4 }.map(\\.day)
let warmest = year.max { $0.celsius < $1.celsius }!
print("frost on", Set(frost).count, "days, warmest on day", warmest.day)
byStation.count
""",
    "ipykernel": """
import json
import math
from dataclasses import dataclass

@dataclass
class Reading:
    station: str
    day: int
    celsius: float

def readings(days):
    all_readings = []
    for station in ["north", "south", "harbour"]:
        for day in range(1, days + 1):
            season = 10 * math.cos(day / 58)
            all_readings.append(Reading(station, day, 8 - season + len(station)))
    return all_readings

year = readings(365)
by_station = {}
for reading in year:
    by_station.setdefault(reading.station, []).append(reading.celsius)

def mean(values):
    return sum(values) / len(values)

def deviation(values):
    centre = mean(values)
    return math.sqrt(sum((v - centre) ** 2 for v in values) / (len(values) - 1))

for station, values in sorted(by_station.items()):
    text = f"{mean(values):.2f} ± {deviation(values):.2f}"
    print(station.ljust(10), text)

frost = [r.day for r in year if r.celsius < 4]
warmest = max(year, key=lambda r: r.celsius)
print("frost on", len(set(frost)), "days, warmest on day", warmest.day)
len(by_station)
""",
}
# Ten kinds of cells as sessions have them, over and over; most declare something. N is the number of the round.
SESSION = {
    "martlet": [
        "let valuesN = [3, 1, 2, N]\nvaluesN.count",
        "func scaleN(_ x: Double) -> Double { x * 1.5 + N }",
        "var totalN = scaleN(2)\ntotalN",
        "valuesN.sorted()",
        "struct PointN {\n  var x: Int\n  var y: Int\n  var sum: Int { x + y }\n}",
        "let pointN = PointN(x: N, y: 2)\npointN.sum",
        'print("round", N)',
        "for value in valuesN { totalN += scaleN(Double(value)) }\ntotalN",
        "let squaresN = valuesN.map { $0 * $0 }",
        "squaresN.reduce(0, +) + N",
    ],
    "ipykernel": [
        "values_N = [3, 1, 2, N]\nlen(values_N)",
        "def scale_N(x): return x * 1.5 + N",
        "total_N = scale_N(2)\ntotal_N",
        "sorted(values_N)",
        "class Point_N:\n    def __init__(self, x, y): self.x, self.y = x, y\n    def sum(self): return self.x + self.y",
        "point_N = Point_N(N, 2)\npoint_N.sum()",
        'print("round", N)',
        "for value in values_N: total_N += scale_N(value)\ntotal_N",
        "squares_N = [v * v for v in values_N]",
        "sum(squares_N) + N",
    ],
}


def session_cell(name, index):
    """The cell of a long session at an index, from 0."""
    kinds = SESSION[name]
    return kinds[index % len(kinds)].replace("N", str(index // len(kinds)))


class Kernel:
    """One kernel, with a clock beside it."""

    def __init__(self, name, kernel_name):
        self.name = name
        start = time.perf_counter()
        self.manager = KernelManager(kernel_name=kernel_name)
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=120)
        self.ready = time.perf_counter() - start

    def run(self, code):
        """The seconds a cell takes; an error in it ends the benchmark."""
        start = time.perf_counter()
        request = self.client.execute(code, allow_stdin=False)
        while True:
            message = self.client.get_iopub_msg(timeout=300)
            if message["parent_header"].get("msg_id") == request and message["content"].get("execution_state") == "idle":
                break
        while True:
            reply = self.client.get_shell_msg(timeout=300)
            if reply["parent_header"].get("msg_id") == request:
                break
        elapsed = time.perf_counter() - start
        if reply["content"]["status"] != "ok":
            sys.exit(f"{self.name}: {code}\n" + "\n".join(reply["content"]["traceback"]))
        return elapsed

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def measure(name, kernel_name, cells):
    """All figures of one kernel, in milliseconds."""
    kernel = Kernel(name, kernel_name)
    figures = {"ready": kernel.ready, "first cell": kernel.run("1 + 1")}
    small = [kernel.run(f"1 + 1 + {i}") for i in range(SMALL_CELLS)]
    figures["1 + 1, median"] = statistics.median(small)
    figures["1 + 1, 95th percentile"] = sorted(small)[int(0.95 * len(small))]
    kernel.close()

    kernel = Kernel(name, kernel_name)
    if name == "martlet":
        kernel.run("import Foundation\nimport Martlet")
    figures["40 lines"] = kernel.run(FORTY_LINES[name])
    figures["40 lines, run again"] = kernel.run(FORTY_LINES[name])
    kernel.close()

    kernel = Kernel(name, kernel_name)
    trips, small = [], {}
    for i in range(cells + 5):
        trips.append(kernel.run(session_cell(name, i)))
        if i + 1 in (10, cells):
            small[i + 1] = statistics.median(kernel.run(f"1 + {i} + {j}") for j in range(9))
    figures["1 + 1 as 10th cell"] = small[10]
    figures[f"1 + 1 as {cells}th cell"] = small[cells]
    # Of the session's own cells a whole round about each, since a single cell says little.
    figures["10th cell"] = statistics.median(trips[5:15])
    figures[f"{cells}th cell"] = statistics.median(trips[cells - 5 : cells + 5])
    kernel.close()
    figures.update(measure_again(name, kernel_name))
    return {key: 1000 * value for key, value in figures.items()}


def measure_again(name, kernel_name):
    """What a notebook of forty cells takes that ran before: each cell in the same session, and all of them in a new one."""
    notebook = [session_cell(name, i) for i in range(40)]
    figures = {}
    with tempfile.TemporaryDirectory() as folder:
        settings = {"MARTLET_CACHE_LIMIT": "512", "XDG_CACHE_HOME": folder}
        before = {key: os.environ.get(key) for key in settings}
        os.environ.update(settings)
        kernel = Kernel(name, kernel_name)
        for cell in notebook:
            kernel.run(cell)
        figures["an unchanged cell again"] = statistics.median(kernel.run("1 + 41") for _ in range(10))
        # The kernel writes what it keeps when it is asked to end.
        kernel.manager.shutdown_kernel(now=False)
        kernel.client.stop_channels()
        kernel = Kernel(name, kernel_name)
        figures["restart and run all, a cell"] = statistics.median(kernel.run(cell) for cell in notebook)
        kernel.close()
        for key, value in before.items():
            if value is None:
                del os.environ[key]
            else:
                os.environ[key] = value
    return figures


def bars(cells, martlet):
    """What Martlet has promised, in milliseconds."""
    return {
        "ready": 1000,
        "1 + 1, median": 60,
        f"1 + 1 as {cells}th cell": 1.2 * martlet["1 + 1 as 10th cell"],
        f"{cells}th cell": 1.2 * martlet["10th cell"],
        "an unchanged cell again": 5,
        "restart and run all, a cell": 5,
    }


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--martlet", required=True)
    arguments.add_argument("--cells", type=int, default=300)
    arguments.add_argument("--json")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as prefix:
        subprocess.run([options.martlet, "install", "--prefix", prefix], check=True, stdout=subprocess.DEVNULL)
        # Cells are compiled: what was kept from an earlier run would hide what that takes.
        os.environ["MARTLET_CACHE_LIMIT"] = "0"
        os.environ["JUPYTER_PATH"] = os.path.join(prefix, "share", "jupyter")
        martlet = measure("martlet", "martlet", options.cells)
        python = measure("ipykernel", NATIVE_KERNEL_NAME, options.cells)
    report(martlet, python, bars(options.cells, martlet), options.json)


def report(martlet, python, bar, path):
    print(f"{'':28}{'martlet':>12}{'ipykernel':>12}{'ratio':>8}{'bar':>12}")
    lines, missed = [], 0
    for name, own in martlet.items():
        met = name not in bar or own <= bar[name]
        missed += not met
        limit = f"{bar[name]:9.1f} ms" if name in bar else ""
        print(f"{name:28}{own:9.1f} ms{python[name]:9.1f} ms{own / python[name]:8.2f}{limit:>12}{'' if met else '  MISSED'}")
        lines.append({"measure": name, "martlet": round(own, 2), "ipykernel": round(python[name], 2), "unit": "ms",
                      "bar": round(bar[name], 1) if name in bar else None, "met": met})
    text = "\n".join(json.dumps(line) for line in lines)
    print("\n" + text)
    if path:
        with open(path, "w") as file:
            file.write(text + "\n")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()

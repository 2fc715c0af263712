#!/usr/bin/env python3
"""What a session with many declaring cells costs: completion and inspection, a cell's compilation, memory.

usage: many_cells.py --martlet FILE [--cells 10,100,500,2000] [--json FILE]

Each column is the same session, further on: so many cells that declare something, one in ten of them with something that
an earlier one declared. The questions are those of a frontend, asked at rest; the first ones come right after a new cell. Milliseconds from
question to answer, and in parentheses those of processor time that the helper took.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "Tests" / "Soak"), str(ROOT / "Tests" / "Conformance")]

from kernels import SoakedKernel  # noqa: E402: it needs the path above

KINDS = [
    lambda n: f"let value{n} = {n} * 2",
    lambda n: f"func half{n}(_ x: Double) -> Double {{ x / {n}.0 }}",
    lambda n: f"struct Point{n} {{ var x = 0.0, y = {n}.0 }}\nlet point{n} = Point{n}()",
    lambda n: f"var list{n} = [{n}, {n + 1}]",
    lambda n: f"let previous{n} = value{10 * (n // 10)} + {n}",
    lambda n: f"func twice{n}(_ text: String) -> String {{ text + text }}",
    lambda n: f"enum Colour{n} {{ case red, green, blue(level: Int) }}",
    lambda n: f"var total = {n}",
    lambda n: f"let words{n} = [\"a{n}\": {n}]",
    lambda n: f"func total{n % 100}() -> Int {{ total }}",
]

# What is typed, and what must be among the answers.
COMPLETIONS = {
    "members of the first variable": ("names.coun", "count"),
    "members of a struct of an early cell": ("point2.", "y"),
    "names by their beginning": ("let n = twice5", "twice5("),
    "all names": ("let n = ", "total"),
    "members of the toolkit": ("Matrix.zer", "zeros("),
}
INSPECTIONS = {"an early function": ("half1(2)", "half1"), "the first variable": ("names.count", "[String]"), "the standard library": ("print(1)", "print")}
REPETITIONS = 9


class Session:
    def __init__(self, kernel):
        self.kernel, self.declared = kernel, 0

    def declare(self, count):
        for n in range(self.declared, count):
            self.kernel.succeeds(KINDS[n % len(KINDS)](n))
        self.declared = count

    def complete(self, code):
        request = self.kernel.request("complete_request", {"code": code, "cursor_pos": len(code)})
        return self.kernel.reply_to(request)["content"]["matches"]

    def inspect(self, code):
        request = self.kernel.request("inspect_request", {"code": code, "cursor_pos": 1, "detail_level": 0})
        return self.kernel.reply_to(request)["content"]["data"].get("text/plain", "")

    def timed(self, ask, code, expected):
        """Milliseconds, and whether the answer was there."""
        start = time.monotonic()
        answer = ask(code)
        return 1000 * (time.monotonic() - start), expected in answer

    def question(self, ask, code, expected):
        before = self.helper_cpu()
        times = [self.timed(ask, code, expected) for _ in range(REPETITIONS)]
        used = 1000 * (self.helper_cpu() - before) / REPETITIONS
        missing = "" if all(is_there for _, is_there in times) else " wrong"
        return f"{statistics.median(t for t, _ in times):.0f} ({used:.0f}){missing}"

    def helper_cpu(self):
        helper = self.kernel.child("helper")
        return sum(helper.cpu_times()[:2]) if helper else 0

    def after_a_cell(self, number):
        """The first answers after new cells, which nobody has prepared for."""
        times = []
        before = self.helper_cpu()
        for repetition in range(REPETITIONS):
            self.kernel.succeeds(f"let fresh{number}_{repetition} = {number}")
            times.append(self.timed(self.complete, f"let n = fresh{number}_{repetition}", f"fresh{number}_{repetition}"))
        missing = "" if all(is_there for _, is_there in times) else " wrong"
        used = 1000 * (self.helper_cpu() - before) / REPETITIONS
        return f"{statistics.median(t for t, _ in times):.0f} ({used:.0f}), worst {max(t for t, _ in times):.0f}{missing}"

    def cell(self, code):
        """CPU milliseconds of a new cell, all processes together but the helper, which works at its leisure."""
        costs = []
        for repetition in range(REPETITIONS):
            before = self.cpu()
            self.kernel.succeeds(f"{code} + {repetition}  // {self.kernel.mark} {self.declared}")
            costs.append(1000 * (self.cpu() - before))
        return f"{statistics.median(costs):.0f}"

    def cpu(self):
        total = 0
        for role, process in self.kernel.family().items():
            if role != "helper":
                times = process.cpu_times()
                total += times.user + times.system
                # The linker is the kernel's child; what has ended is in its account.
                total += times.children_user + times.children_system if role == "kernel" else 0
        return total

    def measure(self, count):
        self.declare(count)
        result = {"the first after a new cell": self.after_a_cell(count)}
        time.sleep(2)
        for name, (code, expected) in COMPLETIONS.items():
            result[f"completion: {name}"] = self.question(self.complete, code, expected)
        for name, (code, expected) in INSPECTIONS.items():
            result[f"inspection: {name}"] = self.question(self.inspect, code, expected)
        result["cell: value0 + 1, CPU"] = self.cell("value0 + 1")
        result["cell: names.count, CPU"] = self.cell("names.count")
        for role, size in self.kernel.memory().items():
            result[f"{role}, MB"] = f"{size:.0f}"
        result["files, MB"] = f"{self.kernel.files()[1] / 1e6:.1f}"
        return result


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--martlet", required=True, type=pathlib.Path)
    parser.add_argument("--cells", default="10,100,500,2000")
    parser.add_argument("--json", type=pathlib.Path)
    options = parser.parse_args()
    columns = {}
    with tempfile.TemporaryDirectory(prefix="many-") as folder:
        folder = pathlib.Path(folder)
        subprocess.run([options.martlet.resolve(), "install", "--prefix", folder], check=True, stdout=subprocess.DEVNULL)
        os.environ |= {"JUPYTER_PATH": str(folder / "share/jupyter"), "JUPYTER_RUNTIME_DIR": str(folder / "runtime"), "JUPYTER_PLATFORM_DIRS": "1"}
        with SoakedKernel(folder) as kernel:
            session = Session(kernel)
            kernel.succeeds('import Foundation\nimport Martlet\nvar names: [String] = []')
            session.complete("names.coun")
            for count in map(int, options.cells.split(",")):
                columns[count] = session.measure(count)
                print(count, "declaring cells", flush=True)
                for name, value in columns[count].items():
                    print(f"  {name}: {value}", flush=True)
    print("\n| | " + " | ".join(map(str, columns)) + " |\n|" + "---|" * (len(columns) + 1))
    for name in columns[max(columns)]:
        print(f"| {name} | " + " | ".join(column.get(name, "") for column in columns.values()) + " |")
    if options.json:
        options.json.write_text(json.dumps(columns, indent=1))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Times loops in cells beside the same loops in one file that `swiftc -O` compiles, and beside Python.

usage: cell_speed.py --martlet FILE [--rounds N] [--only TEXT] [--json FILE]

Every figure is the loop's own processor time, the least of N rounds that take turns. Prints a table with ratios, then one JSON object
a line. Exits with 1 when cells need more than 1.2 times what the file needs.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

from cell_speed_cases import CASES

BAR = 1.2
# Below this a ratio says more about the clock than about the loop.
SHORTEST = 0.001


def run(command, **options):
    """What a command prints; an error in it ends the benchmark."""
    result = subprocess.run(command, capture_output=True, text=True, **options)
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{result.stdout}\n{result.stderr}")
    return result.stdout


def notebook(cells):
    """A notebook of these cells, as the runner reads it."""
    return {"cells": [{"cell_type": "code", "id": f"cell-{i}", "metadata": {}, "execution_count": None, "outputs": [], "source": text}
                      for i, text in enumerate(cells)],
            "metadata": {"kernelspec": {"name": "martlet", "display_name": "Swift", "language": "swift"}}, "nbformat": 4, "nbformat_minor": 5}


class Case:
    """One case, compiled in both forms."""

    def __init__(self, case, martlet, folder):
        self.name, self.martlet, self.python = case["name"], martlet, case["python"]
        self.notebook, self.output = folder / "cells.ipynb", folder / "output.ipynb"
        folder.mkdir()
        self.notebook.write_text(json.dumps(notebook(case["cells"])))
        source, self.program = folder / "main.swift", folder / "program"
        source.write_text("\n".join(case["cells"]))
        library = pathlib.Path(martlet).resolve().parent.parent / "lib" / "martlet"
        toolkit = []
        if "import Martlet" in case["cells"]:
            toolkit = ["-I", library / "modules", "-L", library, "-lMartlet", "-Xlinker", "-rpath", "-Xlinker", library]
            toolkit += [f for header in sorted((library / "include").iterdir()) for f in ("-Xcc", "-I", "-Xcc", header)]
        run(["swiftc", "-O", "-Xcc", "-march=native", *toolkit, source, "-o", self.program])

    def cells(self):
        run([self.martlet, "run", self.notebook, "--output", self.output])
        outputs = json.loads(self.output.read_text())["cells"][-1]["outputs"]
        return float("".join("".join(o["text"]) for o in outputs if o.get("name") == "stdout").split()[-1])

    def file(self):
        return float(run([self.program]).split()[-1])

    def python_time(self):
        return float(run([sys.executable, "-c", self.python]).split()[-1])


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--martlet", required=True)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--only", default="")
    arguments.add_argument("--json")
    options = arguments.parse_args()
    print(f"{'':36}{'cells':>10}{'swiftc -O':>12}{'ratio':>8}{'Python':>12}{'Python / cells':>16}")
    lines, missed = [], 0
    with tempfile.TemporaryDirectory() as folder:
        for number, case in enumerate(c for c in CASES if options.only in c["name"]):
            it = Case(case, options.martlet, pathlib.Path(folder) / str(number))
            rounds = [(it.cells(), it.file()) for _ in range(options.rounds)]
            cells, file = (max(SHORTEST, min(times)) for times in zip(*rounds))
            python = it.python_time()
            met = cells <= BAR * file
            missed += not met
            print(f"{it.name:36}{1000 * cells:7.1f} ms{1000 * file:9.1f} ms{cells / file:8.2f}{1000 * python:9.0f} ms{python / cells:16.0f}"
                  f"{'' if met else '  MISSED'}", flush=True)
            lines.append({"measure": it.name, "cells": round(1000 * cells, 2), "file": round(1000 * file, 2),
                          "python": round(1000 * python, 1), "unit": "ms", "bar": BAR, "met": met})
    text = "\n".join(json.dumps(line) for line in lines)
    print("\n" + text)
    if options.json:
        with open(options.json, "w") as output:
            output.write(text + "\n")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()

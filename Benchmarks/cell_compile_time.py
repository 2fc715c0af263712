#!/usr/bin/env python3
"""Times the compiling of usual cells: the processor time that a warm compiler takes for each.

usage: cell_compile_time.py HOME [HOME ...] [--rounds N] [--only PATTERN] [--json FILE]

A HOME is an installation, as `.build/martlet`; several take turns and are compared. The cells are those of cell_compile_corpus and the
one with 40 lines of cell_round_trip.py, each the second cell after one with the imports. They are compiled as a session does it, with the
flags of `CompileJob.languageArguments` and as each installation's own session rewrites them: it runs them all once before.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import socket
import statistics
import struct
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
TOOLCHAIN = pathlib.Path(shutil.which("swiftc")).resolve().parent.parent
HOST = TOOLCHAIN / "lib/swift/host"
FLAGS = [
    "-disable-objc-interop", "-O", "-cross-module-optimization", "-enable-testing", "-enable-private-imports", "-swift-version", "5",
    "-enable-bare-slash-regex", "-enforce-exclusivity=unchecked", "-plugin-path", f"{HOST}/plugins",
    "-in-process-plugin-server-path", f"{HOST}/libSwiftInProcPluginServer.so", "-Xcc", "-march=native",
    "-Xcc", "-fno-omit-frame-pointer", "-gline-tables-only", "-experimental-serialize-debug-info", "-diagnostic-style", "llvm",
    "-disable-modules-validate-system-headers",
]
ONCE = ["-Xllvm", "-sil-disable-pass=dead-store-elimination"]


def corpus():
    """The cells, by name."""
    cells = {file.stem: file.read_text() for file in sorted((HERE / "cell_compile_corpus").glob("*.swift"))}
    source = (HERE / "cell_round_trip.py").read_text()
    cells["forty-lines"] = re.search(r'"martlet": """\n(.*?)"""', source, re.S).group(1).replace("\\\\", "\\")
    return cells


def rewritten(home, cells, folder):
    """The cells as the session of an installation has them compiled: one runs, and copies its files before it ends."""
    sources = ["import Foundation\nimport Martlet", *cells.values(), f'!cp "$TMPDIR"/martlet-*/Cell*.swift "{folder}"']
    notebook = folder / "cells.ipynb"
    notebook.write_text(json.dumps({
        "cells": [{"cell_type": "code", "id": f"c{number}", "metadata": {}, "execution_count": None, "outputs": [], "source": text}
                  for number, text in enumerate(sources)],
        "metadata": {"kernelspec": {"name": "martlet", "display_name": "Swift", "language": "swift"}}, "nbformat": 4, "nbformat_minor": 5}))
    (folder / "tmp").mkdir()
    subprocess.run([pathlib.Path(home) / "bin/martlet", "run", notebook, "--output", folder / "output.ipynb"], check=True,
                   stdout=subprocess.DEVNULL, env=os.environ | {"TMPDIR": str(folder / "tmp")})
    files = [file.read_text() for file in sorted(folder.glob("Cell*.swift"))]
    bodies = [text.split('", line: 1)\n', 1)[1] for text in files if 'file: "In[' in text]
    if len(bodies) != len(cells) + 1:
        sys.exit(f"{home}: {len(cells) + 1} cells ran and left {len(bodies)} files")
    # Which module has a variable's older version is told by its name; here every cell is the first of its kind.
    return {name: re.sub(r"Cell\d{6}::", "", body) for name, body in zip(cells, bodies[1:])}


class WarmCompiler:
    """The compiler of one installation, with the shim that keeps it loaded; see Sources/CWarmCompiler."""

    def __init__(self, home, folder):
        self.library, self.folder, self.count, self.once = pathlib.Path(home).resolve() / "lib/martlet", folder, 0, ONCE
        folder.mkdir()
        self.socket, other = socket.socketpair()
        self.process = subprocess.Popen(
            ["env", f"LD_PRELOAD={self.library}/libMartletWarmCompiler.so", f"MARTLET_COMPILER_SOCKET={other.fileno()}",
             f"{TOOLCHAIN}/bin/swift-frontend"], pass_fds=[other.fileno()])
        other.close()
        self.imports = self.compile("@_exported import MartletDisplay\n@_exported import Foundation\n@_exported import Martlet\n")
        self.compile("@testable @_exported import Cell1\n1 + 1\n")

    def milliseconds(self):
        """The processor time so far, of all threads."""
        threads = pathlib.Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e6

    def compile(self, text):
        """The processor time for one cell."""
        self.count += 1
        name = f"Cell{self.count}"
        base = self.folder / name
        base.with_suffix(".swift").write_text(text)
        headers = [f for header in sorted((self.library / "include").iterdir()) for f in ("-I", str(header))]
        strings = [str(self.folder / "log"), "swift-frontend", "-frontend", "-c", f"{base}.swift", "-o", f"{base}.o",
                   "-emit-module-path", f"{base}.swiftmodule", *FLAGS, "-module-cache-path", str(self.folder.parent / "modules"),
                   "-entry-point-function-name", name.lower(), "-module-name", name, "-I", str(self.folder),
                   "-I", str(self.library / "modules"), *headers, *self.once]
        self.once = []
        before = self.milliseconds()
        encoded = [string.encode() for string in strings]
        self.socket.sendall(struct.pack("<I", len(encoded)) + b"".join(struct.pack("<I", len(e)) + e for e in encoded))
        if self.socket.recv(4) != bytes(4):
            sys.exit(f"{text}\n{(self.folder / 'log').read_text()}")
        return self.milliseconds() - before

    def close(self):
        self.socket.close()
        self.process.wait()


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("homes", nargs="+")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--only", default="")
    arguments.add_argument("--json")
    options = arguments.parse_args()
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        compilers = [WarmCompiler(home, pathlib.Path(folder) / str(number)) for number, home in enumerate(options.homes)]
        chosen = {name: text for name, text in corpus().items() if re.search(options.only, name)}
        texts = [rewritten(home, chosen, compiler.folder) for home, compiler in zip(options.homes, compilers)]
        for name in chosen:
            rounds = [[c.compile("@testable @_exported import Cell1\n" + t[name]) for c, t in zip(compilers, texts)] for _ in range(options.rounds)]
            lines.append({"measure": name, "unit": "ms", "cpu": [round(statistics.median(times), 1) for times in zip(*rounds)]})
            print(f"{name:28}" + "".join(f"{time:9.0f}" for time in lines[-1]["cpu"]), flush=True)
        for compiler in compilers:
            compiler.close()
    for title, summary in (("median", statistics.median), ("mean", statistics.mean)):
        print(f"{title:28}" + "".join(f"{summary(times):9.0f}" for times in zip(*(line["cpu"] for line in lines))))
    if options.json:
        pathlib.Path(options.json).write_text("".join(json.dumps(line) + "\n" for line in lines))


if __name__ == "__main__":
    main()

"""Writes Sources/MartletNumerics/Random/ZigguratTables.swift: the layers that NumPy's normal and exponential streams are cut
from, as they stand in the library that the NumPy package carries for other programs (BSD licence). Streams that equal
NumPy's need exactly its roundings, which no formula gives again."""
import struct, subprocess, tempfile
from pathlib import Path
import numpy

library = Path(numpy.__file__).parent / "random/lib/libnpyrandom.a"
member = "src_distributions_distributions.c.o"
with tempfile.TemporaryDirectory() as folder:
    subprocess.run(["ar", "x", library, member], cwd=folder, check=True)
    data = (Path(folder) / member).read_bytes()
    symbols = subprocess.run(["readelf", "-sW", member], cwd=folder, capture_output=True, text=True, check=True).stdout
sections = struct.unpack_from("<Q", data, 0x28)[0]


def table(name):
    fields = next(line.split() for line in symbols.splitlines() if line.endswith(" " + name))
    start = struct.unpack_from("<IIQQQQ", data, sections + 64 * int(fields[6]))[4] + int(fields[1], 16)
    return struct.unpack_from("<256Q", data, start)


lines = ["// Made by Tests/Reference/make_ziggurat_tables.py from NumPy " + numpy.__version__ + ".", "",
         "/// The layers of the ziggurats that NumPy cuts normal and exponential numbers from.", "///",
         "/// For each layer: below which 52 (or 53) bits a number is surely inside, the width of one of them, and the height of the",
         "/// curve, the last two as the bits of a `Double`.", "enum ZigguratTables {"]
for name, source in (("normalBounds", "ki_double"), ("normalWidths", "wi_double"), ("normalHeights", "fi_double"),
                     ("exponentialBounds", "ke_double"), ("exponentialWidths", "we_double"),
                     ("exponentialHeights", "fe_double")):
    lines.append(f"  static let {name}: [UInt64] = [")
    values = [f"0x{value:x}" for value in table(source)]
    lines += ["    " + ", ".join(values[i:i + 5]) + "," for i in range(0, 256, 5)]
    lines.append("  ]")
lines.append("}")
target = Path(__file__).resolve().parents[2] / "Sources/MartletNumerics/Random/ZigguratTables.swift"
target.write_text("\n".join(lines) + "\n")

"""The loops that cell_speed.py times: cells, of which the last one prints its processor seconds, and the same in Python."""

START, END = "let start = clock()\n", "\nprint(Double(clock() - start) / 1_000_000)"
PYTHON_START = "import time\nstart = time.process_time()\n"
PYTHON_END = "\nprint(time.process_time() - start)"


def case(name, declarations, loop, python_declarations, python_loop):
    """A case whose declarations are cells of their own."""
    return {"name": name, "cells": ["import Foundation", *declarations, START + loop + END],
            "python": python_declarations + "\n" + PYTHON_START + python_loop + PYTHON_END}


CASES = [
    case("generic function of another cell",
         ["func horner<T: FloatingPoint>(_ coefficients: [T], _ x: T) -> T {\n"
          "  var sum: T = 0\n  for c in coefficients { sum = sum * x + c }\n  return sum\n}",
          "let coefficients = [1.0, -2.0, 3.0, 0.5]"],
         "var total = 0.0\nfor i in 0..<3_000_000 { total += horner(coefficients, Double(i) * 1e-7) }\nprecondition(total > 0)",
         "coefficients = [1.0, -2.0, 3.0, 0.5]\ndef horner(coefficients, x):\n    sum = 0.0\n    for c in coefficients: sum = sum * x + c\n"
         "    return sum",
         "total = 0.0\nfor i in range(3_000_000): total += horner(coefficients, i * 1e-7)"),
    case("generic struct of another cell",
         ["struct Grid<T> {\n  var width: Int\n  var cells: [T]\n  subscript(x: Int, y: Int) -> T {\n"
          "    get { cells[y * width + x] }\n    set { cells[y * width + x] = newValue }\n  }\n}",
          "var grid = Grid(width: 1000, cells: Array(repeating: 1.0, count: 1_000_000))"],
         "for _ in 0..<5 {\n  for y in 1..<1000 {\n    for x in 1..<1000 { grid[x, y] = (grid[x - 1, y] + grid[x, y - 1]) / 2 }\n  }\n}",
         "class Grid:\n    def __init__(self, width, cells): self.width, self.cells = width, cells\n"
         "    def __getitem__(self, p): return self.cells[p[1] * self.width + p[0]]\n"
         "    def __setitem__(self, p, v): self.cells[p[1] * self.width + p[0]] = v\n"
         "grid = Grid(1000, [1.0] * 1_000_000)",
         "for _ in range(5):\n    for y in range(1, 1000):\n        for x in range(1, 1000): grid[x, y] = (grid[x - 1, y] + grid[x, y - 1]) / 2"),
    case("class of another cell",
         ["final class Counter {\n  var count = 0\n  func add(_ n: Int) { count += n & 3 }\n}\nlet counter = Counter()"],
         "for i in 0..<20_000_000 { counter.add(i) }\nprecondition(counter.count > 0)",
         "class Counter:\n    def __init__(self): self.count = 0\n    def add(self, n): self.count += n & 3\ncounter = Counter()",
         "for i in range(20_000_000): counter.add(i)"),
    case("recursion",
         ["func fibonacci(_ n: Int) -> Int { n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2) }"],
         "precondition(fibonacci(32) > 0)",
         "def fibonacci(n): return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)", "fibonacci(32)"),
    case("global sum, for",
         ["var sum = 0.0"],
         "for i in 0..<20_000_000 { sum += Double(i) * 0.5 }\nprecondition(sum > 0)",
         "sum = 0.0", "for i in range(20_000_000): sum += i * 0.5"),
    case("global sum, while",
         ["var state = 1\nvar steps = 0"],
         "while steps < 20_000_000 {\n  state = (state &* 1_103_515_245 &+ 12345) & 0x7fff_ffff\n  steps += 1\n}\nprecondition(state != 7)",
         "state = 1\nsteps = 0",
         "while steps < 20_000_000:\n    state = (state * 1_103_515_245 + 12345) & 0x7fffffff\n    steps += 1"),
    case("global array, element by element",
         ["var values = Array(repeating: 1.5, count: 1_000_000)"],
         "for _ in 0..<20 {\n  for i in 0..<values.count { values[i] = values[i] * 0.5 + 1 }\n}",
         "values = [1.5] * 1_000_000",
         "for _ in range(20):\n    for i in range(len(values)): values[i] = values[i] * 0.5 + 1"),
    case("global array, appending",
         ["var squares: [Int] = []"],
         "for i in 0..<5_000_000 { squares.append(i &* i) }\nprecondition(squares.count > 0)",
         "squares = []", "for i in range(5_000_000): squares.append(i * i)"),
    case("global dictionary, counting",
         ["var counts: [Int: Int] = [:]"],
         "for i in 0..<2_000_000 { counts[i &* 7919 % 5000, default: 0] += 1 }\nprecondition(counts.count == 5000)",
         "from collections import defaultdict\ncounts = defaultdict(int)",
         "for i in range(2_000_000): counts[i * 7919 % 5000] += 1"),
    case("matrix product, global arrays",
         ["let n = 200\nlet left = (0..<n * n).map(Double.init)\nlet right = left.map { $0 * 0.5 }\n"
          "var product = Array(repeating: 0.0, count: n * n)"],
         "for i in 0..<n {\n  for j in 0..<n {\n    var sum = 0.0\n    for k in 0..<n { sum += left[i * n + k] * right[k * n + j] }\n"
         "    product[i * n + j] = sum\n  }\n}",
         "n = 200\nleft = [float(i) for i in range(n * n)]\nright = [v * 0.5 for v in left]\nproduct = [0.0] * (n * n)",
         "for i in range(n):\n    for j in range(n):\n        total = 0.0\n        for k in range(n): total += left[i * n + k] * right[k * n + j]\n"
         "        product[i * n + j] = total"),
    case("sorting, own order",
         ["struct Reading {\n  var day: Int\n  var celsius: Double\n}",
          "let readings = (0..<300_000).map { Reading(day: $0 &* 7919 % 300_007, celsius: Double($0 &* 104_729 % 300_007)) }"],
         "let byDay = readings.sorted { $0.day < $1.day }\nlet byWarmth = readings.map(\\.celsius).sorted()\n"
         "precondition(byDay.count == byWarmth.count)",
         "readings = [(i * 7919 % 300_007, float(i * 104_729 % 300_007)) for i in range(300_000)]",
         "by_day = sorted(readings, key=lambda r: r[0])\nby_warmth = sorted([r[1] for r in readings])"),
    case("toolkit: matrix elements",
         ["import Martlet", "let matrix = Matrix((0..<250_000).map(Double.init), shape: [500, 500])"],
         "var trace = 0.0\nfor _ in 0..<4 {\n  for i in 0..<500 {\n    for j in 0..<500 { trace += matrix[i, j] }\n  }\n}\nprecondition(trace > 0)",
         "matrix = [[float(i * 500 + j) for j in range(500)] for i in range(500)]",
         "trace = 0.0\nfor _ in range(4):\n    for i in range(500):\n        for j in range(500): trace += matrix[i][j]"),
]

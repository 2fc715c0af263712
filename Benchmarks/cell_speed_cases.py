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
    case("generic function, inlined",
         ["func blend<T: FloatingPoint>(_ a: T, _ b: T, _ part: T) -> T { a + (b - a) * part }"],
         "var level = 0.0\nfor i in 0..<20_000_000 { level = blend(level, Double(i), 0.25) }\nprecondition(level > 0)",
         "def blend(a, b, part): return a + (b - a) * part",
         "level = 0.0\nfor i in range(20_000_000): level = blend(level, i, 0.25)"),
    case("generic function, vectorised",
         ["func clamped<T: Comparable>(_ x: T, _ low: T, _ high: T) -> T { x < low ? low : x > high ? high : x }",
          "var signal = (0..<1_000_000).map { Int32(truncatingIfNeeded: $0 &* 7919) }"],
         "for _ in 0..<20 {\n  for i in 0..<signal.count { signal[i] = clamped(signal[i] &+ 1, -1_000_000, 1_000_000) }\n}",
         "signal = [i * 7919 % 2**31 for i in range(1_000_000)]\n"
         "def clamped(x, low, high): return low if x < low else high if x > high else x",
         "for _ in range(20):\n    for i in range(len(signal)): signal[i] = clamped(signal[i] + 1, -1_000_000, 1_000_000)"),
    case("generic function over a user's type",
         ["protocol Shape { var area: Double { get } }\n"
          "struct Circle: Shape { var radius: Double; var area: Double { 3.14159 * radius * radius } }",
          "func totalArea<S: Shape>(_ shapes: [S]) -> Double {\n  var total = 0.0\n  for shape in shapes { total += shape.area }\n  return total\n}",
          "let circles = (0..<100).map { Circle(radius: Double($0)) }"],
         "var sum = 0.0\nfor _ in 0..<200_000 { sum += totalArea(circles) }\nprecondition(sum > 0)",
         "class Circle:\n    def __init__(self, radius): self.radius = radius\n    @property\n    def area(self): return 3.14159 * self.radius ** 2\n"
         "def total_area(shapes):\n    total = 0.0\n    for s in shapes: total += s.area\n    return total\ncircles = [Circle(i) for i in range(100)]",
         "total = 0.0\nfor _ in range(200_000): total += total_area(circles)"),
    case("struct with operators of another cell",
         ["struct Vector { var x = 0.0, y = 0.0, z = 0.0 }\n"
          "func + (a: Vector, b: Vector) -> Vector { Vector(x: a.x + b.x, y: a.y + b.y, z: a.z + b.z) }\n"
          "func * (a: Double, b: Vector) -> Vector { Vector(x: a * b.x, y: a * b.y, z: a * b.z) }",
          "var place = Vector()\nvar speed = Vector(x: 1, y: 2, z: 3)"],
         "for _ in 0..<10_000_000 {\n  place = place + 0.001 * speed\n  speed = speed + (-0.001) * place\n}\nprecondition(place.x < 100)",
         "class Vector:\n    def __init__(self, x=0.0, y=0.0, z=0.0): self.x, self.y, self.z = x, y, z\n"
         "    def __add__(self, b): return Vector(self.x + b.x, self.y + b.y, self.z + b.z)\n"
         "    def __rmul__(self, a): return Vector(a * self.x, a * self.y, a * self.z)\nplace, speed = Vector(), Vector(1, 2, 3)",
         "for _ in range(10_000_000):\n    place = place + 0.001 * speed\n    speed = speed + (-0.001) * place"),
    case("closure of another cell",
         ["let step = { (x: Double) in x * 0.5 + 1 }"],
         "var y = 0.0\nfor _ in 0..<20_000_000 { y = step(y) }\nprecondition(y > 0)",
         "step = lambda x: x * 0.5 + 1", "y = 0.0\nfor _ in range(20_000_000): y = step(y)"),
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
    case("global array, while",
         ["let prices = (0..<1_000_000).map { Double($0 &* 7919 % 1000) }\nvar highest = 0.0\nvar place = 0"],
         "for _ in 0..<20 {\n  place = 0\n  while place < prices.count {\n    if prices[place] > highest { highest = prices[place] }\n"
         "    place += 1\n  }\n}\nprecondition(highest > 0)",
         "prices = [float(i * 7919 % 1000) for i in range(1_000_000)]\nhighest = 0.0",
         "for _ in range(20):\n    place = 0\n    while place < len(prices):\n        if prices[place] > highest: highest = prices[place]\n"
         "        place += 1"),
    case("sieve of primes",
         ["let limit = 5_000_000\nvar isPrime = Array(repeating: true, count: limit + 1)"],
         "var divisor = 2\nwhile divisor * divisor <= limit {\n  if isPrime[divisor] {\n    var multiple = divisor * divisor\n"
         "    while multiple <= limit {\n      isPrime[multiple] = false\n      multiple += divisor\n    }\n  }\n  divisor += 1\n}",
         "limit = 5_000_000\nis_prime = [True] * (limit + 1)",
         "divisor = 2\nwhile divisor * divisor <= limit:\n    if is_prime[divisor]:\n        multiple = divisor * divisor\n"
         "        while multiple <= limit:\n            is_prime[multiple] = False\n            multiple += divisor\n    divisor += 1"),
    case("Collatz, a while in a for",
         ["var longest = 0"],
         "for n in 1..<300_000 {\n  var m = n\n  var steps = 0\n  while m != 1 {\n    m = m & 1 == 0 ? m / 2 : 3 * m + 1\n    steps += 1\n  }\n"
         "  longest = max(longest, steps)\n}",
         "longest = 0",
         "for n in range(1, 300_000):\n    m, steps = n, 0\n    while m != 1:\n        m = m // 2 if m & 1 == 0 else 3 * m + 1\n        steps += 1\n"
         "    longest = max(longest, steps)"),
    case("short inner loops",
         ["let width = 5\nlet weights = [0.1, 0.2, 0.4, 0.2, 0.1]\nlet samples = (0..<1_000_000).map { Double($0 % 100) }\n"
          "var smooth = Array(repeating: 0.0, count: samples.count)"],
         "for i in 0..<samples.count - width {\n  var sum = 0.0\n  for j in 0..<width { sum += weights[j] * samples[i + j] }\n  smooth[i] = sum\n}",
         "width = 5\nweights = [0.1, 0.2, 0.4, 0.2, 0.1]\nsamples = [float(i % 100) for i in range(1_000_000)]\nsmooth = [0.0] * len(samples)",
         "for i in range(len(samples) - width):\n    total = 0.0\n    for j in range(width): total += weights[j] * samples[i + j]\n"
         "    smooth[i] = total"),
    case("strides and reversed ranges",
         ["var checksum = 0"],
         "for i in stride(from: 0, to: 60_000_000, by: 3) { checksum = (checksum ^ i) &* 31 }\n"
         "for i in (0..<20_000_000).reversed() { checksum = (checksum ^ i) &* 31 }",
         "checksum = 0",
         "for i in range(0, 60_000_000, 3): checksum = (checksum ^ i) * 31 & 0xffffffff\n"
         "for i in reversed(range(20_000_000)): checksum = (checksum ^ i) * 31 & 0xffffffff"),
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
    case("toolkit: rows by a closure",
         ["import Martlet", "let ages = try DataFrame(Column(\"age\", (0..<300_000).map { Double($0 % 90) }))"],
         "let grown = ages.filter { ($0.number(\"age\") ?? 0) > 30 }\nprecondition(grown.rowCount > 0)",
         "ages = [{'age': float(i % 90)} for i in range(300_000)]",
         "grown = [row for row in ages if (row['age'] or 0) > 30]"),
    case("toolkit: generics over a user's type",
         ["import Martlet", "enum Species: Int, Hashable { case oak, elm, ash }\n"
          "let seen = (0..<1_000_000).map { Species(rawValue: $0 % 3)! }\nlet guessed = (0..<1_000_000).map { Species(rawValue: $0 % 2)! }"],
         "var share = 0.0\nfor _ in 0..<5 { share += accuracy(predicted: guessed, actual: seen) }\n"
         "var random = PCG64(seed: 1)\nvar shuffled = seen\nrandom.shuffle(&shuffled)\nprecondition(share > 0)",
         "import random\nseen = [i % 3 for i in range(1_000_000)]\nguessed = [i % 2 for i in range(1_000_000)]",
         "for _ in range(5): share = sum(a == b for a, b in zip(guessed, seen)) / len(seen)\nrandom.shuffle(seen)"),
    case("toolkit: mapping a tensor",
         ["import Martlet", "let grid = Matrix((0..<1_000_000).map(Double.init), shape: [1000, 1000])\n"
          "func squashed<T: FloatingPoint>(_ x: T) -> T { x / (1 + abs(x)) }"],
         "var bent = grid\nfor _ in 0..<5 { bent = bent.map { squashed($0) } }\nprecondition(bent[1, 1] > 0)",
         "grid = [float(i) for i in range(1_000_000)]\ndef squashed(x): return x / (1 + abs(x))",
         "for _ in range(5): grid = [squashed(x) for x in grid]"),
]

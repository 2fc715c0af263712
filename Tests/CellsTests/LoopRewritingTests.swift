import Cells
import Testing

/// Where loops are asked whether they are to stop: between stretches, at each pass, or not at all.
@Suite struct LoopRewritingTests {
  enum Polling: String, CustomStringConvertible {
    case never, stretches, stretchesOfFew, eachPass
    var description: String { rawValue }
  }

  /// How the outermost loop of a cell is polled.
  private func polling(_ cell: String, after earlier: [String] = []) -> Polling {
    let text = CellRewriter.text(of: cell, after: earlier).replacing(/_martletEach\(([^)]*)\)/) { $0.1 }
    let head = cell.prefix { $0 != "{" }
    if text.hasPrefix(head + "{ let _: Void = martlet_poll();") { return .eachPass }
    if text.contains("_martletStretches(") || text.contains("_martletPaces(") {
      return text.contains("512)") ? .stretches : .stretchesOfFew
    }
    return .never
  }

  @Test(arguments: [
    "for i in 0..<n { sum += Double(i) * 0.5 }",
    "for i in 1...n where i.isMultiple(of: 3) { sum += sqrt(Double(i)) }",
    "for i in 0..<n { values[i] = max(values[i], 0); bits &= UInt8(truncatingIfNeeded: i) }",
    "for i in 0..<n { squares.append(i * i) }",
    "for i in 0..<n { for j in 0..<3 { sum += i * j } }",
    "while steps < n { steps += 1 }",
    "while true { steps += 1; if steps > n { break } }",
    "while let last = stack.popLast() { sum += last }",
    "while steps < n,\n      sum < 10 { steps += 1 }",
  ]) func `a loop of nothing but operators and quick calls is cut into stretches`(_ cell: String) {
    #expect(polling(cell) == .stretches, "\(CellRewriter.text(of: cell))")
  }

  @Test(arguments: [
    "for i in 0..<n { work(i) }", "while ready() { }", "while let line = readLine() { count += 1 }",
    "for i in 0..<n { total += counts.max()! }", "for i in 0..<n { text += String(i, radix: 2) }",
    "for i in 0..<n { for j in 0..<n { sum += i * j } }", "for x in make() { sum += x }", "for i in 0... { sum += i }",
    "for x in xs { work(x) }", "repeat { steps += 1 } while steps < n",
    "for i in 0..<n { numbers.append(contentsOf: more) }", "for i in 0..<n { values.sort { $0 < $1 } }",
    "while true { await next() }",
  ]) func `a loop that calls what is not known, or has inner loops, is polled at each pass`(_ cell: String) {
    #expect(polling(cell) == .eachPass, "\(CellRewriter.text(of: cell))")
  }

  @Test(arguments: [
    "let text = \"a\"", "var text: [Int] = []", "var text = String(repeating: \"a\", count: 9)",
    "let text = Matrix.zeros(9, 9)",
    "var text = [Double](repeating: 0, count: 9)", "let text: Set<Int> = [1]",
  ]) func `a loop with operators on texts, collections and tensors is polled at each pass`(_ declaration: String) {
    #expect(polling("for i in 0..<n { found = text + text == other }", after: [declaration]) == .eachPass)
    #expect(polling("while i < n { i += text == other ? 1 : 2 }", after: [declaration]) == .eachPass)
    #expect(polling("for i in 0..<n { sum += text[i] + text.count }", after: [declaration]) == .stretches)
    // Another variable of the name.
    let function = "func f() { let text = 1; for i in 0..<n { sum += text } }"
    #expect(CellRewriter.text(of: function, after: [declaration]).contains("_martletStretches"))
  }

  @Test func `adding to a text is polled, comparing with a literal is not`() {
    #expect(polling("for i in 0..<n { line += \"x\" }") == .eachPass)
    #expect(polling("for i in 0..<n { all = all + [i] }") == .eachPass)
    #expect(polling("for i in 0..<n { if letters[i] == \"x\" { count += 1 } }") == .stretches)
  }

  @Test(arguments: ["for i in 0..<3 { sum += i }", "for x in xs { sum += x }", "for (i, x) in pairs { sum += i * x }"])
  func `a loop with an end that is near is not polled`(_ cell: String) {
    #expect(polling(cell) == .never)
  }

  @Test(arguments: [
    ("for x in xs { sum += x }", "for x in _martletEach(xs) { sum += x }"),
    ("for x in a.b.c { sum += x }", "for x in _martletEach(a.b.c) { sum += x }"),
    ("for case let x? in self.items where x > 0 { }", "for case let x? in _martletEach(self.items) where x > 0 { }"),
    ("for i in 0..<3 { sum += i }", "for i in _martletEach(0..<3) { sum += i }"),
    ("for i in a...b { work(i) }", "for i in _martletEach(a...b) { let _: Void = martlet_poll(); work(i) }"),
    ("for i in a..<b { sum += i }", "for i in _martletEach(_martletStretch) { sum += i }"),
    ("for (i, x) in xs.enumerated() { work(x) }", "for (i, x) in _martletEach(xs.enumerated()) {"),
    ("for (x, y) in zip(xs, f(ys)) { work(x) }", "for (x, y) in _martletEach(zip(xs, f(ys))) {"),
    ("for x in f().sorted(by: <) { work(x) }", "for x in _martletEach(f().sorted(by: <)) {"),
    ("outer: for x in xs { for y in x.parts { break outer } }", "for y in _martletEach(x.parts) {"),
  ]) func `a loop over what can be one thing only may go through its own iterator`(_ cell: String, _ rewritten: String)
  {
    #expect(CellRewriter.text(of: cell).contains(rewritten), "\(CellRewriter.text(of: cell))")
  }

  @Test(arguments: [
    "for x in xs.reversed() { work(x) }", "for x in xs.lazy.map(f) { work(x) }", "for x in xs.dropFirst() { work(x) }",
    "for x in make() { work(x) }", "for x in [1, 2] { work(x) }", "for x: UInt8 in xs { work(x) }",
    "for await x in xs { work(x) }", "for try await x in xs { work(x) }", "for x in xs[1...] { work(x) }",
    "for x in a ? xs : ys { work(x) }", "for x in xs! { work(x) }", "for x in .sorted() { work(x) }",
    "for i in 0... { work(i) }",
  ]) func `a loop over what could be several things is left as it is`(_ cell: String) {
    #expect(!CellRewriter.text(of: cell).contains("_martletEach"), "\(CellRewriter.text(of: cell))")
  }

  @Test func `a labelled loop over a range keeps its label and is polled at each pass`() {
    let text = CellRewriter.text(of: "outer: for i in 0..<n { sum += i }")
    #expect(text == "outer: for i in _martletEach(0..<n) { let _: Void = martlet_poll(); sum += i }")
  }

  @Test(arguments: [
    "func add(_ a: Int, _ b: Int) -> Int { a + b }",
    "struct Sum { var value = Double(0); mutating func add(_ a: Int, _ b: Int) { value += Double(a * b) } }",
    "func twice(_ a: Int) -> Int { 2 * a }\nfunc add(_ a: Int, _ b: Int) -> Int { twice(a) + b }",
    "func add<T: FloatingPoint>(_ xs: [T], _ x: T) -> T { var sum: T = 0; for y in xs { sum = sum * x + y }; return sum }",
    "enum Step { case add(Int, Int), stop }",
    "struct add { var a: Int; init(_ a: Int, _ b: Int) { self.a = a + b } }",
  ]) func `a loop may call the brief functions of earlier cells`(_ earlier: String) {
    let loop = "for i in 0..<n { sum += x.add(i, 1) }"
    #expect(polling(loop, after: [earlier]) == .stretchesOfFew)
    #expect(polling(earlier.replacing("\n", with: "; ") + "\n" + loop) == .stretchesOfFew)
    #expect(polling(loop) == .eachPass)
  }

  @Test(arguments: [
    "func add(_ a: Int, _ b: Int) -> Int { print(a); return b }",
    "func add(_ a: Int, _ b: Int) -> Int { a == 0 ? b : add(a - 1, b) }",
    "func add(_ a: Int, _ b: Int) -> Int { var s = 0; for i in 0..<a { s += i }; return s }",
    "func add(_ a: Int, _ b: Int) -> Int { other(a) }\nfunc other(_ a: Int) -> Int { add(a, 1) }",
    "protocol Adding { func add(_ a: Int, _ b: Int) -> Int }",
    "let add = { (a: Int, b: Int) in a + b }",
  ]) func `a function that calls the unknown, itself, or loops is not brief`(_ earlier: String) {
    #expect(polling("for i in 0..<n { sum += add(i, 1) }", after: [earlier]) == .eachPass)
  }

  @Test func `one long function of a name makes the name long`() {
    let brief = "func add(_ a: Int) -> Int { a + 1 }"
    let long = "func add(_ a: String) { print(a) }"
    let loop = "for i in 0..<n { sum += add(i) }"
    #expect(polling(loop, after: [brief, "let x = 1"]) == .stretchesOfFew)
    #expect(polling(loop, after: [brief, long]) == .eachPass)
    #expect(polling(loop, after: [long, brief]) == .eachPass)
    #expect(
      polling(long + "\n" + loop, after: [brief]) == .eachPass || polling(loop, after: [brief, long]) == .eachPass)
  }

  @Test func `what a while becomes`() {
    #expect(
      CellRewriter.text(of: "while i < n { if i == 5 { break }; i += 2 }") == """
        _martletLoop0: while true { for var _martletPasses in _martletPaces(512) { let _: Void = martlet_poll(); \
        while _martletPasses > 0, i < n { _martletPasses &-= 1; if i == 5 { break _martletLoop0 }; i += 2 }; \
        if _martletPasses > 0 { break _martletLoop0 } } }
        """)
  }

  @Test func `what a while becomes that counts by hand`() {
    let loop = "while i < n { if xs[i] == 5 { break }; i += 1 }"
    let cut = """
      _martletLoop0: for _martletMost in _martletPaces(512) { let _: Void = martlet_poll(); \
      let _martletStretch = _martletPasses(i, n, _martletMost); \
      for _martletPass in _martletStretch.passes { _martletCount(&i, _martletPass, false); \
      if xs[i] == 5 { break _martletLoop0 }; i += 1 }; \
      if _martletStretch.isLast { break _martletLoop0 } }
      """
    #expect(CellRewriter.text(of: loop, after: ["var i = 0, other = 1", "let n = 9"]) == cut)
    #expect(CellRewriter.text(of: "let (n, m) = (9, 8)\nvar i = 0\n" + loop).contains("_martletPasses(i, n,"))
    #expect(CellRewriter.text(of: "func f(n: Int) { var i = 0; \(loop) }").contains("_martletPasses(i, n,"))
  }

  @Test(arguments: [
    "var n = 9", "var n: Int { 9 }", "var i: Int { get { 1 } set {} }", "var i = 0 { didSet { print(i) } }",
    "let i = 0",
    "@Wrapped var i = 0", "lazy var i = 0", "struct S { let n = 9 }\nextension S { func f() { LOOP } }",
    "func f(n: inout Int) { LOOP }", "func f() { for n in [1, 2] { LOOP } }", "func f() { if let n { LOOP } }",
    "let f = { n in LOOP }",
  ]) func `a while is not taken for one that counts when its names could stand for something else`(
    _ declaration: String
  ) {
    let loop = "while i < n { sum += 1; i += 1 }"
    let earlier = "var i = 0\nlet n = 9"
    let cell = declaration.contains("LOOP") ? declaration.replacing("LOOP", with: loop) : declaration + "\n" + loop
    #expect(!CellRewriter.text(of: cell, after: [earlier]).contains("_martletPasses(i"), "\(cell)")
  }

  @Test func `a while may count up to the number of elements of a constant`() {
    let earlier = ["var i = 0, sum = 0", "let xs = [1, 2]\nvar ys = [1, 2]"]
    #expect(
      CellRewriter.text(of: "while i < xs.count { sum += xs[i]; ys[i] = xs[i] * 2; i += 1 }", after: earlier).contains(
        "_martletPasses(i, xs.count, _martletMost, xs)"))
    for loop in [
      "while i < ys.count { sum += ys[i]; i += 1 }", "while i < xs.count { xs[i] = 0; i += 1 }",
      "while i < xs.count { xs.last = nil; i += 1 }", "while i < xs.count { other.rest = 0; i += 1 }",
      "while i < xs.count { xs.popLast(); i += 1 }", "while i < xs.count { let ys = xs; i += 1 }",
    ] {
      #expect(!CellRewriter.text(of: loop, after: earlier).contains("_martletPasses(i"), "\(loop)")
    }
  }

  @Test(arguments: [
    ("i = 0; LOOP", "true, xs"), ("var i = 3, j = 1; LOOP", "true, xs"), ("i = start; LOOP", "false, xs"),
    ("i = -1; LOOP", "false, xs"), ("LOOP", "false, xs"), ("i = 0; j = 1; LOOP", "false, xs"),
    ("j = 0; LOOP", "false, xs"), ("i += 1; LOOP", "false, xs"), ("let i = 0; LOOP", nil),
  ]) func `a while that counts by hand says where it starts`(_ cell: String, _ said: String?) {
    let text = CellRewriter.text(
      of: cell.replacing("LOOP", with: "while i < xs.count { sum += xs[i]; i += 1 }"),
      after: ["var i = 0, j = 0, sum = 0", "let xs = [1, 2]"])
    #expect(
      said.map { text.contains("_martletCount(&i, _martletPass, \($0));") } ?? !text.contains("_martletCount"),
      "\(text)")
  }

  @Test(arguments: [
    "while i < 9 { i += 2 }", "while i < 9 { i += 1; i += 1 }", "while i < 9 { if odd { continue }; i += 1 }",
    "while i < 9 { if odd { i += 1 } }", "while i < 9 { swap(&i, &j); i += 1 }", "while i < 9 { i.negate(); i += 1 }",
    "while i < 9 { (i, j) = (j, i); i += 1 }", "while i < 9 { step(); i += 1 }", "while i <= 9 { i += 1 }",
    "while i < i + 1 { i += 1 }", "while i < values.count { i += 1 }", "while i < 9 { self.i = 3; i += 1 }",
  ]) func `a while is not taken for one that counts when something else may change the count`(_ loop: String) {
    let text = CellRewriter.text(of: loop, after: ["var i = 0", "func step() { i += 1 }"])
    #expect(!text.contains("_martletPasses(i"), "\(text)")
  }

  @Test func `a while without an end stays one without an end`() {
    #expect(
      CellRewriter.text(of: "while true { i += 1 }") == """
        while true { for var _martletPasses in _martletPaces(512) { let _: Void = martlet_poll(); \
        while _martletPasses > 0, true { _martletPasses &-= 1; i += 1 } } }
        """)
  }

  @Test func `breaks of inner loops and switches stay with them`() {
    let text = CellRewriter.text(
      of: "while i < n { for x in xs { if x > i { break } }; switch i { case 1: break; default: i += 1 } }")
    #expect(text.contains("if x > i { break }") && text.contains("case 1: break;"))
  }

  @Test(arguments: [
    "build { for i in 0..<n { \"row\" } }", "build { for i in 0..<n { if i > 2 { text } } }",
    "build { for i in 0..<n { Row(i) } }", "@Rows var rows: [Row] { for i in 0..<n { Row(i) } }",
  ]) func `a loop that a result builder may collect is not cut`(_ cell: String) {
    let text = CellRewriter.text(of: cell, after: ["struct Row { var i: Int; init(_ i: Int) { self.i = i } }"])
    #expect(
      !text.contains("_martletStretches")
        && text.contains("for i in 0..<n { let _: Void = martlet_poll();"))
  }

  @Test func `functions that call each other are polled, and those that only call them are not`() {
    let text = CellRewriter.text(
      of: """
        func even(_ n: Int) -> Bool { n == 0 ? true : odd(n - 1) }
        func odd(_ n: Int) -> Bool { n == 0 ? false : third(n) }
        func third(_ n: Int) -> Bool { even(n - 1) }
        func start() -> Bool { even(7) }
        """)
    #expect(
      text == """
        func even(_ n: Int) -> Bool { let _: Void = martlet_poll(); return n == 0 ? true : odd(n - 1) }
        func odd(_ n: Int) -> Bool { let _: Void = martlet_poll(); return n == 0 ? false : third(n) }
        func third(_ n: Int) -> Bool { let _: Void = martlet_poll(); return even(n - 1) }
        func start() -> Bool { even(7) }
        """)
  }
}

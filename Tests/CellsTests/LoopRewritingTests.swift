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
    let text = CellRewriter.text(of: cell, after: earlier)
    let opening = text.range(of: "{").map { text[$0.upperBound...] } ?? ""
    if text.contains("_martletStretches(") || text.contains("_martletPaces(") {
      return text.contains("512)") ? .stretches : .stretchesOfFew
    }
    return opening.hasPrefix(" let _: Void = martlet_poll();") ? .eachPass : .never
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

  @Test(arguments: ["for i in 0..<3 { sum += i }", "for x in xs { sum += x }", "for (i, x) in pairs { sum += i * x }"])
  func `a loop with an end that is near is not polled`(_ cell: String) {
    #expect(polling(cell) == .never)
  }

  @Test func `a labelled loop over a range keeps its label and is polled at each pass`() {
    let text = CellRewriter.text(of: "outer: for i in 0..<n { sum += i }")
    #expect(text == "outer: for i in 0..<n { let _: Void = martlet_poll(); sum += i }")
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
    let brief = "func add(_ a: Int) -> Int { a + 1 }", long = "func add(_ a: String) { print(a) }"
    let loop = "for i in 0..<n { sum += add(i) }"
    #expect(polling(loop, after: [brief, "let x = 1"]) == .stretchesOfFew)
    #expect(polling(loop, after: [brief, long]) == .eachPass)
    #expect(polling(loop, after: [long, brief]) == .eachPass)
    #expect(polling(long + "\n" + loop, after: [brief]) == .eachPass || polling(loop, after: [brief, long]) == .eachPass)
  }

  @Test func `what a while becomes`() {
    #expect(
      CellRewriter.text(of: "while i < n { if i == 5 { break }; i += 1 }") == """
        _martletLoop0: while true { for var _martletPasses in _martletPaces(512) { let _: Void = martlet_poll(); \
        while _martletPasses > 0, i < n { _martletPasses &-= 1; if i == 5 { break _martletLoop0 }; i += 1 }; \
        if _martletPasses > 0 { break _martletLoop0 } } }
        """)
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
    #expect(!text.contains("_martletStretches") && text.contains("for i in 0..<n { let _: Void = martlet_poll();"))
  }
}

import Cells
import Testing

/// Empty dictionaries and sets are made by the initializer that takes the compiler no time, where their type says what they are.
@Suite struct EmptyLiteralsTests {
  @Test(arguments: [
    ("var counts: [String: Int] = [:]", "var counts: [String: Int] = .init()"),
    ("let nested: [String: [Int: Double]] = [ : ]", "let nested: [String: [Int: Double]] = .init()"),
    ("var seen: Set<Int> = []", "var seen: Set<Int> = .init()"),
    (
      "struct Log { var lines: [Int: String] = [:], count = 0 }",
      "struct Log { var lines: [Int: String] = .init(), count = 0 }"
    ),
    ("func f() { let a: [Int: Int] = [:]; print(a) }", "func f() { let a: [Int: Int] = .init(); print(a) }"),
  ]) func `an empty literal becomes an initializer`(_ cell: String, _ rewritten: String) {
    #expect(CellRewriter.text(of: cell).contains(rewritten))
  }

  @Test(arguments: [
    "var counts: [String: Int] = [\"a\": 1]", "var numbers: [Int] = []", "var seen: Set<Int> = [1]",
    "var seen: Set = [1]",
    "var table: Table = [:]", "var table: [String: Int]? = [:]", "@Kept var counts: [String: Int] = [:]",
    "lazy var counts: [String: Int] = [:]",
  ]) func `anything else stays`(_ cell: String) {
    #expect(!CellRewriter.text(of: cell).contains(".init()"))
  }
}

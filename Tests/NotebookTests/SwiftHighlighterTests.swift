import Notebook
import Testing

@Suite("Swift in colour")
struct SwiftHighlighterTests {
  private func kinds(_ source: String) -> [String] {
    SwiftLexer.tokens(of: source).filter { $0.kind != .plain }.map { "\($0.kind) \($0.text)" }
  }

  @Test(arguments: [
    ("let x = 0x1F + 3.5e-3", ["keyword let", "number 0x1F", "number 3.5e-3"]),
    ("1..<n", ["number 1"]),
    ("x.default", []),
    ("self.init(a)", ["keyword self", "keyword init"]),
    ("/* a /* b */ c */ d", ["comment /* a /* b */ c */"]),
    ("\"a\\(b + \"c\")d\" // e", ["string \"a\\(", "string \"c\")d\"", "comment // e"]),
    ("#\"raw \\n \"# x", ["string #\"raw \\n \"#"]),
    ("\"\"\"\na \"b\"\n\"\"\"", ["string \"\"\"\na \"b\"\n\"\"\""]),
    ("@MainActor struct Point", ["attribute @MainActor", "keyword struct", "type Point"]),
    ("#if os(Linux)", ["directive #if", "type Linux"]),
    ("##if", ["directive #if"]),
    ("##\"a\"# b\"## c", ["string ##\"a\"# b\"##"]),
    ("copy[3] = 8", ["number 3", "number 8"]),
    ("let set = get in x", ["keyword let", "keyword in"]),
    ("copy x; await f()", ["keyword copy", "keyword await"]),
    ("var x: Int { get set }", ["keyword var", "type Int", "keyword get", "keyword set"]),
    ("`class`", []),
    ("\"unclosed", ["string \"unclosed"]),
  ])
  func stretches(source: String, expected: [String]) { #expect(kinds(source) == expected) }

  @Test func nothingIsLostOrAdded() {
    let sources = [
      "let s = \"\\(a(\"\\(b)\"))\" /* x", "\\(", "\"\\", "#\"\\#(", "🙂 'é' \r\n\t",
      String(repeating: "\"\\(", count: 10_000),
      // Took more than a minute when every # was looked at from each of them.
      String(repeating: "#", count: 200_000),
    ]
    for source in sources { #expect(SwiftLexer.tokens(of: source).map(\.text).joined() == source) }
  }

  @Test func sourceIsNoMarkup() {
    #expect(SwiftHighlighter.html("\"<script>\"") == "<span class=\"sw-string\">&quot;&lt;script&gt;&quot;</span>")
  }
}

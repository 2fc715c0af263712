import Cells
import Testing

/// What the compiler proposes is shown in one line, without an editor's marks.
@Suite struct FixItTests {
  @Test(arguments: [
    ("let", "let"), ("await ", "await "), ("default:\n<#code#>\n", "default: …"),
    ("case .red:\n<#code#>\ncase .green:\n<#code#>\n", "case .red: … case .green: …"),
    ("\n    func area() -> Double {\n        <#code#>\n    }\n", "func area() -> Double { … }"),
    (" ?? <#default value#>", " ?? <default value>"), ("f(<#T##count: Int##Int#>)", "f(<count: Int>)"),
    ("a <# b", "a <# b"), ("<##>", "…"),
  ]) func `a replacement is shown as people write it`(_ replacement: String, _ shown: String) {
    #expect(Diagnostic.FixIt(range: 0..<0, replacement: replacement).shownReplacement == shown)
  }
}

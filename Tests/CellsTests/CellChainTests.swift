import Cells
import Foundation
import Testing

@Suite struct CellChainTests {
  @Test func probe() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("chain-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let chain = CellChain(folder: folder, toolchain: try Toolchain.find(), installation: Installation(library: URL(fileURLWithPath: "/work/main/.build/martlet/lib/martlet")))
    var n = 0
    for text in ["var x = 10\nfunc f() -> Int { 1 }", "let x = x + 1\nx", "let s: String = x\nprint(s.foo, \"é😀\", nope)", "func f() -> String { \"a\" }", "let q = f().count; if let z = q { print(1) }", "guard let w = Int(\"3\") else { fatalError() }\nw", "struct P { var a = 1 }\nfunc g(_ p: P) -> P { p }", "struct P { var b = 1 }\nlet p: P = g(P())", "for i in 0..<10 { print(i) }\nwhile x > 100 { }\nfunc fib(_ n: Int) -> Int { n < 2 ? n : fib(n-1) + fib(n-2) }\nfib(10)", "import Foundation\nlet d = Date()\nlet v = await Task { 3 }.value\nasync let k = { 4 }()\nawait k + 1"] {
      n += 1
      do {
        let cell = try chain.compile(text, number: n)
        print("In[\(n)] ok", cell?.libraries ?? [])
        if let cell { chain.conclude(cell) }
      } catch CellError.diagnosed(let diagnostics, let text) {
        let r = DiagnosticRendering(label: "In[\(n)]", text: text)
        for d in diagnostics { for l in r.lines(for: d) { print(l) } }
      } catch { print("In[\(n)]", error) }
    }
  }
}

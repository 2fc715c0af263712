import Foundation
import Intelligence
import Session
import Testing

extension EngineTests {
  /// Completion and inspection in cells with commands.
  @Suite struct CommandAssistanceTests {
    /// The completions at the bar in a text.
    private func completions(_ marked: String, _ session: Session) throws -> (texts: [String], replaced: String) {
      let bar = try #require(marked.unicodeScalars.firstIndex(of: "|"))
      let offset = marked.unicodeScalars.distance(from: marked.unicodeScalars.startIndex, to: bar)
      let code = marked.replacing("|", with: "")
      let found = session.complete(code, at: offset)
      let scalars = Array(code.unicodeScalars)[found.replaced]
      return (found.completions.map(\.text), String(String.UnicodeScalarView(scalars)))
    }

    @Test func `names, arguments and the Swift in commands are completed`() throws {
      let driver = try CellDriver()
      let session = driver.session
      driver.run("let measurements = [1.0, 2.0]\nfunc measure() {}")

      #expect(try completions("%|", session).texts.contains("%time"))
      #expect(try completions("%|", session).texts.contains("%%bash"))
      #expect(try completions("let x = 1\n%|", session).texts.contains("%cd"))
      #expect(try completions("let x = 1\n%|", session).texts.contains("%%bash") == false)
      #expect(try completions("é\n%ti|", session) == (["%time", "%timeit"], "%ti"))
      #expect(try completions("%%t|", session) == (["%%time", "%%timeit"], "%%t"))
      #expect(try completions("%help pac|", session) == (["package"], "pac"))

      for code in ["%time measu|", "é()\n%timeit -n 10 measu|", "%%time\nmeasu|", "!ls\nmeasu|", "%type measu|"] {
        let (texts, replaced) = try completions(code, session)
        #expect(texts.contains("measurements") && replaced == "measu", "\(code): \(texts.prefix(5))")
      }
      #expect(try completions("%time measurements.|", session).texts.contains("count"))
    }

    @Test func `paths are completed where the cells are`() throws {
      let driver = try CellDriver()
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("paths-\(UUID().uuidString)")
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent("data/deep"), withIntermediateDirectories: true)
      try Data().write(to: folder.appendingPathComponent("data.csv"))
      try Data().write(to: folder.appendingPathComponent("data/my file.swift"))
      defer { try? FileManager.default.removeItem(at: folder) }
      driver.run("%cd \(folder.path)")
      let session = driver.session
      #expect(try completions("%cd da|", session) == (["data/"], "da"))
      #expect(try completions("%load da|", session) == (["data/", "data.csv"], "da"))
      #expect(try completions("%load data/|", session) == (["data/deep/", "data/my file.swift"], "data/"))
      #expect(try completions("!wc -l da|", session) == (["data/", "data.csv"], "da"))
      #expect(try completions("%%bash\ncat da|", session) == (["data/", "data.csv"], "da"))
      #expect(try completions("%cd \(folder.path)/da|", session).texts == ["\(folder.path)/data/"])
    }

    @Test func `a command is inspected like a name`() throws {
      let driver = try CellDriver()
      driver.run("/// How much.\nlet amount = 3")
      let command = try #require(driver.session.inspect("%timeit amount", at: 3))
      #expect(command.markdown.contains("%timeit [-n LOOPS]"))
      let value = try #require(driver.session.inspect("%timeit amount", at: 12))
      #expect(value.markdown.contains("How much."))
    }
  }
}

import Foundation
import Session
import Testing

extension EngineTests {
  @Suite struct OutputOrderTests {
    @Test func `output arrives while the cell runs`() throws {
      let driver = try CellDriver()
      let run = driver.run("import Foundation\nprint(\"early\")\nThread.sleep(forTimeInterval: 0.6)\nprint(\"late\")")
      let times = ["early", "late"].compactMap { word in
        run.log.entries.first { if case .stream(_, let text) = $0.event { text.contains(word) } else { false } }?.time
      }
      try #require(times.count == 2)
      #expect(times[0].duration(to: times[1]) > .milliseconds(300))
    }

    @Test func `printed text, displays and the result keep their order`() throws {
      let driver = try CellDriver()
      let run = driver.run(
        "import Martlet\nprint(\"one\")\ndisplay(\"two\")\nprint(\"three\")\ndisplay(\"four\")\n\"five\"")
      let shown = run.log.events.map { event in
        switch event {
        case .stream(_, let text): text.trimmingCharacters(in: .whitespacesAndNewlines)
        case .display(let output), .updateDisplay(let output), .result(let output): output.plainText
        case .clearOutput: "clear"
        case .page, .setNextInput: "request"
        }
      }
      #expect(shown == ["one", "\"two\"", "three", "\"four\"", "\"five\""])
    }

    @Test func `both streams keep their own order`() throws {
      let driver = try CellDriver()
      let run = driver.run("import Glibc\nfor i in 1...200 { print(i); fputs(\"\\(-i)\\n\", stderr) }")
      #expect(run.log.text(of: .standardOutput) == (1...200).map { "\($0)\n" }.joined())
      #expect(run.log.text(of: .standardError) == (1...200).map { "\(-$0)\n" }.joined())
    }

    @Test func `clearing comes between what it removes and what follows`() throws {
      let driver = try CellDriver()
      let run = driver.run("import Martlet\nprint(\"gone\")\nclearOutput(wait: true)\nprint(\"stays\")")
      let clear = run.log.events.firstIndex { if case .clearOutput(wait: true) = $0 { true } else { false } }
      let stays = run.log.events.firstIndex {
        if case .stream(_, let text) = $0 { text.contains("stays") } else { false }
      }
      #expect(try #require(clear) < #require(stays))
    }

    @Test func `late output goes to the cell that started the work`() throws {
      let driver = try CellDriver()
      let first = driver.run(
        "import Foundation\nThread.detachNewThread { Thread.sleep(forTimeInterval: 0.4); print(\"from the background\") }"
      )
      #expect(first.failure == nil)
      #expect(first.log.waitForOutput(containing: "from the background", within: .seconds(5)))
    }

    @Test func `a million lines arrive complete`() throws {
      let driver = try CellDriver()
      let run = driver.run("for i in 0..<1_000_000 { print(i) }")
      let text = run.log.text(of: .standardOutput)
      #expect(text.utf8.count { $0 == UInt8(ascii: "\n") } == 1_000_000)
      #expect(text.hasPrefix("0\n1\n2\n") && text.hasSuffix("999998\n999999\n"))
    }

    @Test func `a character that is written in two parts arrives whole`() throws {
      let driver = try CellDriver()
      let run = driver.run(
        """
        import Glibc
        let bytes = Array("é🐦\\n".utf8)
        for byte in bytes { withUnsafeBytes(of: byte) { _ = write(1, $0.baseAddress, 1) }; usleep(20_000) }
        """)
      #expect(run.log.text(of: .standardOutput) == "é🐦\n")
    }
  }
}

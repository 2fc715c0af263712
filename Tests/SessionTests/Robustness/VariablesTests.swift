import Foundation
import Session
import Synchronization
import Testing

extension EngineTests {
  /// The variables of a session: which there are, what is said of them, and when.
  @Suite struct VariablesTests {
    private func table(_ driver: CellDriver) -> [String: String] {
      Dictionary(
        uniqueKeysWithValues: driver.session.variables().map { ($0.name, "\($0.typeAndShape) = \($0.value)") })
    }

    @Test func `the newest version of each name is listed, with its cell`() throws {
      let driver = try CellDriver()
      #expect(driver.session.variables().isEmpty)
      driver.run("let a = 1\nlet b = \"x\"")
      driver.run("let a = [1.5, 2]\nfunc f() {}\nstruct S {}")
      let variables = driver.session.variables()
      #expect(variables.map(\.name) == ["a", "b"])
      #expect(variables.map(\.typeAndShape) == ["[Double] (2)", "String"])
      #expect(variables.map(\.value) == ["[1.5, 2.0]", #""x""#])
      #expect(variables.map(\.cell) == [2, 1])
      #expect(variables[0].shape == [2])
    }

    @Test func `values are those of now`() throws {
      let driver = try CellDriver()
      driver.run("var n = 1")
      #expect(table(driver) == ["n": "Int = 1"])
      driver.run("n += 41")
      #expect(table(driver) == ["n": "Int = 42"])
    }

    @Test func `a cell that stopped leaves those that have a value`() throws {
      let driver = try CellDriver()
      driver.run("let before = 1\nlet failing = [1][before]\nlet after = 2")
      #expect(table(driver) == ["before": "Int = 1"])
      driver.run("let before = missing")
      #expect(table(driver) == ["before": "Int = 1"])
    }

    @Test func `values that come later are not forced`() throws {
      let driver = try CellDriver()
      driver.run(
        "var made = 0\nlazy var late: Int = { made += 1; return 5 }()\nfunc slow() async -> Int { 3 }\nasync let task = slow()"
      )
      #expect(table(driver)["late"] == "Int = (not made yet)")
      #expect(table(driver)["task"]?.hasPrefix("Int = (async let") == true)
      #expect(driver.run("made").result == "0")
      driver.run("late")
      #expect(table(driver)["late"] == "Int = 5")
    }

    @Test func `what has no plain memory is listed all the same`() throws {
      let driver = try CellDriver()
      driver.run(
        """
        struct Nothing { func f() {} }
        struct Ticket: ~Copyable { var n = 1 }
        final class Node {}
        let nothing = Nothing(), type = Int.self, ticket = Ticket(), node = Node()
        weak var link: Node? = node
        private struct Hidden { var h = 1 }
        private let hidden = Hidden()
        let `class` = 3
        let größe = 4
        """)
      let table = table(driver)
      #expect(table["nothing"]?.hasPrefix("Nothing = (") == true)
      #expect(table["type"]?.hasPrefix("Int.Type = (") == true)
      #expect(table["ticket"]?.hasPrefix("Ticket = (") == true)
      #expect(table["link"]?.hasPrefix("Node? = (") == true)
      #expect(table["node"] == "Node = Node")
      #expect(table["hidden"] == "Hidden = Hidden(h: 1)")
      #expect(table["class"] == "Int = 3")
      #expect(table["größe"] == "Int = 4")
    }

    @Test func `parts are unfolded under lasting references`() throws {
      let driver = try CellDriver()
      driver.run("struct P { var x = 1.0; var tags = [\"a\"] }\nvar points = [P(), P(x: 2)]\nlet d = [\"k\": P()]")
      let points = try #require(driver.session.variables().last)
      let children = try #require(driver.session.children(ofVariable: points.reference, range: 0..<10))
      #expect(children.map(\.expression) == ["points[0]", "points[1]"])
      #expect(children[1].value == #"P(x: 2.0, tags: ["a"])"#)
      let fields = try #require(driver.session.children(ofVariable: children[1].reference, range: 0..<10))
      #expect(fields.map(\.expression) == ["points[1].x", "points[1].tags"])
      #expect(driver.session.richDescription(of: "points[1].tags")?.plainText == #"["a"]"#)
      driver.run("points[1].x = 5")
      #expect(driver.session.variables().last?.reference == points.reference)
      #expect(driver.session.children(ofVariable: children[1].reference, range: 0..<1)?.first?.value == "5.0")
      #expect(driver.session.children(ofVariable: 17, range: 0..<1) == nil)
      let entry = try #require(
        driver.session.children(ofVariable: driver.session.variables()[0].reference, range: 0..<1))
      #expect(entry.map(\.expression) == [#"d["k"]"#])
    }

    @Test func `a rich description is what the cell would show`() throws {
      let driver = try CellDriver()
      driver.run("let note = Markdown(\"**bold**\")\nlet n = 3")
      #expect(driver.session.richDescription(of: "note")?.data["text/markdown"] == "**bold**")
      #expect(driver.session.richDescription(of: "n")?.plainText == "3")
      #expect(driver.session.richDescription(of: "missing") == nil)
    }

    @Test func `while a cell runs the last values stand, and new names have types`() throws {
      let driver = try CellDriver()
      driver.run("var total = 10\nlet big = [Double](repeating: 1, count: 1_000_000)")
      _ = driver.session.variables()
      // Collected after the cell, without anybody asking.
      driver.run("total = 11")
      let log = EventLog()
      let found = Mutex<[VariableDescription]>([])
      let session = driver.session
      Thread.detachNewThread {
        if log.waitForOutput(containing: "on") {
          let variables = session.variables()
          found.withLock { $0 = variables }
        }
        session.interrupt()
      }
      driver.run("let fresh = \"f\"\nprint(\"on\")\nwhile true { total += 1 }", log: log)
      let variables = found.withLock { $0 }
      let during = Dictionary(uniqueKeysWithValues: variables.map { ($0.name, "\($0.type) = \($0.value)") })
      #expect(during["total"] == "Int = 11")
      #expect(during["fresh"] == "String = (a cell is running)")
      #expect(during["big"]?.hasPrefix("[Double] = [1.0") == true)
      #expect(table(driver)["fresh"] == #"String = "f""#)
    }

    @Test func `a million elements take no time`() throws {
      let driver = try CellDriver()
      driver.run(
        """
        let doubles = (0..<1_000_000).map(Double.init), texts = doubles.map { "\\($0)" }
        let index = Dictionary(uniqueKeysWithValues: texts.enumerated().map { ($1, $0) })
        """)
      _ = driver.session.variables()
      usleep(300_000)
      let durations = (0..<5).map { _ in
        let start = ContinuousClock.now
        #expect(driver.session.variables().map(\.shape) == [[1_000_000], [1_000_000], [1_000_000]])
        return start.duration(to: .now)
      }
      // Milliseconds on an idle machine; walking through all of it takes more than a second each time.
      #expect(durations.min()! < .milliseconds(300))
    }

    @Test func `nothing is left of a worker that died`() throws {
      let driver = try CellDriver()
      driver.run("let a = 1")
      #expect(table(driver).count == 1)
      driver.run("import Glibc\n_exit(3)")
      #expect(driver.session.variables().isEmpty)
      driver.run("let b = 2")
      #expect(table(driver) == ["b": "Int = 2"])
    }
  }
}

import MartletDisplay
import Testing
import WorkerLink

extension WorkerTests {
  /// Variables of real cells, read in a real worker.
  @Suite(.serialized) struct InspectionTests {
    private let harness: WorkerHarness

    init() throws { harness = try WorkerHarness() }

    private func value(_ name: String, cell: UInt32 = 7, _ question: _InspectionQuestion = .value) throws
      -> InspectionAnswer
    {
      try #require(try harness.inspect([InspectionItem(cell: cell, name: name, question: question)]).first)
    }

    @Test func tellsTypesAndValues() throws {
      _ = try harness.run(
        "struct P { var x = 4 }\nlet p = P()\nvar names = [\"a\", \"b\"]\nlet next = { $0 + 1 } as (Int) -> Int")
      let names = ["p", "names", "next", "missing"]
      let answers = try harness.inspect(names.map { InspectionItem(cell: 7, name: $0, question: .value) })
      #expect(answers.map(\.name) == names)
      #expect(answers.map(\.status) == [.complete, .complete, .complete, .unknown])
      #expect(answers.map { $0.value?.typeName } == ["P", "[String]", "(Int) -> Int", nil])
      #expect(answers[0].value?.text == "P(x: 4)")
      #expect(answers[1].value?.text == #"["a", "b"]"#)
      #expect(answers[1].value?.shape == [2])
      #expect(try value("p", cell: 99).status == .unknown)
    }

    @Test func anEmptyNameStandsForAll() throws {
      _ = try harness.run("let b = 1\nvar a = 2.5\nprint(a)")
      let answers = try harness.inspect([InspectionItem(cell: 7, name: "", question: .value)])
      let found = answers.dropFirst().map { "\($0.name): \($0.value?.typeName ?? "")" }
      #expect(Set(found) == ["a: Double", "b: Int"])
    }

    @Test func readsNothingWhileACellRuns() throws {
      _ = try harness.run("let old = 1")
      let cell = try harness.compiled("let new = 2\nprint(\"on\")\nwhile true { martlet_poll() }")
      harness.start(cell, cell: 8)
      _ = try harness.listen { !$0.output.isEmpty }
      let answer = try value("old")
      #expect(answer.status == .cellRuns)
      #expect(answer.value?.typeName == "Int")
      #expect(answer.value?.text == "")
      #expect(try value("new", cell: 8).value?.typeName == "Int")
      harness.interrupt()
      _ = try harness.listen { $0.report != nil }
      #expect(try value("old").value?.text == "1")
    }

    @Test func survivesWhatDescriptionsDo() throws {
      _ = try harness.run(
        """
        import Glibc
        struct Trap: CustomStringConvertible { var i = 9; var description: String { "\\([1][i])" } }
        struct Fatal: CustomStringConvertible { var i = 9; var description: String { fatalError("no fuel") } }
        struct Deep: CustomStringConvertible { var i = 9; var description: String { "\\(i) \\(Deep(i: i + 1))" } }
        struct Exit: CustomStringConvertible { var i = 9; var description: String { exit(3) } }
        struct Loop: CustomStringConvertible {
          var i = 9
          var description: String { var n = 0; while i > 0 { n &+= i }; return "\\(n)" }
        }
        struct Sleep: CustomStringConvertible { var i = 9; var description: String { sleep(1000); return "" } }
        let trap = Trap(), fatal = Fatal(), deep = Deep(), end = Exit(), loop = Loop(), rest = Sleep(), good = 5
        """)
      let names = ["trap", "fatal", "deep", "end", "loop", "rest", "good"]
      for _ in 0..<3 {
        let answers = try harness.inspect(names.map { InspectionItem(cell: 7, name: $0, question: .value) })
        #expect(
          answers.map(\.status) == [.trapped, .trapped, .trapped, .trapped, .tooLong, .tooLong, .complete])
        #expect(answers[1].message == "no fuel")
        #expect(answers.map { $0.value?.typeName } == ["Trap", "Fatal", "Deep", "Exit", "Loop", "Sleep", "Int"])
        #expect(answers[6].value?.text == "5")
      }
      #expect(try harness.run("print(3)", cell: 8).output == "3\n")
    }

    @Test func aCellDoesNotWaitForADescriptionWithoutEnd() throws {
      let next = try harness.compiled("print(\"went on\")")
      _ = try harness.run(
        """
        import Glibc
        struct Loop: CustomStringConvertible {
          var i = 9
          var description: String { fputs("reading", stderr); while i > 0 { _ = getppid() }; return "" }
        }
        let loop = Loop()
        """)
      harness.ask([InspectionItem(cell: 7, name: "loop", question: .display(path: []))])
      _ = try harness.listen { $0.errorOutput == "reading" }
      let run = try harness.run(next, cell: 8)
      #expect(run.output == "went on\n")
      // Alone, the description would have had seconds.
      #expect(run.seconds < 1)
    }

    @Test func malformedQuestionsAreAnsweredWithNothing() throws {
      _ = try harness.run("let a = 1")
      let answers = try harness.inspect([
        InspectionItem(cell: 7, name: "a", question: .children(path: [5, 5], range: 0..<3)),
        InspectionItem(cell: 7, name: "a", question: .value),
      ])
      #expect(answers.map(\.status) == [.complete, .complete])
      #expect(_InspectedChild.decode(answers[0].bytes) == [])
      #expect(answers[1].value?.text == "1")
    }
  }
}

import Session
import Testing

extension EngineTests {
  @Suite struct TrapSoakTests {
    /// One cell for each way in which Swift code stops at run time; the values are hidden from the optimiser in
    /// variables.
    static let traps = [
      "numbers[Int(nine)!]",
      "let missing = Int(word)!",
      "var sum = Int.max; sum += numbers.count",
      "numbers[0] / zero",
      "numbers[0] % zero",
      "fatalError(\"stop number \\(numbers.count)\")",
      "precondition(numbers.isEmpty, \"not empty\")",
      "preconditionFailure()",
      "try! fail()",
      "anything as! [String: Int]",
      "UInt8(numbers[2] * 1000)",
      "for i in numbers[2]...zero { print(i) }",
      "Dictionary(uniqueKeysWithValues: [(word, 1), (word, 2)])",
      "var nothing = numbers.filter { $0 > 100 }; nothing.removeLast()",
      "word[word.index(word.startIndex, offsetBy: 50)]",
      "UnsafeMutablePointer<Int>(bitPattern: 16)!.pointee = 1",
      "down(0)",
      "abort()",
      "raise(SIGSEGV)",
      "raise(SIGFPE)",
      "words.map { Int($0)! }",
      "let hidden = Task { numbers[Int(nine)!] }\nawait hidden.value",
    ]

    static let setup = """
      import Foundation
      struct Broken: Error {}
      var intact = ["first": [1, 2, 3]]
      let numbers = [1, 2, 3]
      var zero = 0, nine = "9", word = "text", words = ["1", "x"]
      let anything: Any = 1.5
      func fail() throws { throw Broken() }
      func down(_ n: Int) -> Int { n < 0 ? 0 : down(n + 1) &+ down(n &+ numbers.count) }
      """

    @Test func `200 traps of every kind leave the first cell's variable intact`() throws {
      let driver = try CellDriver()
      #expect(driver.run(Self.setup).failure == nil)
      for round in 0..<200 {
        let code = Self.traps[round % Self.traps.count]
        let failure = driver.run(code).failure
        #expect(failure?.kind == .trap, "trap \(round): \(code) ended with \(String(describing: failure))")
        if failure?.kind == .workerDied { break }
      }
      #expect(driver.run(#"intact["first"]!.reduce(0, +) + numbers.count"#).result == "9")
    }

    @Test func `a trap between two changes keeps the first`() throws {
      let driver = try CellDriver()
      driver.run("import Foundation\nvar log: [String] = []\nlet none: [Int] = []")
      for round in 0..<20 {
        let run = driver.run("log.append(\"\(round)\")\n_ = none[log.count]\nlog.append(\"never\")")
        #expect(run.failure?.kind == .trap)
        #expect(run.failure?.line == 2)
      }
      #expect(driver.run("log == (0..<20).map(String.init)").result == "true")
    }
  }
}

import Session
import Testing

extension EngineTests {
  @Suite struct InterruptSoakTests {
    /// Changes a dictionary, an array of strings and a string without end.
    static let busyLoop = """
      print("go")
      while true {
        rounds += 1
        table["key \\(rounds % 997)", default: []].append(rounds)
        words.append("word \\(rounds)")
        text += "\\(rounds % 10)"
        if words.count > 5_000 { words.removeAll(); table.removeAll(); text = "" }
      }
      """

    /// Reads every byte that the loop wrote. The three containers agree, since a loop is left between two of its
    /// rounds.
    static let audit = """
      table.values.reduce(0) { $0 + $1.count } == words.count && text.count == words.count
        && words.allSatisfy { $0.hasPrefix("word ") } && table.keys.allSatisfy { $0.hasPrefix("key ") } && intact == [3, 1, 2]
      """

    @Test func `200 interrupts at random moments of an allocating loop lose nothing`() throws {
      var moments = RandomMoments()
      print("interrupt soak: seed \(moments.seed)")
      let driver = try CellDriver()
      driver.run(
        "let intact = [3, 1, 2]\nvar rounds = 0, table: [String: [Int]] = [:], words: [String] = [], text = \"\"")
      for round in 0..<200 {
        let interruption = Interruption()
        let (run, _) = interruption.run(Self.busyLoop, after: .random(in: 0...0.02, using: &moments), on: driver)
        try #require(
          run.failure?.kind == .interrupted, "round \(round), seed \(moments.seed): \(String(describing: run.failure))")
        #expect(!interruption.neededForce, "round \(round), seed \(moments.seed)")
        guard round % 10 == 9 else { continue }
        #expect(driver.run(Self.audit).result == "true", "round \(round), seed \(moments.seed)")
      }
      #expect(driver.run("rounds > 200 && intact == [3, 1, 2]").result == "true")
    }
  }
}

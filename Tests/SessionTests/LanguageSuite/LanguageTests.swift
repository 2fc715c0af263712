import Session
import Testing

extension EngineTests {
  /// What a cell may be and what it then shows, on the real engine.
  @Suite struct LanguageTests {
    static let scenarios = Result { try ScenarioParser.all() }

    @Test(arguments: try LanguageTests.scenarios.get()) func scenario(_ scenario: Scenario) throws {
      let driver = try CellDriver()
      var cells = 0
      for step in scenario.steps {
        let cell: Int
        switch step.action {
        case .new:
          cells += 1
          cell = cells
        case .again(let number): cell = number
        }
        let run = driver.run(step.code, identifier: "cell-\(cell)", input: step.input)
        let shown = ShownCell(code: step.code, log: run.log, failure: run.failure)
        for difference in shown.differences(from: step.expectations) {
          Issue.record("In[\(driver.count)] \(step.code.prefix(200))\n\(difference)")
        }
      }
    }

    @Test func `there are at least 150 scenarios, each with a title of its own`() throws {
      let scenarios = try LanguageTests.scenarios.get()
      #expect(scenarios.count >= 150)
      #expect(Set(scenarios.map(\.testDescription)).count == scenarios.count)
    }

    @Test func `every scenario expects something`() throws {
      for scenario in try LanguageTests.scenarios.get() {
        #expect(scenario.steps.contains { !$0.expectations.isEmpty }, "\(scenario.testDescription)")
      }
    }
  }
}

extension Scenario.Step {
  fileprivate var input: ScriptedInput? {
    for case .input(let lines) in expectations { return ScriptedInput(lines) }
    return nil
  }
}

import Session
import Testing

extension EngineTests {
  @Suite struct InputTests {
    @Test func `a cell that asks for input where there is none ends with an error`() throws {
      let driver = try CellDriver()
      let run = driver.run("print(readLine() ?? \"nothing\")")
      #expect(run.failure != nil)
      #expect(driver.run("1 + 1").result == "2")
    }

    @Test func `lines that nobody read do not reach the next cell`() throws {
      let driver = try CellDriver()
      #expect(driver.run("readLine()!", input: ScriptedInput(["first", "second"])).result == "\"first\"")
      #expect(driver.run("readLine()!", input: ScriptedInput(["third"])).result == "\"third\"")
    }
  }
}

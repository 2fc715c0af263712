import Foundation
import Session
import Testing

extension EngineTests {
  @Suite struct WorkerDeathTests {
    @Test func `a worker that is killed in the middle of a cell is reported and replaced`() throws {
      let driver = try CellDriver()
      driver.run("import Glibc\nlet before = 1")
      let failure = driver.run("kill(getpid(), SIGKILL)\nwhile true {}").failure
      #expect(failure?.kind == .workerDied)
      #expect(failure?.message.isEmpty == false)
      #expect(driver.run("40 + 2").result == "42")
      #expect(
        driver.run("before").failure?.kind == .compileError, "what the dead worker held is gone, and the session knows")
      #expect(driver.run("let before = \"again\"\nbefore").result == "\"again\"")
    }

    @Test func `a worker that is killed between two cells is noticed`() throws {
      let driver = try CellDriver()
      let process = driver.run("import Glibc\ngetpid()").result.flatMap { Int32($0) }
      kill(try #require(process), SIGKILL)
      Thread.sleep(forTimeInterval: 0.2)
      let first = driver.run("1 + 1")
      #expect(first.failure?.kind == .workerDied || first.result == "2")
      #expect(driver.run("2 + 2").result == "4")
    }

    @Test func `_exit ends the worker, not the session`() throws {
      let driver = try CellDriver()
      #expect(driver.run("import Glibc\nprint(\"last words\")\n_exit(3)").failure?.kind == .workerDied)
      #expect(driver.run("\"alive\"").result == "\"alive\"")
    }

    @Test func `restart forgets every variable`() throws {
      let driver = try CellDriver()
      driver.run("let x = 5")
      try driver.session.restart()
      #expect(driver.run("x").failure?.kind == .compileError)
      #expect(driver.run("let x = 6\nx").result == "6")
    }

    @Test func `a session leaves no process behind`() throws {
      var process: Int32?
      do {
        let driver = try CellDriver()
        process = driver.run("import Glibc\ngetpid()").result.flatMap { Int32($0) }
      }
      let identifier = try #require(process)
      let end = ContinuousClock.now + .seconds(5)
      while kill(identifier, 0) == 0, ContinuousClock.now < end { Thread.sleep(forTimeInterval: 0.01) }
      #expect(kill(identifier, 0) == -1)
    }
  }
}

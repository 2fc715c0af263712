import Session
import Testing

extension EngineTests {
  /// What a cell's background work shows goes to that cell, whatever runs by then.
  @Suite struct LateOutputTests {
    static let work = [
      "Thread.detachNewThread { Thread.sleep(forTimeInterval: delay); say() }",
      "Task { try? await Task.sleep(for: .seconds(delay)); say() }",
      "DispatchQueue.global().asyncAfter(deadline: .now() + delay) { say() }",
    ]

    private func start(_ work: String, delay: Double, on driver: CellDriver) -> EventLog {
      driver.run(
        "import Foundation\nimport Martlet\n@Sendable func say() { print(\"late\", 1); display(\"shown\") }\nlet delay = \(delay)"
      )
      let run = driver.run(work)
      #expect(run.failure == nil)
      return run.log
    }

    private func hasSaid(_ log: EventLog) -> Bool {
      log.wait(within: .seconds(8)) { $0.text(of: .standardOutput) == "late 1\n" && $0.displays == ["\"shown\""] }
    }

    @Test(arguments: work) func `while another cell runs`(_ work: String) throws {
      let driver = try CellDriver()
      let log = start(work, delay: 1.5, on: driver)
      let other = driver.run("print(\"other\")\nThread.sleep(forTimeInterval: 2.5)")
      #expect(hasSaid(log))
      #expect(other.log.text(of: .standardOutput) == "other\n")
      #expect(other.log.displays.isEmpty)
    }

    @Test(arguments: work) func `after another cell has run`(_ work: String) throws {
      let driver = try CellDriver()
      let log = start(work, delay: 2, on: driver)
      let other = driver.run("1")
      #expect(hasSaid(log))
      #expect(other.log.text(of: .standardOutput).isEmpty && other.log.displays.isEmpty)
    }

    @Test(arguments: work) func `when no other cell has run`(_ work: String) throws {
      let driver = try CellDriver()
      #expect(hasSaid(start(work, delay: 0.5, on: driver)))
    }

    @Test func `a task keeps its cell when a later cell resumes it`() throws {
      let driver = try CellDriver()
      let run = driver.run(
        """
        let (signals, signal) = AsyncStream<Int>.makeStream()
        Task { for await number in signals { print("got", number) } }
        """)
      driver.run("signal.yield(5)")
      #expect(run.log.waitForOutput(containing: "got 5\n"))
      driver.run("signal.yield(6)")
      #expect(run.log.waitForOutput(containing: "got 6\n"))
    }

    @Test func `a thread that prints without end never prints into a later cell`() throws {
      let driver = try CellDriver()
      let run = driver.run(
        "import Foundation\nThread.detachNewThread { var i = 0; while true { i += 1; print(i); usleep(500) } }")
      for number in 2...6 { #expect(driver.run("\(number)").log.text(of: .standardOutput).isEmpty) }
      // Cells that were compiled before are over in a moment.
      #expect(run.log.waitForOutput(containing: "\n101\n"))
      let numbers = run.log.text(of: .standardOutput).split(separator: "\n").compactMap { Int($0) }
      #expect(numbers.count > 100 && numbers == Array(1...numbers.count))
    }
  }
}

import Session
import Testing

extension EngineTests {
  @Suite struct InterruptLatencyTests {
    static let waits: [(name: String, code: String)] = [
      ("tight loop", "print(\"go\")\nvar spins = 0\nwhile true { spins &+= 1 }"),
      (
        "recursion",
        "func fib(_ n: Int) -> Int { n < 2 ? n : fib(n - 1) + fib(n - 2) }\nprint(\"go\")\nwhile fib(20) > 0 {}"
      ),
      (
        "functions that call each other",
        """
        func even(_ n: Int) -> Int { n < 2 ? n : odd(n - 1) + odd(n - 2) }
        func odd(_ n: Int) -> Int { n < 2 ? n : even(n - 1) &+ even(n - 2) }
        print("go")
        _ = even(90)
        """
      ),
      (
        "nested counted loops",
        "print(\"go\")\nvar sum = 0\nfor i in 0..<Int.max { for j in 0..<1000 { sum &+= i ^ j } }"
      ),
      (
        "a while that counts by hand",
        "print(\"go\")\nvar i = 0, sum = 0\nwhile i < 1_000_000_000_000 { sum ^= i &* i; i += 1 }"
      ),
      ("an empty counted loop", "print(\"go\")\nvar left = 1\nfor i in 0..<Int.max { left ^= i &* left }"),
      (
        "a labelled counted loop",
        "print(\"go\")\nvar sum = 0\nouter: for i in 0..<Int.max { sum ^= i &* 3; if sum == -1 { break outer } }"
      ),
      (
        "a function and a class of a cell",
        """
        final class Counter { var count = 0; func add(_ n: Int) { count &+= n & 3 } }
        func twice<T: Numeric>(_ x: T) -> T { x + x }
        let counter = Counter()
        print("go")
        for i in 0..<Int.max { counter.add(twice(i & 7)) }
        """
      ),
      (
        "operators that take a while",
        "var text = String(repeating: \"a\", count: 50_000)\nprint(\"go\")\nvar n = 0\n"
          + "for i in 0..<Int.max { n &+= (text + text == text ? 1 : i) }"
      ),
      ("sleep", "import Foundation\nprint(\"go\")\nsleep(60)"),
      ("Thread.sleep", "import Foundation\nprint(\"go\")\nThread.sleep(forTimeInterval: 60)"),
      ("Task.sleep", "print(\"go\")\ntry await Task.sleep(for: .seconds(60))"),
      ("readLine", "print(\"go\")\nlet line = readLine()"),
      ("semaphore", "import Dispatch\nprint(\"go\")\nDispatchSemaphore(value: 0).wait()"),
      (
        "a blocking read",
        "import Glibc\nvar ends: [Int32] = [0, 0], byte: UInt8 = 0\npipe(&ends)\nprint(\"go\")\nread(ends[0], &byte, 1)"
      ),
    ]

    @Test(arguments: InterruptLatencyTests.waits.map(\.name)) func `the median interrupt takes less than 100 ms`(
      _ name: String
    ) throws {
      let code = try #require(Self.waits.first { $0.name == name }).code
      let driver = try CellDriver()
      driver.run("let intact = \"here\"")
      var latencies: [Duration] = []
      for _ in 0..<9 {
        let interruption = Interruption()
        let (run, latency) = interruption.run(code, after: 0.05, on: driver, input: SilentInput())
        #expect(run.failure?.kind == .interrupted, "\(String(describing: run.failure))")
        #expect(!interruption.neededForce)
        latencies.append(latency)
      }
      let median = latencies.sorted()[latencies.count / 2]
      print("interrupt latency: \(name): median \(median), worst \(latencies.sorted()[latencies.count - 1])")
      #expect(median < .milliseconds(100))
      #expect(driver.run("intact").result == "\"here\"")
    }

    @Test func `an interrupt while nothing runs does not stop the next cell`() throws {
      let driver = try CellDriver()
      driver.session.interrupt()
      #expect(driver.run("let a = 1\na + 1").result == "2")
      driver.session.interrupt()
      #expect(driver.run("a + 2").result == "3")
    }

    @Test func `variables set before the interrupted loop are kept`() throws {
      let driver = try CellDriver()
      let (run, _) = Interruption().run(
        "var before = [1, 2]\nprint(\"go\")\nwhile true { before[0] += 1 }\nlet after = 5", after: 0.02, on: driver)
      #expect(run.failure?.kind == .interrupted)
      #expect(driver.run("before[0] > 1 && before[1] == 2").result == "true")
      #expect(driver.run("after").failure?.kind == .compileError)
    }
  }
}

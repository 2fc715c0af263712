import Foundation
import Glibc
import Testing
import WorkerLink

/// Compiles small cells and runs them in a real worker. One after the other: each compiles, and some measure time.
@Suite(.serialized) struct WorkerTests {
  private let harness: WorkerHarness

  init() throws { harness = try WorkerHarness() }

  @Test func printsAndFinishes() throws {
    let run = try harness.run("print(\"héllo\", terminator: \"\")")
    #expect(run.output == "héllo")
    #expect(run.report?.status == .finished)
    #expect(run.report?.cell == 7)
  }

  @Test func survivesTraps() throws {
    let fatal = try harness.run("fatalError(\"no fuel\")")
    #expect(fatal.report?.status == .trap)
    #expect(fatal.report?.message == "no fuel")
    #expect(fatal.errorOutput.isEmpty)
    let index = try harness.run("let a = [1]\nprint(a[Int(CommandLine.argc) + 3])")
    #expect(index.report?.status == .trap)
    #expect(index.report?.frames.first?.image.hasSuffix(".so") == true)
    let pointer = try harness.run("print(UnsafePointer<Int>(bitPattern: 16)!.pointee)")
    #expect(pointer.report?.code == SIGSEGV)
    #expect(try harness.run("print(1)").output == "1\n")
  }

  @Test func recognisesStackOverflow() throws {
    let source = "func f(_ n: Int) -> Int { n == Int.max ? 0 : f(n + 1) + f(n + 2) }\nprint(f(0))"
    let run = try harness.run(source)
    #expect(run.report?.status == .trap)
    #expect(run.report?.isStackOverflow == true)
  }

  @Test func reportsUncaughtErrors() throws {
    let run = try harness.run("struct Broken: Error { var part = 3 }\nfunc f() throws { throw Broken() }\ntry f()")
    #expect(run.report?.status == .uncaughtError)
    #expect(run.report?.name == "Broken")
    #expect(run.report?.message == "Broken(part: 3)")
    #expect(run.report?.frames.isEmpty == false)
  }

  @Test func exitEndsTheCellOnly() throws {
    let run = try harness.run("import Glibc\nprint(\"bye\", terminator: \"\")\nexit(3)")
    #expect(run.report?.status == .exitCalled)
    #expect(run.report?.code == 3)
    #expect(run.output == "bye")
    #expect(try harness.run("print(2)").output == "2\n")
  }

  @Test(arguments: [
    "while true { martlet_poll() }", "import Glibc\nsleep(100)", "import Glibc\nvar b: UInt8 = 0\n_ = read(0, &b, 1)",
    "import Dispatch\nDispatchSemaphore(value: 0).wait()", "_ = MartletDisplay.readLine()",
    "_martletAwait { try? await Task.sleep(for: .seconds(100)) }", "_martletAwait { while true { martlet_poll() } }",
  ])
  func interruptsWithinATenthOfASecond(source: String) throws {
    let run = try harness.run(source, interruptAfter: 0.3)
    #expect(run.report?.status == .interrupted)
    #expect(run.seconds < 0.1)
    #expect(try harness.run("print(3)").output == "3\n")
  }

  @Test func forcesALoopWithoutPolls() throws {
    let run = try harness.run("while true {}", interruptAfter: 0.3, level: 2)
    #expect(run.report?.status == .interrupted)
  }

  @Test func runsTasksAndSurvivesTheirTraps() throws {
    let source =
      "let task = _martletAwait { () -> Int in try? await Task.sleep(for: .milliseconds(5)); return 4 }\nprint(task)"
    #expect(try harness.run(source).output == "4\n")
    for _ in 0..<3 {
      let trap = try harness.run("_ = _martletAwait { () -> Int in fatalError(\"in a task\") }")
      #expect(trap.report?.status == .trap)
      #expect(trap.report?.message == "in a task")
      #expect(trap.report?.isOffThread == true)
    }
    let main = try harness.run(
      "@MainActor func f() -> Int { fatalError(\"main\") }\nprint(_martletAwait { await f() })")
    #expect(main.report?.message == "main")
    #expect(try harness.run("@MainActor func f() -> Int { 5 }\nprint(_martletAwait { await f() })").output == "5\n")
  }

  @Test func asksForInput() throws {
    let line = try harness.run("print(MartletDisplay.readLine()!)", replies: [.line("Ada")])
    #expect(line.output == "Ada\n")
    let raw = try harness.run("print(Swift.readLine()!)", replies: [.line("Grace")])
    #expect(raw.output == "Grace\n")
    #expect(try harness.run("print(Swift.readLine() as Any)", replies: [.endOfFile]).output == "nil\n")
    let refused = try harness.run("print(MartletDisplay.readLine()!)", replies: [.notAllowed])
    #expect(refused.report?.name == "InputNotAllowed")
  }

  @Test func keepsDisplaysAndTextInOrder() throws {
    let source = """
      for _ in 0..<20 {
        print("before")
        let message = _DisplayMessage.clearOutput(wait: false).encoded()
        martlet_display(message, message.count)
      }
      """
    let run = try harness.run(source)
    #expect(run.events == Array(repeating: ["out", "display"], count: 20).flatMap { $0 })
  }

  @Test func streamsWhileTheCellRuns() throws {
    let run = try harness.run("import Glibc\nfor i in 0..<4 { print(i, terminator: \"\"); usleep(100_000) }")
    #expect(run.output == "0123")
    #expect(run.events.count == 4)
  }

  @Test func tellsHowTheProcessEnded() throws {
    let run = try harness.run("import Glibc\n_exit(9)")
    #expect(run.end?.exitCode == 9)
  }
}

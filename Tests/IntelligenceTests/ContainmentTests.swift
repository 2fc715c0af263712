import Cells
import Foundation
import Intelligence
import Testing

extension SourceKitTests {
  /// What becomes of questions when SourceKit fails.
  @Suite struct ContainmentTests {
    private func waitForHelper(of notebook: Notebook, notBeing old: Int32?) throws -> Int32 {
      for _ in 0..<500 {
        if let process = notebook.service.helperProcess, process != old { return process }
        Thread.sleep(forTimeInterval: 0.02)
      }
      throw CancellationError()
    }

    @Test func aHelperKilledWhileIdleIsReplaced() throws {
      let notebook = try Notebook("let number = 1")
      #expect(notebook.complete("numb|").texts == ["number"])
      let process = try #require(notebook.service.helperProcess)
      kill(process, SIGKILL)
      // Death takes a moment; until then the helper could be sent a question.
      Thread.sleep(forTimeInterval: 0.5)
      #expect(notebook.complete("numb|").texts == ["number"])
      #expect(notebook.service.helperProcess != process)
    }

    @Test func aHelperKilledWhileAskedCostsOneAnswer() throws {
      let notebook = try Notebook("let number = 1")
      notebook.service.prepare(for: notebook.context())
      let process = try waitForHelper(of: notebook, notBeing: nil)
      // Stopped, the helper has the request for as long as is needed to kill it.
      kill(process, SIGSTOP)
      let killer = Thread {
        Thread.sleep(forTimeInterval: 0.3)
        kill(process, SIGKILL)
      }
      killer.start()
      let start = ContinuousClock.now
      #expect(notebook.complete("numb|").texts == [])
      #expect(start.duration(to: .now) < .seconds(10))
      #expect(notebook.complete("numb|").texts == ["number"])
      #expect(notebook.service.helperProcess != process)
    }

    @Test func aStuckHelperAnswersNothingInTimeAndIsReplaced() throws {
      let notebook = try Notebook("let number = 1")
      let service = IntelligenceService(
        executable: Notebook.helper, toolchain: try Toolchain.find(), timeLimit: .milliseconds(200),
        patience: .milliseconds(100))
      defer { service.shutdown() }
      service.prepare(for: notebook.context())
      var process: Int32?
      while process == nil { process = service.helperProcess }
      kill(process!, SIGSTOP)
      let start = ContinuousClock.now
      #expect(service.complete(code: "numb", offset: 4, in: notebook.numb).completions.isEmpty)
      #expect(start.duration(to: .now) < .seconds(2))
      // The next question finds it stuck and starts another.
      _ = service.complete(code: "numb", offset: 4, in: notebook.numb)
      #expect(service.helperProcess != process)
    }

    @Test func aMissingHelperOrToolchainGivesNothing() throws {
      let notebook = try Notebook("let number = 1")
      let missing = IntelligenceService(
        executable: URL(fileURLWithPath: "/nowhere/martlet-intelligence"), toolchain: try Toolchain.find())
      #expect(missing.complete(code: "numb", offset: 4, in: notebook.numb).completions.isEmpty)
      let unusable = IntelligenceService(
        executable: Notebook.helper, toolchain: Toolchain(root: URL(fileURLWithPath: "/nowhere")))
      for _ in 0..<5 {
        #expect(unusable.complete(code: "numb", offset: 4, in: notebook.numb).completions.isEmpty)
        #expect(unusable.inspect(code: "numb", offset: 4, in: notebook.numb) == nil)
      }
    }

    @Test func theHelperEndsWithItsService() throws {
      let notebook = try Notebook("let number = 1")
      #expect(notebook.complete("numb|").texts == ["number"])
      let process = try #require(notebook.service.helperProcess)
      notebook.service.shutdown()
      #expect(kill(process, 0) == -1 && errno == ESRCH)
    }

    @Test func aHelperThatHasGrownIsReplacedWithoutAGap() throws {
      let notebook = try Notebook("let number = 1")
      // Every helper has more than a byte.
      let service = IntelligenceService(
        executable: Notebook.helper, toolchain: try Toolchain.find(), timeLimit: .seconds(30), memoryLimit: 1)
      defer { service.shutdown() }
      #expect(service.complete(code: "numb", offset: 4, in: notebook.numb).completions.count == 1)
      let first = try #require(service.helperProcess)
      let end = ContinuousClock.now + .seconds(60)
      while service.helperProcess == first, ContinuousClock.now < end {
        #expect(service.complete(code: "numb", offset: 4, in: notebook.numb).completions.count == 1)
        Thread.sleep(forTimeInterval: 0.1)
      }
      let second = try #require(service.helperProcess)
      #expect(second != first)
      #expect(service.complete(code: "numb", offset: 4, in: notebook.numb).completions.count == 1)
      // Not again at once, in case that no helper is small enough.
      Thread.sleep(forTimeInterval: 1)
      #expect(service.helperProcess == second)
    }

    @Test func questionsFromManyThreads() async throws {
      let notebook = try Notebook("let number = 1")
      let (service, context) = (notebook.service, notebook.numb)
      let counts = await withTaskGroup(of: Int.self) { group in
        for _ in 0..<20 {
          group.addTask { service.complete(code: "numb", offset: 4, in: context).completions.count }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(counts == Array(repeating: 1, count: 20))
    }
  }
}

extension Notebook {
  /// The context of `numb`, of which `number` is to be made.
  fileprivate var numb: CompletionContext { context(for: "numb", completedOffset: 4) }
}

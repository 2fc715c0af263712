import Testing
import WorkerLink

extension WorkerTests {
  /// Cell 7 leaves work behind, cell 8 runs meanwhile: what the work prints names cell 7.
  @Suite(.serialized) struct LateOutputTests {
    private let harness: WorkerHarness

    init() throws { harness = try WorkerHarness() }

    static let work = [
      "Thread.detachNewThread { usleep(400_000); say() }",
      "Thread.detachNewThread { Thread.detachNewThread { usleep(400_000); say() } }",
      "Task { try? await Task.sleep(for: .milliseconds(400)); say() }",
      "Task.detached { await withTaskGroup { $0.addTask { try? await Task.sleep(for: .milliseconds(400)); say() } } }",
      "Task { @MainActor in try? await Task.sleep(for: .milliseconds(400)); say() }",
      "DispatchQueue.global().async { usleep(400_000); say() }",
      "DispatchQueue(label: \"own\").asyncAfter(deadline: .now() + 0.4) { say() }",
      "DispatchQueue.main.asyncAfter(deadline: .now() + 0.4) { DispatchQueue.main.async { say() } }",
    ]

    @Test(arguments: work) func whileAnotherCellRuns(work: String) throws {
      let next = try harness.compiled("import Glibc\nprint(\"other\")\nsleep(1)")
      let start = try harness.run("import Foundation\n@Sendable func say() { print(\"late\", 1, true) }\n" + work)
      #expect(start.report?.status == .finished)
      #expect(start.output.isEmpty)
      let other = try harness.run(next, cell: 8)
      #expect(other.output == "other\n")
      #expect(other.lateOutput == [7: "late 1 true\n"])
    }

    @Test func afterAnotherCellHasRun() throws {
      let next = try harness.compiled("print(1)")
      _ = try harness.run("import Foundation\nThread.detachNewThread { sleep(2); print(\"late\") }")
      #expect(try harness.run(next, cell: 8).output == "1\n")
      let later = try harness.listen { !$0.lateOutput.isEmpty }
      #expect(later.lateOutput == [7: "late\n"])
      #expect(later.output.isEmpty)
    }

    @Test func throughThePipesWhileItsCellIsTheNewest() throws {
      _ = try harness.run(
        "import Foundation\nThread.detachNewThread { usleep(300_000); print(\"own\") }")
      #expect(try harness.listen { !$0.output.isEmpty }.output == "own\n")
    }

    @Test func withEveryFunctionThatPrints() throws {
      let source = """
        import Foundation
        Thread.detachNewThread {
          usleep(400_000)
          fputs("a", stderr); fputc(98, stderr); putc(99, stderr)
          withVaList([4]) { _ = vfprintf(stderr, "%d", $0) }
          puts("A"); putchar(66); withVaList([3]) { _ = vprintf("%d", $0) }
          for byte in "é🐦".utf8 { fwrite([byte], 1, 1, stdout); usleep(8_000) }
        }
        """
      let next = try harness.compiled("import Glibc\nsleep(1)")
      _ = try harness.run(source)
      let other = try harness.run(next, cell: 8)
      #expect(other.lateOutput == [7: "A\nB3é🐦"])
      #expect(other.lateErrorOutput == [7: "abc4"])
      #expect(other.output.isEmpty && other.errorOutput.isEmpty)
    }

    @Test func ofWhichThereIsMuch() throws {
      let next = try harness.compiled("import Glibc\nsleep(3)")
      _ = try harness.run(
        "import Foundation\nThread.detachNewThread { usleep(300_000); for i in 1...100_000 { print(i) } }")
      let other = try harness.run(next, cell: 8)
      #expect(other.lateOutput[7] == (1...100_000).map { "\($0)\n" }.joined())
    }

    @Test func andDisplaysAfterIt() throws {
      let source = """
        import Foundation
        Thread.detachNewThread {
          usleep(300_000)
          print("before")
          let message = _DisplayMessage.clearOutput(wait: false).encoded()
          martlet_display(message, message.count)
        }
        """
      let next = try harness.compiled("import Glibc\nsleep(1)")
      _ = try harness.run(source)
      let other = try harness.run(next, cell: 8)
      #expect(other.displays == [7])
      #expect(other.lateOutput == [7: "before\n"])
    }
  }
}

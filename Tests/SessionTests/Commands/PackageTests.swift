import Foundation
import Session
import Testing

extension EngineTests {
  /// `%package`, on a small package of two Swift targets, one of them generic, one in C, and a resource.
  @Suite struct PackageTests {
    @Test func `a package is built once and its libraries are importable`() throws {
      let package = try SmallPackage()
      let driver = try CellDriver()
      let added = driver.run("%package \(package.path)")
      #expect(added.failure == nil, "\(added.failure?.traceback ?? [])")
      #expect(added.lastUpdate == "Cells can now import Small, SmallGenerics, CSmall.")

      #expect(driver.run("import Small\ntwice(21)").result == "42")
      #expect(driver.run("greeting()").result == "\"Hello from a file\"")
      #expect(driver.run("import CSmall\nc_thrice(4)").result == "12")
      #expect(driver.run("import SmallGenerics\nsum([1.5, 2])").result == "3.5")

      let names = driver.session.complete("twi", at: 3).completions
      #expect(names.contains { $0.text.hasPrefix("twice(") && $0.typeName == "Int" })
      #expect(driver.session.complete("import Sma", at: 10).completions.contains { $0.text == "Small" })
      let description = try #require(driver.session.inspect("twice", at: 5))
      #expect(description.markdown.contains("Twice a number."))

      // The worker starts anew, and another session finds what was built.
      #expect(driver.run("%reset\nimport Small\ntwice(2)").result == "4")
      let other = try CellDriver()
      let again = other.run("%package \(package.path)")
      #expect(again.lastUpdate == "Cells can now import Small, SmallGenerics, CSmall.")
      #expect(again.log.displays.first?.hasPrefix("Cells can now") == true, "it was built again: \(again.log.displays)")
    }

    @Test func `a package's generic function runs as fast as the cell's own`() throws {
      let package = try SmallPackage()
      let driver = try CellDriver()
      driver.run("%package \(package.path)")
      driver.run("import SmallGenerics\nlet numbers = (0..<200_000).map(Double.init)")
      driver.run(
        """
        func own(_ values: [Double]) -> Double { var sum = 0.0; for value in values { sum += value }; return sum }
        import Glibc
        func best(_ body: () -> Double) -> Double {
          (0..<25).map { _ in
            var (start, end) = (timespec(), timespec())
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start)
            precondition(body() == 19999900000)
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end)
            return Double(end.tv_sec - start.tv_sec) * 1e9 + Double(end.tv_nsec - start.tv_nsec)
          }.min()!
        }
        """)
      let ratio = driver.run("best { sum(numbers) } / best { own(numbers) }")
      // Without specialisation it is 20 times slower and more.
      let value = try #require(ratio.result.flatMap(Double.init), "\(ratio.failure?.traceback ?? [])")
      #expect(value < 3)
    }

    @Test func `changed sources are built again, for the next worker`() throws {
      let package = try SmallPackage()
      let driver = try CellDriver()
      driver.run("%package \(package.path)")
      #expect(driver.run("import Small\ntwice(21)").result == "42")
      try package.write("public func twice(_ number: Int) -> Int { number * 2 + 1 }", to: "Sources/Small/Small.swift")
      let again = driver.run("%package \(package.path)")
      #expect(again.failure == nil, "\(again.failure?.traceback ?? [])")
      #expect(again.lastUpdate?.contains("%reset") == true)
      #expect(driver.run("twice(21)").result == "42")
      #expect(driver.run("%reset\nimport Small\ntwice(21)").result == "43")
    }

    @Test func `a repository is added by its version`() throws {
      let package = try SmallPackage()
      try package.makeRepository(version: "1.2.0")
      let driver = try CellDriver()
      let added = driver.run("%package file://\(package.path) from: 1.0.0")
      #expect(added.failure == nil, "\(added.failure?.traceback ?? [])")
      #expect(driver.run("import Small\ntwice(21)").result == "42")
    }

    @Test func `what is wrong with a package is said`() throws {
      let package = try SmallPackage()
      let driver = try CellDriver()
      let missing = driver.run("%package \(package.path)/Sources")
      #expect(missing.failure?.message.contains("There is no Package.swift in '\(package.path)/Sources'") == true)
      let version = driver.run("%package https://localhost/none.git")
      #expect(version.failure?.message.contains("A repository needs a version") == true)
      let unreachable = driver.run("%package https://localhost:1/none.git from: 1.0.0")
      #expect(unreachable.failure?.message.contains("could not be fetched") == true)
      try package.write("public func twice( {", to: "Sources/Small/Small.swift")
      let broken = driver.run("%package \(package.path)")
      #expect(broken.failure?.name == "PackageError")
      #expect(broken.failure?.traceback.joined(separator: "\n").contains("Small.swift:1:") == true)
      #expect(driver.run("1 + 1").result == "2")
    }

    @Test func `an interrupt stops a build`() throws {
      let package = try SmallPackage()
      let slow =
        "public let slow: [[Int: String]] = [" + (0..<3000).map { "[\($0): \"\($0)\"]" }.joined(separator: ",") + "]"
      try package.write(slow, to: "Sources/Small/Slow.swift")
      let driver = try CellDriver()
      let log = EventLog()
      let session = driver.session
      let interrupter = Thread {
        _ = log.wait(within: .seconds(60)) { !$0.displays.isEmpty }
        session.interrupt()
      }
      interrupter.start()
      let run = driver.run("%package \(package.path)", log: log)
      #expect(run.failure?.kind == .interrupted)
      #expect(driver.run("1 + 1").result == "2")
    }
  }
}

extension CellDriver.Run {
  /// What the last display shows in the end.
  fileprivate var lastUpdate: String? {
    log.events.compactMap { event in
      switch event {
      case .display(let output), .updateDisplay(let output): output.plainText
      default: nil
      }
    }.last
  }
}

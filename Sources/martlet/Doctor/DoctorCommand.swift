import Cells
import Foundation
import Session

/// `martlet doctor`: is everything there that Martlet needs, and what to do if not.
struct DoctorCommand {
  private let console = Console.standardOutput

  func run() -> Int32 {
    var isWell = true
    func show(_ results: [Check]) {
      for result in results {
        isWell = isWell && result.remedy == nil
        console.write(console.hasColours ? coloured(result) : result.text)
      }
    }
    for check in [
      ToolchainChecks.toolchain, ToolchainChecks.linker, LibraryChecks.libraries, InstallationChecks.files,
      InstallationChecks.worker,
    ] { show(check()) }
    show(isWell ? cell() : [Self.broken("not tried")])
    show(registration())
    return isWell ? 0 : 1
  }

  private func coloured(_ check: Check) -> String {
    let colour = check.remedy == nil ? "32" : "31"
    return "\u{1B}[\(colour)m\(check.text.prefix(1))\u{1B}[0m\(check.text.dropFirst())"
  }

  /// Runs a cell, which needs all of the engine.
  private func cell() -> [Check] {
    let start = Date()
    do {
      let session = try Session()
      defer { session.shutdown() }
      let shown = ShownText()
      let outcome = session.evaluate(CellRequest(code: "1 + 1", number: 1)) { shown.add($0) }
      if let failure = outcome.failure { return [Self.broken("\(failure.name): \(failure.message)")] }
      if shown.result != "2" { return [Self.broken("1 + 1 shows '\(shown.result)'")] }
      let milliseconds = Int(-start.timeIntervalSinceNow * 1000)
      return [Check("a cell", "1 + 1 is 2, after \(milliseconds) ms from a standing start")]
    } catch {
      return [Self.broken("\(error)")]
    }
  }

  private static func broken(_ finding: String) -> Check {
    Check("a cell", finding, remedy: "Mend what is wrong above first; if nothing is, build or install Martlet again.")
  }

  private func registration() -> [Check] {
    let own = (try? Installation.find()).map { [$0.prefix] } ?? []
    let places = JupyterFolders.kernels(named: "martlet", prefixes: own + ["/usr/local", "/usr"])
    guard let place = places.first(where: { Self.hasSpecification($0) }) else {
      return [Check("Jupyter", "the kernel is not registered", remedy: "Run 'martlet install'.")]
    }
    guard let program = Self.program(in: place), FileManager.default.isExecutableFile(atPath: program) else {
      return [Check("Jupyter", "\(place.path) names a program that is not there", remedy: "Run 'martlet install'.")]
    }
    return [Check("Jupyter", "the kernel is registered in \(place.path)")]
  }

  private static func hasSpecification(_ folder: URL) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent("kernel.json").path)
  }

  private static func program(in folder: URL) -> String? {
    guard let data = try? Data(contentsOf: folder.appendingPathComponent("kernel.json")),
      let value = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
    else { return nil }
    return (value["argv"] as? [String])?.first
  }
}

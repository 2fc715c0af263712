import Foundation
import Synchronization

extension Command {
  static let package = Command(
    "package", argument: .folder, usage: ["%package FOLDER", "%package ADDRESS from: VERSION"],
    summary: "Builds a Swift package and lets cells import its libraries.",
    details: """
      The package is built optimised, once for each state of its sources, and kept for every session of yours. All libraries
      that it offers can be imported from then on, those in C included, also after a new process was started. A repository
      needs a version, as in a manifest: `from: 1.2.0`, `exact: 1.2.0`, `branch: main` or `revision: …`.

      ```
      %package ../MyLibrary
      %package https://github.com/apple/swift-collections from: 1.1.0
      ```
      """
  ) { line, run throws(CellFailure) in
    let argument = run.argument(line)
    guard !argument.isEmpty else { throw .usage(line, "There is no package.") }
    let surroundings = try run.surroundings(for: line)
    let request = try PackageRequest(argument, for: line) { path in
      URL(fileURLWithPath: run.path(path, surroundings)).standardizedFileURL.path
    }
    let addition = PackageAddition(run: run, line: line, request: request, environment: surroundings.environment)
    try addition.add()
  }
}

import Foundation
import Notebook
import Session

/// `martlet run`: runs notebooks one after the other, each in a session of its own.
struct RunCommand {
  private let options: RunOptions
  private let console = Console.standardOutput

  init(_ options: RunOptions) { self.options = options }

  func run() throws -> Int32 {
    // Everything is found before the first notebook changes the folder.
    let places = try RunPlaces.all(for: options)
    var status: Int32 = 0
    for place in places {
      let result = try run(place)
      status = max(status, result)
      if result == Self.interrupted { break }
    }
    return status
  }

  private static let interrupted: Int32 = 130

  private func run(_ place: RunPlaces) throws -> Int32 {
    let stored: NotebookDocument
    do {
      stored = try NotebookReader().read(contentsOf: place.notebook)
    } catch {
      Console.standardError.write("martlet: \(place.name): \(error)\n")
      return 1
    }
    if options.lints { return lint(stored, place) }
    // The worker starts where this process is, so that paths in the notebook are relative to the notebook.
    let folder = place.notebook.deletingLastPathComponent().path
    guard FileManager.default.changeCurrentDirectoryPath(folder) else {
      Console.standardError.write("martlet: \(place.name): The folder \(folder) cannot be entered.\n")
      return 1
    }
    // Remembered for the notebook's own commands, as long as it runs.
    let history = CellHistory(file: nil) { _ in }
    defer { history.close() }
    let session = try Session(history: history)
    defer { session.shutdown() }
    let stop = InterruptSignal { session.interrupt() }
    defer { stop.remove() }
    return try run(stored, at: place, in: session)
  }

  private func run(_ stored: NotebookDocument, at place: RunPlaces, in session: Session) throws -> Int32 {
    let printer = RunPrinter(document: stored, name: place.name, console: console)
    let runner = NotebookRunner(
      evaluator: session,
      options: .init(timeout: options.timeout, allowsErrors: options.allowsErrors, recordsTiming: options.recordsTiming)
    )
    let run = runner.run(stored) { printer.show($0) }
    printer.finish()
    var status: Int32 = 0
    if let failed = run.failure {
      Console.standardError.write(RunReport.failure(failed, in: place.name, cells: stored.cells.count) + "\n")
      status = failed.failure.isStop ? Self.interrupted : 1
    }
    if options.checks, run.failure == nil, !check(stored, run.document, place) { status = 1 }
    try write(run.document, to: place)
    return status
  }

  private func lint(_ document: NotebookDocument, _ place: RunPlaces) -> Int32 {
    let findings = NotebookLint(document).findings
    for finding in findings { console.write("\(place.name): \(finding)\n") }
    if findings.isEmpty { console.write("\(place.name): nothing found; it can run from top to bottom.\n") }
    return findings.isEmpty ? 0 : 1
  }

  private func check(_ stored: NotebookDocument, _ now: NotebookDocument, _ place: RunPlaces) -> Bool {
    let differences = OutputCheck().differences(stored: stored, now: now)
    let broken = LessonCount(of: now).broken(FrontMatter(of: stored))
    console.write(RunReport.check(differences, of: now, in: place.name))
    for sentence in broken { Console.standardError.write("martlet: \(place.name): \(sentence)\n") }
    return differences.isEmpty && broken.isEmpty
  }

  private func write(_ document: NotebookDocument, to place: RunPlaces) throws {
    if let output = place.output {
      try NotebookWriter().write(document, to: output)
      console.write("Wrote \(output.path)\n")
    }
    if let html = place.html {
      let folder = place.notebook.deletingLastPathComponent()
      try NotebookPage(document, name: place.name, folder: folder).write(to: html)
      console.write("Wrote \(html.path)\n")
    }
  }
}

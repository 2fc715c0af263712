import Foundation
import Synchronization

/// One `%package`: finds or builds the package, and makes it importable.
struct PackageAddition {
  let run: CommandRun
  let line: CommandLine
  let request: PackageRequest
  let environment: [String: String]
  private let progress: BuildProgress

  init(run: CommandRun, line: CommandLine, request: PackageRequest, environment: [String: String]) {
    self.run = run
    self.line = line
    self.request = request
    self.environment = environment
    progress = BuildProgress(name: request.identity, onEvent: run.onEvent)
  }

  func add() throws(CellFailure) {
    let place: PackageFolder
    do {
      place = try PackageFolder(for: request, toolchain: run.session.toolchain)
    } catch {
      throw .command(line, "There is no place to build packages: \(error.localizedDescription)")
    }
    if let record = kept(in: place) { return try use(record) }
    try use(try build(in: place))
  }

  /// What was built before from the same sources.
  private func kept(in place: PackageFolder) -> PackageRecord? {
    guard let record = PackageRecord(contentsOf: place.record), record.isComplete else { return nil }
    if record.folders.isEmpty { return record }
    var key = ContentKey()
    for folder in record.folders { key.add(folder: URL(fileURLWithPath: folder)) }
    return key.text == record.contentKey ? record : nil
  }

  private func build(in place: PackageFolder) throws(CellFailure) -> PackageRecord {
    guard let lock = FileLock(place.folder.appendingPathComponent("lock")) else {
      throw .command(line, "\(place.folder.path) cannot be locked: \(String(cString: strerror(errno))).")
    }
    if !lock.take() {
      progress.tell("waiting for another session that builds it")
      while !lock.take() {
        if run.isInterrupted { throw .interruptedCommand }
        usleep(100_000)
      }
      if let record = kept(in: place) { return record }
    }
    let build = PackageBuild(
      request: request, place: place, toolchain: run.session.toolchain, line: line,
      run: { arguments, tells throws(CellFailure) in try execute(arguments, tells: tells, in: place) })
    defer { withExtendedLifetime(lock) {} }
    return try build.record()
  }

  private func execute(
    _ arguments: [String], tells: Bool, in place: PackageFolder
  ) throws(CellFailure) -> (succeeded: Bool, output: String) {
    let output = Mutex("")
    let end = try run.runProcess(
      arguments, environment: environment.merging(["TERM": "dumb"]) { $1 }, directory: place.folder.path, for: line
    ) { stream, text in
      // A manifest is read from standard output alone.
      if tells || stream == .standardOutput { output.withLock { $0 += text } }
      if tells { progress.tell(text) }
    }
    return (end == .exited(0), output.withLock { $0 })
  }

  private func use(_ record: PackageRecord) throws(CellFailure) {
    let session = run.session
    let others = session.settings.packages.filter { $0.location != request.location }
    let taken = Dictionary(others.flatMap { other in other.record.modules.map { ($0, other.location) } }) { $1 }
    if let module = record.modules.first(where: { taken[$0] != nil }) {
      throw .command(
        line,
        "The module '\(module)' is there already, from \(taken[module]!). A session cannot have it twice; "
          + "make a package that depends on both, or %reset in another session.")
    }
    let earlier = session.settings.packages.first { $0.location == request.location }
    session.settings.packages = others + [AddedPackage(location: request.location, record: record)]
    if let earlier, earlier.record != record {
      return progress.finish(
        "\(request.identity) was built again. What is loaded stays as it is; %reset goes on with the new one.")
    }
    let engine = session.engine
    engine.chain.libraries = session.settings.libraries
    session.assistant.update(engine.chain.surroundings)
    progress.finish("Cells can now import \(record.modules.joined(separator: ", ")).")
  }
}

/// A package of the session.
struct AddedPackage: Sendable {
  var location: String
  var record: PackageRecord
}

import Foundation
import Glibc
import WorkerLink

/// A real worker with cells that are compiled when a test asks for them.
final class WorkerHarness: Sendable {
  /// What a cell told, and how it ended.
  struct Run {
    var output = ""
    var errorOutput = ""
    var events: [String] = []
    /// The cells of which displays came.
    var displays: [UInt32] = []
    /// What work of earlier cells wrote, by cell.
    var lateOutput: [UInt32: String] = [:]
    var lateErrorOutput: [UInt32: String] = [:]
    /// What was last said about variables.
    var answers: [InspectionAnswer] = []
    var report: CellReport?
    var end: ProcessEnd?
    var seconds = 0.0
  }

  enum HarnessError: Error {
    case noWorker(String)
    case compilation(String)
    case timeout
  }

  private let worker: WorkerProcess
  private let events = EventQueue()
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("martlet-worker-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let products = Self.products
    let executable = products.appendingPathComponent("martlet-worker").path
    let toolkit = products.appendingPathComponent("libMartlet.so").path
    for path in [executable, toolkit] where !FileManager.default.fileExists(atPath: path) {
      throw HarnessError.noWorker(path)
    }
    worker = try WorkerProcess(executable: executable, libraries: [toolkit], workingDirectory: folder.path)
    worker.start { [events] event in events.put(event) }
  }

  deinit {
    worker.terminate()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Where the build puts its products: the folder of the test bundle.
  static var products: URL {
    let maps = (try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8)) ?? ""
    let bundle = maps.split(separator: "\n").first { $0.hasSuffix(".xctest") }
    let path = bundle.flatMap { line in line.firstIndex(of: "/").map { String(line[$0...]) } } ?? "."
    return URL(fileURLWithPath: path).deletingLastPathComponent()
  }

  /// Compiles and runs a cell, and collects what it tells until it ends.
  ///
  /// - Parameters:
  ///   - cell: the number by which the worker knows the cell.
  ///   - interruptAfter: seconds until the cell is interrupted.
  ///   - replies: the answers to its requests for input.
  func run(
    _ source: String, cell: UInt32 = 7, interruptAfter: Double? = nil, level: UInt8 = 1,
    replies: [WorkerInputReply] = []
  ) throws -> Run {
    try run(
      Compiled(path: compile(source)), cell: cell, interruptAfter: interruptAfter, level: level, replies: replies)
  }

  /// A cell that can be run at once.
  struct Compiled { fileprivate let path: String }

  /// Compiles a cell ahead of its run, for tests in which the moment of the run matters.
  func compiled(_ source: String) throws -> Compiled { Compiled(path: try compile(source)) }

  func run(
    _ compiled: Compiled, cell: UInt32 = 7, interruptAfter: Double? = nil, level: UInt8 = 1,
    replies: [WorkerInputReply] = []
  ) throws -> Run {
    let path = compiled.path
    worker.run(cell: cell, libraries: [], path: path, entry: "cell_main")
    if let interruptAfter {
      usleep(UInt32(interruptAfter * 1e6))
      worker.interrupt(level: level)
    }
    let start = Date()
    var run = try collect(replies: replies)
    run.seconds = Date().timeIntervalSince(start)
    return run
  }

  /// Starts a cell and leaves it alone.
  func start(_ compiled: Compiled, cell: UInt32) {
    worker.run(cell: cell, libraries: [], path: compiled.path, entry: "cell_main")
  }

  func interrupt() { worker.interrupt(level: 1) }

  /// Asks about variables.
  func ask(_ items: [InspectionItem]) { worker.inspect(identifier: 3, items) }

  /// Asks about variables, and waits for the answer.
  func inspect(_ items: [InspectionItem]) throws -> [InspectionAnswer] {
    ask(items)
    return try listen { !$0.answers.isEmpty }.answers
  }

  func terminate() { worker.terminate() }

  /// Collects what is told while no cell runs, until it satisfies a condition.
  func listen(until condition: (Run) -> Bool) throws -> Run {
    var run = Run()
    while !condition(run) && run.end == nil { note(try events.next(), in: &run) }
    return run
  }

  private func collect(replies: [WorkerInputReply]) throws -> Run {
    var run = Run()
    var replies = replies[...]
    while run.report == nil && run.end == nil {
      let event = try events.next()
      note(event, in: &run)
      if case .inputRequest = event, let reply = replies.popFirst() { worker.replyInput(reply) }
    }
    return run
  }

  private func note(_ event: WorkerEvent, in run: inout Run) {
    switch event {
    case .output(.standardOutput, let text):
      run.output += text
      run.events.append("out")
    case .output(.standardError, let text):
      run.errorOutput += text
      run.events.append("err")
    case .lateOutput(let cell, .standardOutput, let text): run.lateOutput[cell, default: ""] += text
    case .lateOutput(let cell, .standardError, let text): run.lateErrorOutput[cell, default: ""] += text
    case .display(let cell, _):
      run.displays.append(cell)
      run.events.append("display")
    case .inputRequest(let prompt, let isPassword): run.events.append("input \(prompt) \(isPassword)")
    case .backgroundFailure(let message): run.events.append("background \(message)")
    case .started, .surroundings: break
    case .inspected(_, let answers): run.answers = answers
    case .finished(let report): run.report = report
    case .ended(let end): run.end = end
    }
  }

  /// A script, compiled as the engine does it, but for the chain of cells.
  private func compile(_ source: String) throws -> String {
    let name = "Cell\(UInt32.random(in: 0...UInt32.max))"
    let file = folder.appendingPathComponent("main.swift")
    try ("import MartletDisplay\nimport CMartletRuntime\n" + source).write(to: file, atomically: true, encoding: .utf8)
    let library = folder.appendingPathComponent("lib\(name).so").path
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let header = root.appendingPathComponent("Sources/CMartletRuntime/include")
    let object = folder.appendingPathComponent("\(name).o").path
    try swiftc([
      "-frontend", "-c", "-O", "-swift-version", "5", "-enable-testing", "-suppress-warnings", "-module-name", name,
      file.path, "-o",
      object,
      "-entry-point-function-name", "cell_main", "-Xcc", "-fno-omit-frame-pointer",
      "-I", Self.products.appendingPathComponent("Modules").path, "-I", header.path,
      "-Xcc", "-fmodule-map-file=\(header.appendingPathComponent("module.modulemap").path)",
    ])
    try swiftc(["-emit-library", "-module-name", name, object, "-o", library])
    return library
  }

  private func swiftc(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["swiftc"] + arguments
    let messages = Pipe()
    process.standardError = messages
    try process.run()
    let text = String(decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw HarnessError.compilation(text) }
  }
}

/// Events on their way from the reading thread to the test.
final class EventQueue: @unchecked Sendable {  // `events` is only touched with the condition locked
  private let condition = NSCondition()
  private var events: [WorkerEvent] = []

  func put(_ event: WorkerEvent) {
    condition.lock()
    events.append(event)
    condition.signal()
    condition.unlock()
  }

  func next() throws -> WorkerEvent {
    condition.lock()
    defer { condition.unlock() }
    let limit = Date().addingTimeInterval(30)
    while events.isEmpty {
      guard condition.wait(until: limit) else { throw WorkerHarness.HarnessError.timeout }
    }
    return events.removeFirst()
  }
}

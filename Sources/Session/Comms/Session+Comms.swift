import Cells
import Foundation
import WorkerLink

/// Turns the report about a callback that did not return into what frontends show.
typealias Explanation = @Sendable (CellReport) -> CellFailure

extension Session {
  /// Passes a frontend's message on to the cells, and returns at once, whether a cell runs or not.
  ///
  /// - Parameters:
  ///   - onEvent: hears what the message brings about: what callbacks show, and what the cells' side sends.
  ///   - completion: called once every callback for the message has ended; with the failure of one that did not return.
  package func deliver(
    _ message: CommMessage, onEvent: @escaping @Sendable (SessionEvent) -> Void,
    completion: @escaping @Sendable (CellFailure?) -> Void
  ) {
    if currentEngine.deliver(message, onEvent: onEvent, completion: completion) { return }
    if message.kind == .open { onEvent(.comm(CommMessage(.close, identifier: message.identifier))) }
    completion(nil)
  }

  /// The targets of the comms that are open, by the comms' identifiers.
  package var commTargets: [String: String] { currentEngine.comms.targets }
}

extension Engine {
  /// Passes a frontend's message on; false when there is nobody to take it.
  func deliver(
    _ message: CommMessage, onEvent: @escaping @Sendable (SessionEvent) -> Void,
    completion: @escaping @Sendable (CellFailure?) -> Void
  ) -> Bool {
    guard let comm = comms.accept(message, onEvent: onEvent, completion: completion) else { return false }
    send(comm)
    return true
  }

  /// What the worker tells of comms.
  static func handle(comm event: WorkerEvent, run: CellRun, comms: CommRelay, explain: @escaping Explanation) {
    switch event {
    case .comm(let comm):
      guard let message = CommMessage(comm) else { return }
      comms.note(message)
      report(.comm(message), origin: comm.origin, run: run, comms: comms)
    case .callbackFailed(let failure): comms.fail(failure)
    case .commDone(let origin):
      guard let request = comms.finish(origin) else { return }
      guard let failure = request.report else { return request.completion(nil) }
      // Finding the lines takes a while, and other events must not wait.
      Thread.detachNewThread { request.completion(explain(failure)) }
    default: break
    }
  }

  /// Reports something to the cell, or to the frontend's message, that it belongs to.
  static func report(_ event: SessionEvent, origin: UInt32, run: CellRun, comms: CommRelay) {
    guard origin & WorkerComm.messageOrigin != 0 else { return run.report(event, cell: origin) }
    comms.listener(of: origin)?(event)
  }

  /// Tells frontends that every comm is closed, and whoever waits that nothing more will come.
  static func endComms(_ comms: CommRelay, run: CellRun) {
    let (open, waiting) = comms.end()
    for identifier in open { run.report(.comm(CommMessage(.close, identifier: identifier))) }
    for request in waiting { request.completion(nil) }
  }
}

extension CellFailure {
  /// Why a callback did not return.
  init(ofCallback report: CellReport, toolchain: Toolchain, numberOfSequence: @escaping (Int) -> Int?) {
    let places = Symbolizer(toolchain: toolchain).places(of: report.frames.map { ($0.image, $0.offset) })
    let cell = CellRequest(code: "", number: 0)
    self =
      ExecutionFailure(report: report, code: "", cell: cell, places: places, numberOfSequence: numberOfSequence).failure
    line = nil
    guard report.status == .interrupted else { return }
    message = "The callback was interrupted."
    traceback[0] = CellFailure.heading(name, message)
  }
}

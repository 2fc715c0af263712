import MartletDisplay

/// What the worker and its output streams tell, in the order in which it happened.
package enum WorkerEvent: Sendable {
  /// Text that something in the worker wrote, in whole characters.
  case output(WorkerStream, String)
  /// Text that work of an earlier cell than the newest wrote.
  case lateOutput(cell: UInt32, WorkerStream, String)
  /// A cell begins; from now on `output` is its.
  case started(cell: UInt32)
  case display(cell: UInt32, _DisplayMessage)
  case inputRequest(prompt: String, isPassword: Bool)
  case finished(CellReport)
  /// The answer to the question about the worker's surroundings.
  case surroundings(WorkerSurroundings)
  /// Something outside the running cell crashed and was stopped.
  case backgroundFailure(String)
  /// The answers to an `inspect` request.
  case inspected(identifier: UInt32, [InspectionAnswer])
  /// The worker is gone; the last event.
  case ended(ProcessEnd)
}

package enum WorkerStream: Sendable, Equatable { case standardOutput, standardError }

/// How a cell ended.
package struct CellReport: Sendable, Equatable {
  package enum Status: UInt8, Sendable {
    case finished, uncaughtError, trap, interrupted, loadFailure, exitCalled
  }

  /// A place in loaded code.
  package struct CodeAddress: Sendable, Equatable {
    package var image: String
    package var offset: UInt64
  }

  package var cell: UInt32
  package var status: Status
  /// A trap's signal, or the code given to `exit`.
  package var code: Int32
  package var isStackOverflow: Bool
  /// Whether it happened on another thread than the cell's: in a task that the cell waited for.
  package var isOffThread: Bool
  /// How many of the cell's top-level items were known to be done.
  package var progress: UInt32
  /// The type of an uncaught error.
  package var name: String
  package var message: String
  /// Where it happened, innermost first.
  package var frames: [CodeAddress]
  package var usage: CellUsage
}

/// How the worker's process ended.
package struct ProcessEnd: Sendable, Equatable, CustomStringConvertible {
  /// The signal that ended it, when one did.
  package var signal: Int32?
  package var exitCode: Int32

  package init(waitStatus: Int32) {
    let signal = waitStatus & 0x7f
    self.signal = signal == 0 ? nil : signal
    exitCode = (waitStatus >> 8) & 0xff
  }

  package var description: String {
    if let signal { return "The process that runs the cells was killed by signal \(signal)." }
    return "The process that runs the cells ended with exit code \(exitCode)."
  }
}

extension WorkerEvent {
  /// The event that a frame tells of; `nil` for kinds that need no attention.
  init?(_ frame: Frame) throws(FrameError) {
    var reader = FrameReader(frame.payload)
    switch frame.kind {
    case 1: return nil
    case 2:
      guard let report = CellReport(&reader) else { throw .malformed(kind: 2) }
      self = .finished(report)
    case 3:
      guard let cell = reader.unsigned32(), let message = _DisplayMessage(decoding: reader.rest) else {
        throw .malformed(kind: 3)
      }
      self = .display(cell: cell, message)
    case 4:
      guard let isPassword = reader.byte(), let prompt = reader.string() else { throw .malformed(kind: 4) }
      self = .inputRequest(prompt: prompt, isPassword: isPassword != 0)
    case 5:
      guard let message = reader.string() else { throw .malformed(kind: 5) }
      self = .backgroundFailure(message)
    case 6:
      guard let cell = reader.unsigned32(), let stream = reader.byte().flatMap(WorkerStream.init(number:)),
        let text = reader.string()
      else { throw .malformed(kind: 6) }
      self = .lateOutput(cell: cell, stream, text)
    case 7:
      guard let cell = reader.unsigned32() else { throw .malformed(kind: 7) }
      self = .started(cell: cell)
    case 8:
      guard let surroundings = WorkerSurroundings(&reader) else { throw .malformed(kind: 8) }
      self = .surroundings(surroundings)
    case 20:
      guard let identifier = reader.unsigned32(), let answers = InspectionAnswer.read(from: &reader) else {
        throw .malformed(kind: 20)
      }
      self = .inspected(identifier: identifier, answers)
    default: throw .malformed(kind: frame.kind)
    }
  }
}

extension WorkerStream {
  /// By the number of its file descriptor.
  fileprivate init?(number: UInt8) {
    switch number {
    case 1: self = .standardOutput
    case 2: self = .standardError
    default: return nil
    }
  }
}

extension CellReport {
  fileprivate init?(_ reader: inout FrameReader) {
    guard let cell = reader.unsigned32(), let status = reader.byte().flatMap(Status.init(rawValue:)),
      let code = reader.unsigned32(), let flags = reader.byte(), let progress = reader.unsigned32(),
      let name = reader.string(), let message = reader.string(), let count = reader.unsigned32()
    else { return nil }
    var frames: [CodeAddress] = []
    for _ in 0..<count {
      guard let image = reader.string(), let offset = reader.unsigned64() else { return nil }
      frames.append(CodeAddress(image: image, offset: offset))
    }
    guard let usage = CellUsage(&reader) else { return nil }
    self.init(
      cell: cell, status: status, code: Int32(bitPattern: code), isStackOverflow: flags & 1 != 0,
      isOffThread: flags & 2 != 0, progress: progress, name: name, message: message, frames: frames, usage: usage)
  }
}

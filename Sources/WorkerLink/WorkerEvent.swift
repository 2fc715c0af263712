import MartletDisplay

/// What comes from the worker, in the order in which it happened there.
package enum WorkerEvent: Sendable {
  /// One of the worker's two output streams.
  package enum Stream: Sendable, CaseIterable { case standardOutput, standardError }

  /// The worker has loaded its libraries.
  case ready(process: Int32)
  /// Whole Unicode scalars; bytes that are none have been replaced.
  case output(Stream, String)
  case display(cell: UInt32, _DisplayMessage)
  case inputRequest(prompt: String, isPassword: Bool)
  case finished(CellReport)
  /// Something crashed outside of any cell, and was stopped.
  case backgroundFailure(String)
  /// The process is gone. Nothing comes after this.
  case ended(ProcessEnd)
}

/// How a process ended.
package enum ProcessEnd: Sendable, Equatable {
  case exited(code: Int32)
  case killed(signal: Int32)

  /// Reads the status that `waitpid` gives.
  init(waitStatus: Int32) {
    let signal = waitStatus & 0x7F
    self = signal == 0 ? .exited(code: (waitStatus >> 8) & 0xFF) : .killed(signal: signal)
  }
}

extension WorkerEvent {
  /// Reads a frame's payload; `nil` where it is not one, since code in the worker can write anything.
  init?(kind: UInt8, payload: ArraySlice<UInt8>) {
    var reader = FrameReader(payload)
    switch kind {
    case 1:
      guard let process = reader.integer(UInt32.self) else { return nil }
      self = .ready(process: Int32(bitPattern: process))
    case 2:
      guard let report = CellReport(&reader) else { return nil }
      self = .finished(report)
    case 3:
      guard let cell = reader.integer(UInt32.self), let message = _DisplayMessage(decoding: reader.rest()) else {
        return nil
      }
      self = .display(cell: cell, message)
    case 4:
      guard let isPassword = reader.byte(), let prompt = reader.string() else { return nil }
      self = .inputRequest(prompt: prompt, isPassword: isPassword != 0)
    case 5:
      guard let message = reader.string() else { return nil }
      self = .backgroundFailure(message)
    default: return nil
    }
  }
}

/// What the session asks of the worker.
package enum WorkerRequest: Sendable, Equatable {
  /// Load the libraries, then the cell's own, and call its entry function.
  case run(cell: UInt32, libraries: [String], path: String, entry: String)
  case interrupt(InterruptLevel)
  case inputReply(InputReply)

  /// The whole frame, with its header.
  func frame() -> [UInt8] {
    var writer = FrameWriter()
    switch self {
    case .run(let cell, let libraries, let path, let entry):
      writer.put(cell)
      writer.put(UInt32(libraries.count))
      for library in libraries { writer.put(library) }
      writer.put(path)
      writer.put(entry)
      return writer.frame(kind: 1)
    case .interrupt(let level):
      writer.put(level.rawValue)
      return writer.frame(kind: 2)
    case .inputReply(let reply):
      writer.put(reply.status)
      writer.put(reply.text)
      return writer.frame(kind: 3)
    }
  }
}

/// How hard an interrupt tries.
package enum InterruptLevel: UInt8, Sendable {
  /// At the next poll or in a blocking call: no variable is left half changed.
  case polite = 1
  /// Nearly anywhere: what was being changed just then may be lost.
  case forced = 2
}

/// The answer to a request for input.
package enum InputReply: Sendable, Equatable {
  /// A line, without its newline.
  case line(String)
  case endOfFile
  /// Nobody can be asked: the cell ends with an error that says so.
  case notAllowed

  fileprivate var status: UInt8 {
    switch self {
    case .line: 0
    case .endOfFile: 1
    case .notAllowed: 2
    }
  }

  fileprivate var text: String {
    if case .line(let text) = self { return text }
    return ""
  }
}

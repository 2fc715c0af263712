/// A worker's working directory and environment, as they are at a moment.
package struct WorkerSurroundings: Sendable, Equatable {
  /// What the session wants otherwise.
  package enum Change: Sendable, Equatable {
    case directory(String)
    /// An environment variable's value; `nil` removes it.
    case variable(String, String?)
  }

  /// What went wrong with the change that was asked for; `nil` when nothing did.
  package var failure: String?
  package var directory: String
  package var environment: [String: String]
}

extension WorkerSurroundings {
  /// `nil` where the payload is none of this kind.
  init?(_ reader: inout FrameReader) {
    guard let failure = reader.string(), let directory = reader.string(), let count = reader.unsigned32() else {
      return nil
    }
    var environment: [String: String] = [:]
    for _ in 0..<count {
      guard let entry = reader.string() else { return nil }
      let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { environment[String(parts[0])] = String(parts[1]) }
    }
    self.init(failure: failure.isEmpty ? nil : failure, directory: directory, environment: environment)
  }
}

extension WorkerSurroundings.Change? {
  /// The payload of the request for a change, or for none.
  var payload: [UInt8] {
    let (operation, name, value): (UInt8, String, String) =
      switch self {
      case nil: (0, "", "")
      case .directory(let path): (1, path, "")
      case .variable(let name, let value?): (2, name, value)
      case .variable(let name, nil): (3, name, "")
      }
    var writer = FrameWriter()
    writer.put(operation)
    writer.put(name)
    writer.put(value)
    return writer.bytes
  }
}

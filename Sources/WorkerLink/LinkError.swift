/// What can go wrong between the session and its worker.
package enum LinkError: Error, Equatable, CustomStringConvertible {
  /// The system refused a pipe, a thread or the process itself.
  case cannotStart(String, code: Int32)
  /// The worker announced a frame of this many bytes.
  case oversizedFrame(Int)

  package var description: String {
    switch self {
    case .cannotStart(let what, let code): "The worker process could not be started: \(what) failed (error \(code))."
    case .oversizedFrame(let count): "The worker sent a message of \(count) bytes, more than can be true."
    }
  }
}

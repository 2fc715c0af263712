/// How a cell ended.
package struct CellReport: Sendable, Equatable {
  /// What ended the cell.
  package enum Status: UInt8, Sendable {
    case finished = 0
    /// An error that nothing caught.
    case error = 1
    /// A failed check, a bad address, `abort`.
    case trap = 2
    case interrupted = 3
    /// The compiled cell or one of its libraries could not be loaded.
    case loadFailure = 4
    /// The cell called `exit`.
    case exit = 5
  }

  /// A place in machine code: inside of the call for all frames, so that it can be symbolised as it is.
  package struct Frame: Sendable, Equatable {
    /// The path of the library or executable; empty where it is unknown.
    package let image: String
    /// The offset from the image's start.
    package let offset: UInt64
  }

  package let cell: UInt32
  package let status: Status
  /// The signal of a trap, or the code given to `exit`.
  package let code: Int32
  package let isStackOverflow: Bool
  /// Whether it happened off the cell's own thread, such as in a Task.
  package let isOnOtherThread: Bool
  /// How many of the cell's variable declarations have been given their values.
  package let progress: Int
  /// The type of the error; empty where there is none.
  package let errorName: String
  /// The error's description or the trap's message; empty for traps that are silent at `-O`.
  package let message: String
  /// Innermost first.
  package let frames: [Frame]
}

extension CellReport {
  init?(_ reader: inout FrameReader) {
    guard let cell = reader.integer(UInt32.self), let status = reader.byte().flatMap(Status.init(rawValue:)),
      let code = reader.integer(UInt32.self), let flags = reader.byte(), let progress = reader.integer(UInt32.self),
      let errorName = reader.string(), let message = reader.string(), let frames = Self.frames(&reader)
    else { return nil }
    self.init(
      cell: cell, status: status, code: Int32(bitPattern: code), isStackOverflow: flags & 1 != 0,
      isOnOtherThread: flags & 2 != 0, progress: Int(progress), errorName: errorName, message: message, frames: frames)
  }

  private static func frames(_ reader: inout FrameReader) -> [Frame]? {
    guard let count = reader.integer(UInt32.self) else { return nil }
    var frames: [Frame] = []
    for _ in 0..<count {
      guard let image = reader.string(), let offset = reader.integer(UInt64.self) else { return nil }
      frames.append(Frame(image: image, offset: offset))
    }
    return frames
  }
}

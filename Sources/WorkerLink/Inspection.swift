import MartletDisplay

/// A question about a variable of a loaded cell.
package struct InspectionItem: Sendable, Hashable {
  /// The cell, by the number under which the worker runs it.
  package var cell: UInt32
  /// The variable; an empty name stands for all of the cell's, each of which gets an answer behind the others.
  package var name: String
  package var question: _InspectionQuestion

  package init(cell: UInt32, name: String, question: _InspectionQuestion) {
    self.cell = cell
    self.name = name
    self.question = question
  }

  func write(to writer: inout FrameWriter) {
    writer.put(cell)
    writer.put(name)
    writer.put(question.encoded)
  }
}

/// What the worker says about a variable.
package struct InspectionAnswer: Sendable, Hashable {
  package enum Status: UInt8, Sendable {
    /// The question is answered. In every other case but `unknown`, what comes is the type alone.
    case complete
    /// There is no such variable.
    case unknown
    /// What describes the value crashed.
    case trapped
    /// What describes the value took too long.
    case tooLong
    /// A cell runs, which may be changing the value.
    case cellRuns
    /// Other variables took too long.
    case skipped
  }

  package var cell: UInt32
  package var name: String
  package var status: Status
  /// Why it trapped, where that is known.
  package var message: String
  /// The answer in the form that the question asks for.
  package var bytes: [UInt8]

  package init(cell: UInt32, name: String, status: Status, message: String = "", bytes: [UInt8] = []) {
    self.cell = cell
    self.name = name
    self.status = status
    self.message = message
    self.bytes = bytes
  }

  /// The answer to a question for a value or a type.
  package var value: _InspectedValue? { _InspectedValue(decoding: bytes) }

  static func read(from reader: inout FrameReader) -> [InspectionAnswer]? {
    guard let count = reader.unsigned32() else { return nil }
    var answers: [InspectionAnswer] = []
    for _ in 0..<count {
      guard let cell = reader.unsigned32(), let name = reader.string(),
        let status = reader.byte().flatMap(Status.init(rawValue:)), let message = reader.string(),
        let bytes = reader.data()
      else { return nil }
      answers.append(InspectionAnswer(cell: cell, name: name, status: status, message: message, bytes: Array(bytes)))
    }
    return answers
  }
}

/// A diagnostic as the compiler wrote it to its serialized file, in the coordinates of the file that it compiled.
struct SerializedDiagnostic {
  struct Location {
    var file: String
    var line: Int
    var offset: Int
  }
  struct FixIt {
    var start: Location
    var end: Location
    var text: String
  }

  /// 1 note, 2 warning, 3 error, 4 fatal error, 5 remark.
  var level: Int
  var message: String
  var location: Location?
  var fixIts: [FixIt] = []
  var notes: [SerializedDiagnostic] = []

  /// Reads a `.dia` file, the format that Clang and Swift share; what cannot be read is left out.
  static func read(_ bytes: [UInt8]) -> [SerializedDiagnostic] {
    guard var stream = Bitstream(bytes, magic: "DIAG") else { return [] }
    var files: [Int: String] = [:]
    var result: [SerializedDiagnostic] = []
    while let entry = stream.next() {
      if case .block(let id) = entry {
        if id == diagnosticBlock {
          if let diagnostic = read(from: &stream, files: &files) { result.append(diagnostic) }
        } else {
          skipBlock(&stream)
        }
      }
    }
    return result
  }

  private static let diagnosticBlock = 9
  private enum Code { static let diagnostic = 2, filename = 6, fixIt = 7 }

  private static func skipBlock(_ stream: inout Bitstream) {
    var depth = 1
    while depth > 0, let entry = stream.next() {
      switch entry {
      case .block: depth += 1
      case .endOfBlock: depth -= 1
      case .record: break
      }
    }
  }

  private static func read(from stream: inout Bitstream, files: inout [Int: String]) -> SerializedDiagnostic? {
    var result: SerializedDiagnostic?
    while let entry = stream.next() {
      switch entry {
      case .endOfBlock: return result
      case .block(let id) where id == diagnosticBlock:
        if let note = read(from: &stream, files: &files) { result?.notes.append(note) }
      case .block: skipBlock(&stream)
      case .record(let record):
        let text = String(decoding: record.blob, as: UTF8.self)
        switch record.code {
        case Code.filename: if let id = record.fields.first { files[id] = text }
        case Code.diagnostic where record.fields.count >= 5:
          let location = location(record.fields[1...4], files: files)
          result = SerializedDiagnostic(level: record.fields[0], message: text, location: location)
        case Code.fixIt where record.fields.count >= 8:
          guard let start = location(record.fields[0...3], files: files),
            let end = location(record.fields[4...7], files: files)
          else { break }
          result?.fixIts.append(FixIt(start: start, end: end, text: text))
        default: break
        }
      }
    }
    return result
  }

  private static func location(_ fields: ArraySlice<Int>, files: [Int: String]) -> Location? {
    let fields = Array(fields)
    guard fields[0] != 0, let file = files[fields[0]] else { return nil }
    return Location(file: file, line: fields[1], offset: fields[3])
  }
}

import Foundation

/// Brings the compiler's messages on a rewritten cell back to what the user wrote.
struct DiagnosticTranslation {
  /// The name under which the compiler knows the cell's lines.
  let label: String
  /// The file that is compiled: the place behind the last line still goes by its name.
  let file: String
  /// The length of what stands before the rewritten text.
  let headerLength: Int
  let rewritten: RewrittenSource
  /// The number of the cell with a sequence number.
  let numberOfSequence: (Int) -> Int?

  /// The messages in a serialized file, without those that only speak of generated code, and without repetitions.
  func diagnostics(in file: URL) -> [Diagnostic] {
    guard let data = try? Data(contentsOf: file) else { return [] }
    var result: [Diagnostic] = []
    for serialized in SerializedDiagnostic.read([UInt8](data)) {
      guard let diagnostic = translate(serialized), !result.contains(diagnostic) else { continue }
      // Some notes stand beside their error instead of inside it.
      if diagnostic.severity == .note, let last = result.indices.last {
        result[last].notes.append(diagnostic)
      } else {
        result.append(diagnostic)
      }
    }
    return result
  }

  private func translate(_ serialized: SerializedDiagnostic) -> Diagnostic? {
    let severity: Diagnostic.Severity
    switch serialized.level {
    case 1: severity = .note
    case 2: severity = .warning
    case 3, 4: severity = .error
    default: return nil
    }
    if severity != .error && isGenerated(serialized) { return nil }
    var result = Diagnostic(severity: severity, message: readable(serialized.message))
    if let location = serialized.location {
      if isInCell(location) {
        result.offset = rewritten.sourceOffset(of: location.offset - headerLength)
      } else if location.file.hasPrefix("In[") {
        result.elsewhere = "\(location.file):\(location.line)"
      }
    }
    result.fixIts = serialized.fixIts.compactMap(translate)
    result.notes = serialized.notes.compactMap(translate)
    return result
  }

  /// Whether a message is of what the rewriter brought in: it names it, or it is a warning at a place that is not the user's.
  private func isGenerated(_ serialized: SerializedDiagnostic) -> Bool {
    if serialized.message.contains("_martlet") && !serialized.message.contains("_martletGuard_") { return true }
    guard serialized.level == 2 else { return false }
    guard let location = serialized.location, isInCell(location) else { return true }
    return !rewritten.isSource(location.offset - headerLength)
  }

  private func isInCell(_ location: SerializedDiagnostic.Location) -> Bool {
    (location.file == label || location.file == file) && location.offset >= headerLength
  }

  private func translate(_ fixIt: SerializedDiagnostic.FixIt) -> Diagnostic.FixIt? {
    guard isInCell(fixIt.start), isInCell(fixIt.end), fixIt.end.offset >= fixIt.start.offset,
      !fixIt.text.contains("_martlet")
    else { return nil }
    let start = rewritten.sourceOffset(of: fixIt.start.offset - headerLength)
    let end = max(start, rewritten.sourceOffset(of: fixIt.end.offset - headerLength))
    return Diagnostic.FixIt(range: start..<end, replacement: fixIt.text)
  }

  /// The message without generated names: `Cell7.Point` becomes `In[3].Point`.
  private func readable(_ message: String) -> String {
    var result = ""
    var rest = message.replacingOccurrences(of: "_martletGuard_", with: "")[...]
    while let found = rest.range(of: "Cell") {
      let digits = rest[found.upperBound...].prefix(while: \.isNumber)
      let end = digits.endIndex
      let isModule =
        !(rest[..<found.lowerBound].last?.isWordCharacter ?? false)
        && (end == rest.endIndex || !rest[end].isWordCharacter)
      if isModule, let sequence = Int(digits), let number = numberOfSequence(sequence) {
        result += rest[..<found.lowerBound] + "In[\(number)]"
      } else {
        result += rest[..<end]
      }
      rest = rest[end...]
    }
    return result + rest
  }
}

extension Character {
  fileprivate var isWordCharacter: Bool { isLetter || isNumber || self == "_" }
}

import Foundation
import JSON

/// Reads notebook files, formats 4.0 to 4.5 and their later relatives, and trusts nothing in them.
package struct NotebookReader: Sendable {
  /// The most bytes a file may have.
  package var sizeLimit = 1 << 29
  /// How deep values may be nested; a notebook of ordinary make has about ten levels.
  package var depthLimit = 200

  package init() {}

  /// Reads the notebook in a file.
  ///
  /// - Throws: `NotebookError`, which says what is wrong and where.
  package func read(contentsOf file: URL) throws(NotebookError) -> NotebookDocument {
    let data: Data
    do {
      let size = try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int ?? 0
      if size > sizeLimit { throw NotebookError(.tooLarge(bytes: size, limit: sizeLimit)) }
      data = try Data(contentsOf: file)
    } catch let error as NotebookError {
      throw error
    } catch {
      throw NotebookError(.unreadable(Self.reason(of: error)))
    }
    return try read(data)
  }

  /// Reads a notebook from the bytes of its file.
  package func read(_ data: Data) throws(NotebookError) -> NotebookDocument {
    if data.count > sizeLimit { throw NotebookError(.tooLarge(bytes: data.count, limit: sizeLimit)) }
    try checkDepth(of: data)
    let value: JSONValue
    do { value = try JSONValue(parsing: data) } catch { throw NotebookError(.notJSON(Self.reason(of: error))) }
    return try document(from: NotebookField(value))
  }

  private func document(from file: NotebookField) throws(NotebookError) -> NotebookDocument {
    let version = try file.required("nbformat").integer()
    if version != 4 { throw NotebookError(.unsupportedVersion(version), at: "nbformat") }
    var document = NotebookDocument(metadata: try file.optional("metadata")?.object() ?? [:])
    for field in try file.required("cells").elements() {
      document.cells.append(try cell(from: field))
    }
    CellIdentifiers.complete(&document)
    return document
  }

  private func cell(from field: NotebookField) throws(NotebookError) -> NotebookCell {
    let kindField = try field.required("cell_type")
    let name = try kindField.string()
    guard let kind = NotebookCell.Kind(rawValue: name) else {
      throw NotebookError(.unknownValue(found: name, allowed: ["code", "markdown", "raw"]), at: kindField.place)
    }
    var cell = NotebookCell(kind: kind, source: try field.required("source").text())
    cell.identifier = try field.optional("id")?.string() ?? ""
    cell.metadata = try field.optional("metadata")?.object() ?? [:]
    for (name, file) in try field.optional("attachments")?.members() ?? [] {
      cell.attachments[name] = try file.bundle()
    }
    if kind == .code {
      cell.executionCount = try field.optional("execution_count")?.integer()
      for output in try field.optional("outputs")?.elements() ?? [] { cell.outputs.append(try output.output()) }
    }
    return cell
  }

  /// Looks for deep nesting before the parser, which recurses, meets it.
  private func checkDepth(of data: Data) throws(NotebookError) {
    var depth = 0
    var inString = false
    var escaped = false
    var excess: Int?
    data.withUnsafeBytes { bytes in
      for (index, byte) in bytes.enumerated() {
        if inString {
          if escaped {
            escaped = false
          } else if byte == 0x5C {
            escaped = true
          } else if byte == 0x22 {
            inString = false
          }
        } else if byte == 0x22 {
          inString = true
        } else if byte == 0x5B || byte == 0x7B {
          depth += 1
          if depth > depthLimit {
            excess = index
            return
          }
        } else if byte == 0x5D || byte == 0x7D {
          depth -= 1
        }
      }
    }
    if let excess { throw NotebookError(.tooDeep(byte: excess, limit: depthLimit)) }
  }

  private static func reason(of error: any Error) -> String {
    if case DecodingError.dataCorrupted(let context) = error {
      if let cause = (context.underlyingError as NSError?)?.userInfo["NSDebugDescription"] as? String { return cause }
      return context.debugDescription
    }
    if error is DecodingError { return "a value has an unexpected form." }
    if let cocoa = error as? CocoaError, cocoa.code == .fileReadNoSuchFile || cocoa.code == .fileNoSuchFile {
      return "there is no such file."
    }
    return (error as? CocoaError)?.localizedDescription ?? "\(error)"
  }
}

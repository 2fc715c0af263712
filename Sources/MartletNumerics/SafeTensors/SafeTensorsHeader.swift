import Foundation

/// What stands before the elements in a safetensors file, checked against the size of the file before it is believed.
///
/// Format: eight bytes with the header's length, the header as JSON, the elements. Every tensor names its type, its shape
/// and where its bytes are; together they cover the rest of the file without gaps or overlaps.
struct SafeTensorsHeader {
  /// One tensor of the file.
  struct Entry: Sendable, Equatable {
    let name: String
    let type: SafeTensorsType
    let shape: [Int]
    /// Where its bytes are, from the end of the header.
    let range: Range<Int>
  }

  let entries: [Entry]
  let metadata: [String: String]
  /// Where the elements begin in the file.
  let start: Int

  /// The reference implementation reads no longer header.
  static let longest = 100_000_000

  init(_ data: Data, file: String) throws(SafeTensorsError) {
    guard data.count >= 8 else {
      throw SafeTensorsError(file, "A safetensors file begins with eight bytes; this one has \(data.count).")
    }
    let length = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= Self.longest else {
      throw SafeTensorsError(
        file, "A header of \(length) bytes was announced; at most \(Self.longest) are read. Is this a safetensors file?"
      )
    }
    guard Int(length) <= data.count - 8 else {
      throw SafeTensorsError(file, "A header of \(length) bytes was announced; only \(data.count - 8) follow.")
    }
    start = 8 + Int(length)
    let root: JSONTree
    do {
      root = try JSONTreeParser.parse(data.dropFirst(8).prefix(Int(length)))
    } catch { throw SafeTensorsError(file, "The header is not JSON. \(error)") }
    guard let members = root.members else { throw SafeTensorsError(file, "The header is \(root.kind), not an object.") }
    var (entries, metadata): ([Entry], [String: String]) = ([], [:])
    for (key, value) in members {
      if key == "__metadata__" {
        metadata = try Self.metadata(value, file)
      } else {
        entries.append(try Self.entry(key, value, file))
      }
    }
    entries.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    try Self.check(entries, size: data.count - start, file)
    self.entries = entries
    self.metadata = metadata
  }

  private static func metadata(_ value: JSONTree, _ file: String) throws(SafeTensorsError) -> [String: String] {
    guard let members = value.members else {
      throw SafeTensorsError(file, "__metadata__ is \(value.kind), not an object of texts.")
    }
    var metadata: [String: String] = [:]
    for (key, value) in members {
      guard let text = value.text else {
        throw SafeTensorsError(file, "__metadata__ holds \(value.kind) under '\(key)', not a text.")
      }
      metadata[key] = text
    }
    return metadata
  }

  private static func entry(_ name: String, _ value: JSONTree, _ file: String) throws(SafeTensorsError) -> Entry {
    guard let typeName = value["dtype"]?.text, let shapes = value["shape"]?.list,
      let offsets = value["data_offsets"]?.list, offsets.count == 2, let first = offsets[0].whole,
      let end = offsets[1].whole
    else {
      throw SafeTensorsError(file, "The tensor '\(name)' lacks dtype, shape or two data_offsets.")
    }
    guard let type = SafeTensorsType(rawValue: typeName) else {
      let known = SafeTensorsType.allCases.map(\.rawValue).joined(separator: ", ")
      throw SafeTensorsError(file, "The tensor '\(name)' has the type '\(typeName)'; known are \(known).")
    }
    var (shape, bytes): ([Int], Int) = ([], type.byteCount)
    for length in shapes {
      guard let length = length.whole, length >= 0, shape.count < 64 else {
        throw SafeTensorsError(file, "The shape of '\(name)' is to be whole numbers of at least 0.")
      }
      let (product, overflow) = bytes.multipliedReportingOverflow(by: length)
      guard !overflow else { throw SafeTensorsError(file, "The tensor '\(name)' is larger than any memory.") }
      shape.append(length)
      bytes = product
    }
    guard 0 <= first, first <= end, end - first == bytes else {
      throw SafeTensorsError(
        file,
        "The tensor '\(name)' of \(typeName) and shape \(shape) takes \(bytes) bytes; its offsets are \(first) to \(end)."
      )
    }
    return Entry(name: name, type: type, shape: shape, range: first..<end)
  }

  private static func check(_ entries: [Entry], size: Int, _ file: String) throws(SafeTensorsError) {
    var names: Set<[UInt8]> = []
    var end = 0
    for entry in entries {
      guard names.insert(Array(entry.name.utf8)).inserted else {
        throw SafeTensorsError(file, "The tensor '\(entry.name)' is there twice.")
      }
      guard entry.range.lowerBound == end else {
        throw SafeTensorsError(
          file, "The tensor '\(entry.name)' begins at byte \(entry.range.lowerBound); the one before it ends at \(end)."
        )
      }
      end = entry.range.upperBound
    }
    guard end == size else {
      throw SafeTensorsError(
        file, "The tensors end at byte \(end) of \(size). The file is cut off or has something added.")
    }
  }
}

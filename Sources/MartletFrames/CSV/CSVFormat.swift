import Foundation

/// How a CSV text is written: what stands between fields, and which texts stand for a missing value.
struct CSVFormat {
  let separator: UInt8
  private let missing: [[UInt8]]
  private let isEmptyMissing: Bool

  init(separator: Character, missing: [String]) throws(CSVError) {
    guard let byte = separator.asciiValue, ![0, 10, 13, 34].contains(byte) else {
      throw CSVError(.header, "the separator is one ASCII character and no quote or line break; found '\(separator)'.")
    }
    self.separator = byte
    isEmptyMissing = missing.contains("")
    self.missing = missing.filter { !$0.isEmpty }.map { Array($0.utf8) }
  }

  /// Whether an unquoted field stands for a missing value.
  @inline(__always)
  func isMissing(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    if count == 0 { return isEmptyMissing }
    return !missing.isEmpty && isListed(bytes, count)
  }

  private func isListed(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    missing.contains { text in text.count == count && text.withPointer { memcmp($0, bytes, count) == 0 } }
  }
}

/// Turns the bytes that a terminal sends into keys.
package struct KeyDecoder {
  private var pending: [UInt8] = []
  private static let pasteStart = Array("\u{1B}[200~".utf8)
  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  package init() {}

  /// Whether bytes are waiting for the rest of their key.
  package var isWaiting: Bool { !pending.isEmpty }

  /// Takes bytes in and gives back the keys that are complete.
  package mutating func keys(from bytes: some Sequence<UInt8>) -> [Key] {
    pending += bytes
    var keys: [Key] = []
    while !pending.isEmpty, let (key, count) = first() {
      pending.removeFirst(count)
      if let key { keys.append(key) }
    }
    return keys
  }

  /// The keys of the bytes that wait, when no more have come for a while: a lone escape is the key of that name.
  package mutating func flush() -> [Key] {
    if pending.starts(with: Self.pasteStart) { return [] }
    defer { pending = [] }
    return pending == [0x1B] ? [.escape] : []
  }

  /// The first key and the number of its bytes; `nil` when more bytes are needed. Unknown sequences are no key.
  private func first() -> (Key?, Int)? {
    if pending[0] == 0x1B { return escape() }
    if let key = Self.control[pending[0]] { return (key, 1) }
    if pending[0] < 0x20 { return (nil, 1) }
    return character(at: 0).map { (.character($0.0), $0.1) }
  }

  private func character(at start: Int) -> (Character, Int)? {
    let lead = pending[start]
    let count = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1
    guard start + count <= pending.count else { return nil }
    let text = String(decoding: pending[start..<(start + count)], as: UTF8.self)
    return (text.first ?? "\u{FFFD}", count)
  }

  private func escape() -> (Key?, Int)? {
    guard pending.count > 1 else { return nil }
    switch pending[1] {
    case UInt8(ascii: "["): return sequence()
    case UInt8(ascii: "O"):
      guard pending.count > 2 else { return nil }
      return (Self.final[pending[2]], 3)
    case 0x0D, 0x0A: return (.newLine, 2)
    case 0x7F, 0x08: return (.killWord, 2)
    case UInt8(ascii: "b"): return (.wordLeft, 2)
    case UInt8(ascii: "f"): return (.wordRight, 2)
    case 0x1B: return (.escape, 1)
    default: return (nil, 2)
    }
  }

  private func sequence() -> (Key?, Int)? {
    guard let end = pending.indices.dropFirst(2).first(where: { (0x40...0x7E).contains(pending[$0]) }) else {
      return nil
    }
    let parameters = String(decoding: pending[2..<end], as: UTF8.self)
    if pending.starts(with: Self.pasteStart) { return paste() }
    if pending[end] == UInt8(ascii: "~") { return (Self.numbered[parameters], end + 1) }
    let isModified = parameters.hasSuffix(";5") || parameters.hasSuffix(";3")
    switch (Self.final[pending[end]], isModified) {
    case (.left, true): return (.wordLeft, end + 1)
    case (.right, true): return (.wordRight, end + 1)
    case (let key, _): return (key, end + 1)
    }
  }

  private func paste() -> (Key?, Int)? {
    let start = Self.pasteStart.count
    guard let range = pending[start...].firstRange(of: Self.pasteEnd) else { return nil }
    let text = String(decoding: pending[start..<range.lowerBound], as: UTF8.self)
      .replacing("\r\n", with: "\n").replacing("\r", with: "\n").replacing("\t", with: "  ")
    // A pasted control sequence would move the cursor about when it is shown.
    let visible = text.unicodeScalars.filter { $0 == "\n" || $0.value >= 0x20 && $0.value != 0x7F }
    return (.paste(String(String.UnicodeScalarView(visible))), range.upperBound)
  }

  private static let control: [UInt8: Key] = [
    0x01: .home, 0x02: .left, 0x03: .interrupt, 0x04: .endOfFile, 0x05: .end, 0x06: .right, 0x08: .backspace,
    0x09: .tab,
    0x0A: .enter, 0x0B: .killToEnd, 0x0C: .clearScreen, 0x0D: .enter, 0x0E: .down, 0x10: .up, 0x12: .search,
    0x15: .killToStart, 0x17: .killWord, 0x19: .yank, 0x1A: .suspend, 0x7F: .backspace,
  ]
  private static let final: [UInt8: Key] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right, UInt8(ascii: "D"): .left,
    UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end,
  ]
  private static let numbered: [String: Key] = [
    "1": .home, "7": .home, "4": .end, "8": .end, "3": .delete,
  ]
}

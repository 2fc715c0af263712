/// Texts and their numbers: every different text has the next number when it is first seen.
///
/// Texts are told apart by their bytes and lie one behind the other in one block, so that looking one up allocates nothing.
struct TermTable: Sendable {
  /// The bytes of all texts.
  private var bytes: [UInt8] = []
  /// Where each text starts, and where the last one ends.
  private var starts: [Int] = [0]
  /// The places of texts by their hashes, plus 1; 0 where none is. As many as a power of two.
  private var slots: [UInt32]
  private var hashes: [UInt64] = []

  init(capacity: Int = 64) {
    var size = 128
    while size < capacity * 2 { size *= 2 }
    slots = [UInt32](repeating: 0, count: size)
  }

  /// The texts in the order of their numbers; of equal ones only the first has a number.
  init(_ texts: [String]) {
    self.init(capacity: texts.count)
    for text in texts { _ = insert(text) }
  }

  var count: Int { starts.count - 1 }

  /// A text by its number.
  subscript(number: Int) -> String { String(decoding: bytes[starts[number]..<starts[number + 1]], as: UTF8.self) }

  /// The number of a text, which it gets now unless it has one.
  mutating func insert(_ text: String) -> Int {
    var text = text
    return text.withUTF8 { insert($0) }
  }

  func number(of text: String) -> Int? {
    var text = text
    return text.withUTF8 { number(of: $0) }
  }

  mutating func insert(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    let hash = Self.hash(text)
    let slot = slot(of: text, hash)
    if slots[slot] != 0 { return Int(slots[slot]) - 1 }
    bytes.append(contentsOf: text)
    starts.append(bytes.count)
    hashes.append(hash)
    slots[slot] = UInt32(count)
    if count * 2 > slots.count { grow() }
    return count - 1
  }

  func number(of text: UnsafeBufferPointer<UInt8>) -> Int? {
    let found = slots[slot(of: text, Self.hash(text))]
    return found == 0 ? nil : Int(found) - 1
  }

  /// The numbers in the order of their texts' bytes, which is that of their code points.
  func sortedNumbers(_ numbers: [Int]) -> [Int] {
    bytes.withUnsafeBufferPointer { bytes in
      numbers.sorted { a, b in
        let (x, y) = (starts[a]..<starts[a + 1], starts[b]..<starts[b + 1])
        for (i, j) in zip(x, y) where bytes[i] != bytes[j] { return bytes[i] < bytes[j] }
        return x.count < y.count
      }
    }
  }

  /// Where a text is, or the free place where it would be.
  @inline(__always)
  private func slot(of text: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if hashes[number] == hash, isEqual(text, number) { return slot }
      slot = (slot + 1) & mask
    }
    return slot
  }

  @inline(__always)
  private func isEqual(_ text: UnsafeBufferPointer<UInt8>, _ number: Int) -> Bool {
    let start = starts[number]
    guard starts[number + 1] - start == text.count else { return false }
    for i in 0..<text.count where bytes[start + i] != text[i] { return false }
    return true
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for (number, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(number + 1)
    }
  }

  /// FNV-1a with a last mixing, so that its low bits are good, too.
  @inline(__always)
  private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    hash = (hash ^ hash >> 32) &* 0x9e37_79b9_7f4a_7c15
    return hash ^ hash >> 29
  }
}

import Foundation

/// Numbers texts in the order in which they are first seen: a hash table over bytes, made for millions of short ones.
///
/// Not for several threads at once.
final class TextTable {
  /// For each slot, 24 bits of a hash, eight bits of the length and, below them, the text's number plus 1; 0 where it is
  /// free. Slots are a power of two.
  private var slots: UnsafeMutablePointer<UInt64>
  private var slotMask: Int
  private var hashes: UnsafeMutablePointer<UInt64>
  /// For each text its first and its last eight bytes, which is all of most.
  private var ends: UnsafeMutablePointer<TextHash.Ends>
  private let seed = TextHash.seed
  private var offsets: UnsafeMutablePointer<Int>
  private var entryCapacity: Int
  private var bytes: UnsafeMutablePointer<UInt8>
  private var byteCapacity: Int
  /// How many different texts there are.
  private(set) var count = 0

  init(slotCount: Int = 64, byteCount: Int = 256) {
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: 0, count: slotCount)
    slotMask = slotCount - 1
    entryCapacity = slotCount / 2
    hashes = .allocate(capacity: entryCapacity)
    ends = .allocate(capacity: entryCapacity)
    offsets = .allocate(capacity: entryCapacity + 1)
    offsets[0] = 0
    byteCapacity = byteCount
    bytes = .allocate(capacity: byteCount)
  }

  deinit {
    slots.deallocate()
    hashes.deallocate()
    ends.deallocate()
    offsets.deallocate()
    bytes.deallocate()
  }

  /// The number of a text.
  func code(for text: String) -> Int32 {
    var text = text
    return text.withUTF8 { code(for: $0.baseAddress ?? UnsafePointer(bytes), $0.count) }
  }

  /// The number of a text, which is new when it equals ``count`` from before.
  @inline(__always)
  func code(for text: UnsafePointer<UInt8>, _ length: Int) -> Int32 {
    let ends = TextHash.Ends(text, length)
    let hash = TextHash.hash(text, length, ends, seed)
    let mark = Self.mark(hash, length)
    var slot = Int(truncatingIfNeeded: hash) & slotMask
    while slots[slot] != 0 {
      if let entry = entry(in: slots[slot], mark, ends, text, length) { return entry }
      slot = (slot &+ 1) & slotMask
    }
    return add(text, length, hash, ends, slot)
  }

  /// What a slot holds above the number.
  @inline(__always)
  private static func mark(_ hash: UInt64, _ length: Int) -> UInt64 {
    (hash >> 40) << 8 | UInt64(truncatingIfNeeded: length & 0xFF)
  }

  /// The number in a slot, if it is that of the text.
  @inline(__always)
  private func entry(
    in slot: UInt64, _ mark: UInt64, _ ends: TextHash.Ends, _ text: UnsafePointer<UInt8>, _ length: Int
  ) -> Int32? {
    guard slot >> 32 == mark else { return nil }
    let entry = Int(truncatingIfNeeded: slot & 0xFFFF_FFFF) &- 1
    guard self.ends[entry].first == ends.first, self.ends[entry].last == ends.last else { return nil }
    if length > 16 {
      let offset = offsets[entry]
      guard offsets[entry &+ 1] &- offset == length, memcmp(bytes + offset, text, length) == 0 else { return nil }
    }
    return Int32(truncatingIfNeeded: entry)
  }

  /// The bytes of a text that is there.
  func withBytes<Result>(_ code: Int, _ body: (UnsafePointer<UInt8>, Int) -> Result) -> Result {
    body(UnsafePointer(bytes + offsets[code]), offsets[code + 1] - offsets[code])
  }

  /// The texts so far.
  func pool() -> TextPool {
    TextPool(
      bytes: Array(UnsafeBufferPointer(start: bytes, count: offsets[count])),
      offsets: Array(UnsafeBufferPointer(start: offsets, count: count + 1)))
  }

  @inline(never)
  private func add(
    _ text: UnsafePointer<UInt8>, _ length: Int, _ hash: UInt64, _ ends: TextHash.Ends, _ slot: Int
  ) -> Int32 {
    guard count < Int(Int32.max) - 1 else { fatalError("A column holds at most 2,147,483,646 different texts.") }
    let end = offsets[count] + length
    if end > byteCapacity {
      bytes = Self.grown(bytes, offsets[count], to: max(end, byteCapacity * 2))
      byteCapacity = max(end, byteCapacity * 2)
    }
    memcpy(bytes + offsets[count], text, length)
    hashes[count] = hash
    self.ends[count] = ends
    offsets[count + 1] = end
    slots[slot] = Self.mark(hash, length) << 32 | UInt64(count + 1)
    count += 1
    if count == entryCapacity { grow() }
    return Int32(truncatingIfNeeded: count - 1)
  }

  private func grow() {
    hashes = Self.grown(hashes, count, to: entryCapacity * 2)
    ends = Self.grown(ends, count, to: entryCapacity * 2)
    offsets = Self.grown(offsets, count + 1, to: entryCapacity * 2 + 1)
    entryCapacity *= 2
    slots.deallocate()
    slots = .allocate(capacity: entryCapacity * 2)
    slots.initialize(repeating: 0, count: entryCapacity * 2)
    slotMask = entryCapacity * 2 - 1
    for entry in 0..<count {
      var slot = Int(truncatingIfNeeded: hashes[entry]) & slotMask
      while slots[slot] != 0 { slot = (slot + 1) & slotMask }
      slots[slot] = Self.mark(hashes[entry], offsets[entry + 1] - offsets[entry]) << 32 | UInt64(entry + 1)
    }
  }

  private static func grown<Value: BitwiseCopyable>(
    _ old: UnsafeMutablePointer<Value>, _ used: Int, to capacity: Int
  ) -> UnsafeMutablePointer<Value> {
    let new = UnsafeMutablePointer<Value>.allocate(capacity: capacity)
    memcpy(new, old, used * MemoryLayout<Value>.stride)
    old.deallocate()
    return new
  }
}

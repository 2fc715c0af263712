import Foundation

/// Numbers texts in the order in which they are first seen: a hash table over bytes, made for millions of short ones.
///
/// Not for several threads at once.
final class TextTable {
  /// For each slot, a text's number plus 1; 0 where it is free. Slots are a power of two.
  private var slots: UnsafeMutablePointer<UInt32>
  private var slotMask: Int
  private var hashes: UnsafeMutablePointer<UInt64>
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
    offsets = .allocate(capacity: entryCapacity + 1)
    offsets[0] = 0
    byteCapacity = byteCount
    bytes = .allocate(capacity: byteCount)
  }

  deinit {
    slots.deallocate()
    hashes.deallocate()
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
    let hash = TextHash.hash(text, length)
    var slot = Int(truncatingIfNeeded: hash) & slotMask
    while slots[slot] != 0 {
      let entry = Int(slots[slot]) - 1
      if hashes[entry] == hash, offsets[entry + 1] - offsets[entry] == length,
        memcmp(bytes + offsets[entry], text, length) == 0
      {
        return Int32(truncatingIfNeeded: entry)
      }
      slot = (slot + 1) & slotMask
    }
    return add(text, length, hash, slot)
  }

  /// The number of a text that is there; `nil` for any other.
  func existingCode(for text: UnsafePointer<UInt8>, _ length: Int) -> Int32? {
    let hash = TextHash.hash(text, length)
    var slot = Int(truncatingIfNeeded: hash) & slotMask
    while slots[slot] != 0 {
      let entry = Int(slots[slot]) - 1
      if hashes[entry] == hash, offsets[entry + 1] - offsets[entry] == length,
        memcmp(bytes + offsets[entry], text, length) == 0
      {
        return Int32(truncatingIfNeeded: entry)
      }
      slot = (slot + 1) & slotMask
    }
    return nil
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
  private func add(_ text: UnsafePointer<UInt8>, _ length: Int, _ hash: UInt64, _ slot: Int) -> Int32 {
    guard count < Int(Int32.max) - 1 else { fatalError("A column holds at most 2,147,483,646 different texts.") }
    let end = offsets[count] + length
    if end > byteCapacity {
      bytes = Self.grown(bytes, offsets[count], to: max(end, byteCapacity * 2))
      byteCapacity = max(end, byteCapacity * 2)
    }
    memcpy(bytes + offsets[count], text, length)
    hashes[count] = hash
    offsets[count + 1] = end
    slots[slot] = UInt32(count + 1)
    count += 1
    if count == entryCapacity { grow() }
    return Int32(truncatingIfNeeded: count - 1)
  }

  private func grow() {
    hashes = Self.grown(hashes, count, to: entryCapacity * 2)
    offsets = Self.grown(offsets, count + 1, to: entryCapacity * 2 + 1)
    entryCapacity *= 2
    slots.deallocate()
    slots = .allocate(capacity: entryCapacity * 2)
    slots.initialize(repeating: 0, count: entryCapacity * 2)
    slotMask = entryCapacity * 2 - 1
    for entry in 0..<count {
      var slot = Int(truncatingIfNeeded: hashes[entry]) & slotMask
      while slots[slot] != 0 { slot = (slot + 1) & slotMask }
      slots[slot] = UInt32(entry + 1)
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

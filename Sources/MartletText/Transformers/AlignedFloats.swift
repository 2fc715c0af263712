/// A block of numbers that begins where a line of the cache begins: vectors of them are then read from one line each.
package final class AlignedFloats: @unchecked Sendable {
  // Unchecked: who shares a block has filled it before, or writes to another part of it than the others.

  /// The first number.
  package let start: UnsafeMutablePointer<Float>

  /// A block of `count` zeros.
  package init(_ count: Int) {
    let bytes = max(count, 1) * MemoryLayout<Float>.stride
    start = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
      .initializeMemory(as: Float.self, repeating: 0, count: max(count, 1))
  }

  deinit { UnsafeMutableRawPointer(start).deallocate() }
}

import Foundation

/// Asks the system for memory in large pages, which is there sooner when millions of values are about to be written.
enum LargePages {
  /// How long a large page is.
  static let size = 2 << 20

  /// A hint for memory that has not been written to yet; small blocks are left alone.
  static func ask(_ memory: UnsafeMutableRawPointer?, _ byteCount: Int) {
    guard let memory, byteCount >= 2 * size else { return }
    let address = UInt(bitPattern: memory)
    let start = (address + UInt(size) - 1) / UInt(size) * UInt(size)
    let end = (address + UInt(byteCount)) / UInt(size) * UInt(size)
    guard end > start, let aligned = UnsafeMutableRawPointer(bitPattern: start) else { return }
    // Where the system has no large pages it says so, and nothing is lost.
    _ = madvise(aligned, Int(end - start), CInt(MADV_HUGEPAGE))
  }
}

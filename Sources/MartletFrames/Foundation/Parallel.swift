import Dispatch
import Foundation

/// Runs the pieces of one job on all cores. How many there are decides only how long it takes, never the result.
enum Parallel {
  static let coreCount = max(1, ProcessInfo.processInfo.activeProcessorCount)

  /// How many rows one piece has: enough to hide the cost of starting it, few enough to share the work evenly.
  static let blockRows = 1 << 16

  /// Calls `body` for 0 up to `count - 1`, in any order and at the same time.
  static func perform(_ count: Int, _ body: (Int) -> Void) {
    if count <= 1 || coreCount == 1 {
      for piece in 0..<count { body(piece) }
    } else {
      withoutActuallyEscaping(body) { body in
        // Every piece writes to memory of its own, which the compiler cannot see.
        nonisolated(unsafe) let body = body
        DispatchQueue.concurrentPerform(iterations: count) { body($0) }
      }
    }
  }

  /// How many blocks there are in so many rows.
  static func blockCount(_ rows: Int) -> Int { (rows + blockRows - 1) / blockRows }

  /// The rows of a block.
  static func block(_ block: Int, of rows: Int) -> Range<Int> {
    block * blockRows..<min(rows, (block + 1) * blockRows)
  }

  /// Calls `body` for blocks of rows that together are all of them.
  static func blocks(_ rows: Int, _ body: (Range<Int>) -> Void) {
    perform(blockCount(rows)) { body(block($0, of: rows)) }
  }
}

extension Array where Element: BitwiseCopyable {
  /// An array whose blocks of places are filled at the same time; `fill` writes every place of its range.
  init(count: Int, filledBy fill: (Range<Int>, UnsafeMutablePointer<Element>) -> Void) {
    self.init(unsafeUninitializedCapacity: count) { buffer, initialized in
      LargePages.ask(buffer.baseAddress, count * MemoryLayout<Element>.stride)
      if let start = buffer.baseAddress { Parallel.blocks(count) { fill($0, start) } }
      initialized = count
    }
  }

  /// The elements' address for the time of a call; what it points to is not there when the array is empty.
  @inline(__always)
  func withPointer<Result>(_ body: (UnsafePointer<Element>) -> Result) -> Result {
    withUnsafeBufferPointer { body($0.baseAddress ?? UnsafePointer(bitPattern: MemoryLayout<Element>.alignment)!) }
    // An alignment is not zero, so the pointer is not nil.
  }

  @inline(__always)
  mutating func withMutablePointer<Result>(_ body: (UnsafeMutablePointer<Element>) -> Result) -> Result {
    withUnsafeMutableBufferPointer {
      body($0.baseAddress ?? UnsafeMutablePointer(bitPattern: MemoryLayout<Element>.alignment)!)  // as above
    }
  }
}

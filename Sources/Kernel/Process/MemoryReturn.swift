import ZeroMQ

/// Gives the memory that a flood of messages took back to the system, once all of them have been read.
///
/// Without this a kernel that had thousands of long messages in its queues would keep hundreds of megabytes for good.
struct MemoryReturn {
  /// Returning takes some milliseconds, so it is done for this many bytes at the least.
  private static let worthwhile = 16 << 20
  private var received = 0

  /// Counts a message.
  mutating func count(_ frames: [[UInt8]]) { received += frames.reduce(0) { $0 + $1.count } }

  /// Returns what is free; to be called when no message waits.
  mutating func giveBack() {
    guard received >= Self.worthwhile else { return }
    received = 0
    FreedMemory.giveBack()
  }
}

import CZeroMQ

/// Memory that was freed and that the allocator keeps, in pools of the threads that had asked for it.
///
/// A thousand long messages in a queue are read by one thread and freed by another, and leave hundreds of megabytes so.
package enum FreedMemory {
  /// Gives it back to the system, which takes some milliseconds.
  package static func giveBack() { malloc_trim(0) }
}

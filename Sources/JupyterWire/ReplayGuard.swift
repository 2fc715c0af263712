import Synchronization

/// Remembers the signatures of accepted messages, so that none is accepted twice, on whatever channel.
///
/// Its memory is bounded: beyond `capacity` the oldest signature is forgotten. Only signatures that were verified may
/// be shown to it, or a stranger could fill it.
package final class ReplayGuard: Sendable {
  private struct Memory {
    var known: Set<[UInt8]> = []
    var order: [[UInt8]] = []
    var oldest = 0
  }

  private let capacity: Int
  private let memory = Mutex(Memory())

  /// - Parameter capacity: how many signatures to remember; Jupyter's own clients keep as many.
  package init(capacity: Int = 65_536) { self.capacity = capacity }

  /// Whether a signature is new; from now on it is not.
  package func admits(_ signature: [UInt8]) -> Bool {
    memory.withLock { memory in
      guard memory.known.insert(signature).inserted else { return false }
      if memory.order.count < capacity {
        memory.order.append(signature)
      } else {
        memory.known.remove(memory.order[memory.oldest])
        memory.order[memory.oldest] = signature
        memory.oldest = (memory.oldest + 1) % capacity
      }
      return true
    }
  }
}

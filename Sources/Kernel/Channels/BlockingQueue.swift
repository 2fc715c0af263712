import class Foundation.NSCondition

/// A queue between threads: one waits for what others append.
final class BlockingQueue<Element: Sendable>: @unchecked Sendable {
  // Everything below is used with `condition` locked, which is why this may be shared.
  private let condition = NSCondition()
  private var elements: [Element] = []
  private var isFinished = false
  private var isClosed = false

  func append(_ element: Element) {
    condition.withLock {
      elements.append(element)
      condition.signal()
    }
  }

  /// Waits for the next element; `nil` once the queue is closed, or finished and empty.
  func next() -> Element? {
    condition.withLock {
      while elements.isEmpty && !isClosed && !isFinished { condition.wait() }
      return isClosed || elements.isEmpty ? nil : elements.removeFirst()
    }
  }

  /// Nothing more is appended: who waits gets what is in the queue, and then `nil`.
  func finish() {
    condition.withLock {
      isFinished = true
      condition.broadcast()
    }
  }

  /// Ends the waiting; what is still in the queue is forgotten.
  func close() {
    condition.withLock {
      isClosed = true
      condition.broadcast()
    }
  }
}

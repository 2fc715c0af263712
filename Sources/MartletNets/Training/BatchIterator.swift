import CMartletRuntime
import Dispatch
import Synchronization

/// The batches of one pass over the samples, first to last; it can be gone through once.
///
///     let batches = loader.epoch(0)
///     while let batch = try batches.next() { … }
///
/// Where nothing can go wrong, as with a ``DataLoader``, `for batch in loader.epoch(0) { … }` does it too.
///
/// With `prefetch: n` another thread makes batches one after the other while the one before is in use, and stops when `n` of them
/// wait. They are the same batches in the same order. What goes wrong is thrown where the batch would have come, and ends the
/// pass. After the pass is over, left or interrupted, no thread waits for anything: a batch that is being made is given up at its
/// next element.
public final class BatchIterator<Content: Sendable, Failure: Error> {
  /// Makes a batch; `nil` when it was given up because it was no longer wanted.
  package typealias Preparing = @Sendable (_ batch: Int, _ isUnwanted: () -> Bool) throws(Failure) -> Content?

  /// The numbers of the samples in the batch that came last.
  public private(set) var rows: [Int] = []
  private let order: BatchOrder.Epoch
  private let prefetch: Int
  private let prepare: Preparing
  private let queue = DispatchQueue(label: "martlet.batches")
  private let isLeft = Flag()
  private var (taken, begun) = (0, 0)
  private var preparations: [Preparation] = []

  package init(_ order: BatchOrder.Epoch, prefetch: Int, _ prepare: @escaping Preparing) {
    (self.order, self.prefetch, self.prepare) = (order, prefetch, prepare)
  }

  deinit { isLeft.raise() }

  /// The next batch; `nil` after the last one, and after an error.
  /// - Throws: what went wrong while it was made.
  public func next() throws(Failure) -> Content? {
    guard taken < order.batchCount else { return nil }
    let batch = taken
    taken += 1
    do throws(Failure) {
      let content = try prefetch > 0 ? awaited(batch) : made(batch)
      rows = order.rows(of: batch)
      return content
    } catch {
      taken = order.batchCount
      isLeft.raise()
      throw error
    }
  }

  /// The batch, made on the thread that asks for it.
  private func made(_ batch: Int) throws(Failure) -> Content {
    // It is wanted until an interrupt ends the cell, and then does not come back.
    try prepare(batch) {
      martlet_poll()
      return false
    }!
  }

  private func awaited(_ batch: Int) throws(Failure) -> Content {
    while begun <= Swift.min(batch + prefetch, order.batchCount - 1) {
      preparations.append(begin(begun))
      begun += 1
    }
    let preparation = preparations.removeFirst()
    while martlet_event_wait(preparation.end) != 0 {
      isLeft.raise()
      martlet_end_interrupted_cell()
    }
    // An interrupt has ended the preparation, but it was not for who asks here.
    guard let content = try preparation.result?.get() else { return try made(batch) }
    return content
  }

  private func begin(_ batch: Int) -> Preparation {
    let preparation = Preparation()
    queue.async { [prepare, isLeft] in
      preparation.result = Result { () throws(Failure) in
        try prepare(batch) { isLeft.isRaised || martlet_wants_interrupt() != 0 }
      }
      martlet_event_signal(preparation.end)
    }
    return preparation
  }

  /// A batch that another thread makes.
  private final class Preparation: @unchecked Sendable {
    // Unchecked: the result is set before the event is signalled, and read after that.
    var result: Result<Content?, Failure>?
    let end = martlet_event_create()!  // never nil: it aborts instead
    deinit { martlet_event_destroy(end) }
  }

  private final class Flag: Sendable {
    private let value = Atomic(false)
    var isRaised: Bool { value.load(ordering: .relaxed) }
    func raise() { value.store(true, ordering: .relaxed) }
  }
}

// `next` itself cannot be an `IteratorProtocol`'s: the compiler (6.3) crashes on a typed error that becomes `Never`.
extension BatchIterator: Sequence where Failure == Never {
  public func makeIterator() -> AnyIterator<Content> { AnyIterator { self.next() } }
}

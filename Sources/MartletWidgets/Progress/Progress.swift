import CMartletRuntime

/// Goes through a sequence, and shows how far it has come.
///
///     for file in progress(files, label: "reading") {
///       for line in progress(file.lines) { … }      // a second bar, for as long as the inner loop lasts
///     }
///
/// The bar shows how many items are done, of how many where that is known, the time taken, the time left and the items in
/// a second. It is drawn again at most ten times a second, by another thread: an item costs the loop about a nanosecond.
/// The last picture stays; a loop that was broken out of, interrupted or ended by a trap leaves its bar as stopped.
///
/// - Parameters:
///   - items: any sequence.
///   - label: a text in front of the bar.
///   - total: how many items there are; by default what the sequence knows.
/// - Returns: the sequence's own items.
public func progress<Items: Sequence>(
  _ items: Items, label: String = "", total: Int? = nil
) -> ProgressSequence<Items> {
  ProgressSequence(items, label: label, total: total ?? (items as? any ExactlyCounted)?.underestimatedCount)
}

/// Goes through a collection, and shows how far it has come.
public func progress<Items: Collection>(
  _ items: Items, label: String = "", total: Int? = nil
) -> ProgressSequence<Items> {
  ProgressSequence(items, label: label, total: total ?? items.count)
}

/// Goes through an asynchronous sequence, and shows how far it has come.
///
///     for try await batch in progress(batches, total: 500) { … }
public func progress<Items: AsyncSequence>(
  _ items: Items, label: String = "", total: Int? = nil
) -> ProgressAsyncSequence<Items> {
  ProgressAsyncSequence(items, label: label, total: total)
}

/// A sequence that shows how far it has been gone through; what `progress` returns.
public struct ProgressSequence<Base: Sequence>: Sequence {
  let base: Base
  let label: String
  let total: Int?

  init(_ base: Base, label: String, total: Int?) {
    self.base = base
    self.label = label
    self.total = total
  }

  public var underestimatedCount: Int { base.underestimatedCount }

  /// Begins a bar.
  public func makeIterator() -> Iterator {
    Iterator(base: base.makeIterator(), bar: ProgressBar(label: label, total: total))
  }

  /// Counts the items that it gives.
  public struct Iterator: IteratorProtocol {
    @usableFromInline var base: Base.Iterator
    @usableFromInline let bar: ProgressBar
    @usableFromInline let tally: UnsafeMutablePointer<Int64>

    init(base: Base.Iterator, bar: ProgressBar) {
      self.base = base
      self.bar = bar
      tally = bar.tally
    }

    @inlinable
    public mutating func next() -> Base.Element? {
      // An item is done when the next one is asked for.
      martlet_tally_increment(tally)
      let item = base.next()
      if item == nil { bar.finish() }
      return item
    }
  }
}

extension ProgressSequence: Sendable where Base: Sendable {}

/// An asynchronous sequence that shows how far it has been gone through; what `progress` returns.
public struct ProgressAsyncSequence<Base: AsyncSequence>: AsyncSequence {
  let base: Base
  let label: String
  let total: Int?

  init(_ base: Base, label: String, total: Int?) {
    self.base = base
    self.label = label
    self.total = total
  }

  /// Begins a bar.
  public func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(base: base.makeAsyncIterator(), bar: ProgressBar(label: label, total: total))
  }

  /// Counts the items that it gives.
  public struct AsyncIterator: AsyncIteratorProtocol {
    var base: Base.AsyncIterator
    let bar: ProgressBar

    public mutating func next() async throws -> Base.Element? {
      martlet_tally_increment(bar.tally)
      let item = try await base.next()
      if item == nil { bar.finish() }
      return item
    }
  }
}

/// Sequences that are no collections and yet know how many items they have.
private protocol ExactlyCounted: Sequence {}
extension StrideTo: ExactlyCounted {}
extension StrideThrough: ExactlyCounted {}

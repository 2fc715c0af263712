import MartletNumerics

/// Batches of a ``Dataset``, whose elements a closure puts together.
///
///     let loader = DatasetLoader(scans, batchSize: 16, prefetch: 2, seed: 1) { scans in
///       (x: Variable(Tensor.stacked(scans.map(\.x))), y: Tensor(scans.map(\.label)))
///     }
///     try trainer.fit(&model, loader) { model, batch, mode in crossEntropy(model(batch.x, mode: mode), batch.y) }
///
/// Lists of tokens need no closure, they are filled up to the same length:
///
///     let texts = [[5, 3], [7, 1, 4], [2]]
///     let batches = DatasetLoader(texts, batchSize: 2, shuffles: false).epoch()
///     try batches.next()!.tokens      // [[5, 3, 0], [7, 1, 4]]
///
/// Each epoch has an order of its own, which depends on the seed and the epoch's number alone. So do the batches, however many
/// are prepared ahead: seeds that elements and the closure draw (``Random/nextSeed()``) are the same too.
/// (PyTorch: `DataLoader(dataset, collate_fn: …, prefetch_factor: …)`)
public struct DatasetLoader<Source: Dataset & Sendable, Content: Sendable>: BatchSource {
  /// The samples.
  public let dataset: Source
  /// How many samples a batch has; the last of an epoch may have fewer.
  public var batchSize: Int { order.batchSize }
  /// Whether samples are taken in random order.
  public var shuffles: Bool { order.shuffles }
  /// Whether a last batch with fewer samples is left out.
  public var dropsLast: Bool { order.dropsLast }
  /// What the orders, and random choices of elements, depend on.
  public var seed: UInt64 { order.seed }
  /// How many batches may wait for their turn, made on another thread.
  public let prefetch: Int
  private let order: BatchOrder
  private let collate: @Sendable ([Source.Element]) throws -> Content

  /// - Parameters:
  ///   - dataset: the samples, one at least to be of any use; their number must stay the same.
  ///   - batchSize: how many samples a batch has, at least 1.
  ///   - shuffles: whether samples are taken in random order.
  ///   - dropsLast: whether a last batch with fewer samples is left out.
  ///   - prefetch: how many batches another thread makes ahead of time; 0 for none. The memory is that of as many batches, and
  ///     one more that is in use.
  ///   - seed: what the orders, and random choices of elements, depend on.
  ///   - collate: makes a batch of some elements, in their order.
  public init(
    _ dataset: Source, batchSize: Int = 32, shuffles: Bool = true, dropsLast: Bool = false, prefetch: Int = 0,
    seed: UInt64 = Random.nextSeed(), collate: @escaping @Sendable ([Source.Element]) throws -> Content
  ) {
    guard batchSize > 0, prefetch >= 0 else {
      fatalError(
        "DatasetLoader needs batches of at least 1 and no fewer than 0 prepared ahead: batchSize is \(batchSize), prefetch \(prefetch)."
      )
    }
    (self.dataset, self.prefetch, self.collate) = (dataset, prefetch, collate)
    order = BatchOrder(
      sampleCount: dataset.count, batchSize: batchSize, shuffles: shuffles, dropsLast: dropsLast, seed: seed)
  }

  /// How many samples there are.
  public var sampleCount: Int { order.sampleCount }

  /// How many batches an epoch has.
  public var batchCount: Int { order.batchCount }

  /// The batches of one pass over the samples.
  public func epoch(_ number: Int = 0) -> BatchIterator<Content, any Error> {
    let order = order.epoch(number)
    return BatchIterator(order, prefetch: prefetch) { [dataset, collate] batch, isUnwanted in
      try withRandomSeed(order.seed(of: batch)) {
        var elements: [Source.Element] = []
        for row in order.rows(of: batch) {
          if isUnwanted() { return nil }
          elements.append(try dataset.element(at: row))
        }
        return try collate(elements)
      }
    }
  }
}

extension DatasetLoader: CustomStringConvertible {
  /// How many samples, in how many batches.
  public var description: String { "\(sampleCount) samples: \(order)" }
}

extension DatasetLoader where Source.Element == [Int], Content == PaddedTokens {
  /// Batches of token lists, which are filled up with zeros.
  ///
  /// - Parameters: those of ``init(_:batchSize:shuffles:dropsLast:prefetch:seed:collate:)``.
  public init(
    _ dataset: Source, batchSize: Int = 32, shuffles: Bool = true, dropsLast: Bool = false, prefetch: Int = 0,
    seed: UInt64 = Random.nextSeed()
  ) {
    self.init(
      dataset, batchSize: batchSize, shuffles: shuffles, dropsLast: dropsLast, prefetch: prefetch, seed: seed
    ) { PaddedTokens($0) }
  }
}

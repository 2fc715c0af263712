import MartletNumerics

/// Samples and their answers, cut into batches.
///
///     let loader = DataLoader(images, labels, batchSize: 128, seed: 1)
///     for epoch in 0..<5 {
///       for batch in loader.epoch(epoch) { … batch.x … batch.y … }
///     }
///
/// Each epoch has an order of its own, which depends on the seed and the epoch's number alone.
/// The samples may be numbers, or the numbers of tokens as `Int`, which batches hold as a tensor and not as a variable:
///
///     let texts = DataLoader(tokens, next, batchSize: 16, seed: 1)      // tokens: Tensor<Int>, [texts, places]
///     try trainer.fit(&gpt, texts) { model, batch, mode in crossEntropy(model(batch.x, mode: mode), batch.y) }
///
/// For samples that are read one by one, or are not all of one size, there is ``DatasetLoader``.
public struct DataLoader<Scalar: BatchScalar, Answer: TensorScalar>: BatchSource {
  /// The samples, along the first axis.
  public let x: Tensor<Scalar>
  /// An answer for each sample, along the first axis: class numbers, or numbers to predict.
  public let y: Tensor<Answer>
  /// How many samples a batch has; the last of an epoch may have fewer.
  public var batchSize: Int { order.batchSize }
  /// Whether samples are taken in random order.
  public var shuffles: Bool { order.shuffles }
  /// Whether a last batch with fewer samples is left out.
  public var dropsLast: Bool { order.dropsLast }
  /// What the orders depend on.
  public var seed: UInt64 { order.seed }
  /// How many batches may wait for their turn, made on another thread.
  public let prefetch: Int
  private let order: BatchOrder

  /// - Parameters:
  ///   - x: the samples, along the first axis.
  ///   - y: an answer for each of them.
  ///   - batchSize: how many samples a batch has, at least 1.
  ///   - shuffles: whether samples are taken in random order.
  ///   - dropsLast: whether a last batch with fewer samples is left out.
  ///   - prefetch: how many batches another thread makes ahead of time; 0 for none, which suits all but large samples.
  ///   - seed: what the orders depend on.
  public init(
    _ x: Tensor<Scalar>, _ y: Tensor<Answer>, batchSize: Int = 32, shuffles: Bool = true, dropsLast: Bool = false,
    prefetch: Int = 0, seed: UInt64 = Random.nextSeed()
  ) {
    guard let samples = x.shape.first, y.shape.first == samples, batchSize > 0, prefetch >= 0 else {
      fatalError(
        "DataLoader needs as many answers as samples, batches of at least 1 and no fewer than 0 prepared ahead: x is \(x.shape), y is \(y.shape), batchSize \(batchSize), prefetch \(prefetch)."
      )
    }
    (self.x, self.y, self.prefetch) = (x, y, prefetch)
    order = BatchOrder(
      sampleCount: samples, batchSize: batchSize, shuffles: shuffles, dropsLast: dropsLast, seed: seed)
  }

  /// How many samples there are.
  public var sampleCount: Int { order.sampleCount }

  /// How many batches an epoch has.
  public var batchCount: Int { order.batchCount }

  /// The batches of one pass over the samples.
  public func epoch(_ number: Int = 0) -> BatchIterator<Batch<Scalar, Answer>, Never> {
    let order = order.epoch(number)
    return BatchIterator(order, prefetch: prefetch) { [x, y] batch, isUnwanted in
      if isUnwanted() { return nil }
      let rows = order.rows(of: batch)
      guard order.isShuffled else {
        let range = order.places(of: batch)
        return Batch(x: Scalar.batchInput(x[range]), y: y[range], rows: rows)
      }
      return Batch(x: Scalar.batchInput(x[rows: rows]), y: y[rows: rows], rows: rows)
    }
  }
}

extension DataLoader: CustomStringConvertible {
  /// How many samples of which shape, in how many batches.
  public var description: String {
    "\(sampleCount) samples of shape \(Array(x.shape.dropFirst())), answers of shape \(Array(y.shape.dropFirst())): \(order)"
  }
}

/// Some of the samples, with their answers.
public struct Batch<Scalar: BatchScalar, Answer: TensorScalar>: Sendable {
  /// The samples, along the first axis: a variable of numbers, a tensor of token numbers.
  public let x: Scalar.BatchInput
  /// Their answers.
  public let y: Tensor<Answer>
  /// Which samples they are.
  public let rows: [Int]

  /// How many samples.
  public var count: Int { rows.count }
}

/// What samples may be made of: numbers that networks compute with, or the numbers of tokens.
public protocol BatchScalar: TensorScalar {
  /// What a model gets of a batch.
  associatedtype BatchInput: Sendable
  /// The batch with these samples.
  static func batchInput(_ samples: Tensor<Self>) -> BatchInput
}

extension Float: BatchScalar {
  public static func batchInput(_ samples: Tensor<Float>) -> Variable<Float> { Variable(samples) }
}

extension Double: BatchScalar {
  public static func batchInput(_ samples: Tensor<Double>) -> Variable<Double> { Variable(samples) }
}

extension Int: BatchScalar {
  public static func batchInput(_ samples: Tensor<Int>) -> Tensor<Int> { samples }
}

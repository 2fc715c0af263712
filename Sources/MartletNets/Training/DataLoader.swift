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
public struct DataLoader<Scalar: BatchScalar, Answer: TensorScalar>: Sendable {
  /// The samples, along the first axis.
  public let x: Tensor<Scalar>
  /// An answer for each sample, along the first axis: class numbers, or numbers to predict.
  public let y: Tensor<Answer>
  /// How many samples a batch has; the last of an epoch may have fewer.
  public let batchSize: Int
  /// Whether samples are taken in random order.
  public let shuffles: Bool
  /// Whether a last batch with fewer samples is left out.
  public let dropsLast: Bool
  /// What the orders depend on.
  public let seed: UInt64

  public init(
    _ x: Tensor<Scalar>, _ y: Tensor<Answer>, batchSize: Int = 32, shuffles: Bool = true, dropsLast: Bool = false,
    seed: UInt64 = Random.nextSeed()
  ) {
    guard let samples = x.shape.first, y.shape.first == samples, batchSize > 0 else {
      fatalError(
        "DataLoader needs as many answers as samples and batches of at least 1: x is \(x.shape), y is \(y.shape), batches of \(batchSize)."
      )
    }
    (self.x, self.y, self.batchSize, self.seed) = (x, y, batchSize, seed)
    (self.shuffles, self.dropsLast) = (shuffles, dropsLast)
  }

  /// How many samples there are.
  public var sampleCount: Int { x.shape[0] }

  /// How many batches an epoch has.
  public var batchCount: Int {
    dropsLast ? sampleCount / batchSize : (sampleCount + batchSize - 1) / batchSize
  }

  /// The batches of one pass over the samples.
  public func epoch(_ number: Int = 0) -> some Sequence<Batch<Scalar, Answer>> {
    var order: [Int]?
    if shuffles {
      var random = PCG64(seed: seed &+ UInt64(truncatingIfNeeded: number) &* 0x9e37_79b9_7f4a_7c15)
      order = random.permutation(sampleCount)
    }
    return (0..<batchCount).lazy.map { [self] place in
      let range = place * batchSize..<Swift.min((place + 1) * batchSize, sampleCount)
      guard let rows = order.map({ Array($0[range]) }) else {
        return Batch(x: Scalar.batchInput(x[range]), y: y[range], rows: Array(range))
      }
      return Batch(x: Scalar.batchInput(x[rows: rows]), y: y[rows: rows], rows: rows)
    }
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

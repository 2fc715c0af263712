import CMartletRuntime
import Foundation
import MartletModels
import MartletNumerics

/// Tells texts apart by the mean of the vectors of their words, of rows of words and of parts of words, which are learned
/// together with the classes.
///
/// Minimises `−log p(label)`, `p = softmax(W · mean of vectors)`, or another ``FastTextLoss``, by stochastic gradient descent
/// whose steps shrink to zero.
/// Rows and parts have no vectors of their own: their hash (FNV-1a) chooses one of ``buckets``.
///
///     let model = try FastTextClassifier<String>(epochs: 25, seed: 1).fit(texts, topics)
///     try model.predict(["where is my parcel"], count: 2)      // the two most probable topics and how sure it is
///     try model.quantized()                                    // the same in a fraction of the memory
///
/// Quick on many texts; with few, ``TfidfVectorizer`` and `LogisticRegression` do as well. Deterministic: one thread learns.
///
/// Reference: Joulin, Grave, Bojanowski and Mikolov (2017), Bag of tricks for efficient text classification.
public struct FastTextClassifier<Label: Hashable & Sendable>: SupervisedEstimator {
  /// The first step's length; above 0. (fastText: `lr`)
  public var learningRate: Double
  /// How long vectors are; at least 1. (fastText: `dim`)
  public var dimensions: Int
  /// How often every text is learned from; at least 1. (fastText: `epoch`)
  public var epochs: Int
  /// How many words in a row have a vector; 1 for single words alone. (fastText: `wordNgrams`)
  public var wordNGrams: Int
  /// How many characters parts of words have, from 1; `nil` for no parts. (fastText: `minn`, `maxn`)
  public var characterNGrams: ClosedRange<Int>?
  /// How many vectors rows and parts share; at least 1. (fastText: `bucket`)
  public var buckets: Int
  /// Words that occur less often have no vector. (fastText: `minCount`)
  public var minimumCount: Int
  /// What is made small.
  public var loss: FastTextLoss
  /// Chooses first vectors and the order of the texts.
  public var seed: UInt64

  /// - Parameters:
  ///   - learningRate: the first step's length.
  ///   - dimensions: how long vectors are.
  ///   - epochs: how often every text is learned from.
  ///   - wordNGrams: how many words in a row have a vector.
  ///   - characterNGrams: how many characters parts of words have.
  ///   - buckets: how many vectors rows and parts share.
  ///   - minimumCount: words that occur less often have no vector.
  ///   - loss: what is made small.
  ///   - seed: chooses first vectors and the order of the texts.
  public init(
    learningRate: Double = 0.1, dimensions: Int = 100, epochs: Int = 5, wordNGrams: Int = 1,
    characterNGrams: ClosedRange<Int>? = nil, buckets: Int = 2_000_000, minimumCount: Int = 1,
    loss: FastTextLoss = .softmax, seed: UInt64 = 0
  ) {
    self.learningRate = learningRate
    self.dimensions = dimensions
    self.epochs = epochs
    self.wordNGrams = wordNGrams
    self.characterNGrams = characterNGrams
    self.buckets = buckets
    self.minimumCount = minimumCount
    self.loss = loss
    self.seed = seed
  }

  /// - Parameters:
  ///   - x: the texts.
  ///   - y: their labels, of at least two classes.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewClasses`, `tooFewSamples` or `parameter`.
  /// - Complexity: O(epochs · words · dimensions + epochs · texts · classes · dimensions).
  public func fit(_ x: [String], _ y: [Label]) throws(FitError) -> Model {
    try check(x, y)
    var classes: [Label] = []
    var codes: [Label: Int] = [:]
    for label in y where codes[label] == nil {
      codes[label] = classes.count
      classes.append(label)
    }
    guard classes.count > 1 else {
      throw FitError(
        .tooFewClasses, expected: "at least two classes", found: "\(classes.count)",
        advice: "Give examples of every class that is to be told apart.")
    }
    let features = FastTextFeatures(
      words: FastTextFeatures.frequentWords(x, minimumCount), wordNGrams: wordNGrams, characterNGrams: characterNGrams,
      buckets: buckets)
    var random = PCG64(seed: seed)
    let labels = y.map { codes[$0] ?? 0 }
    let counts = labels.reduce(into: [Int](repeating: 0, count: classes.count)) { $0[$1] += 1 }
    var trainer = FastTextTrainer(features.map(x), labels, dimensions, counts: counts, loss: loss, &random)
    trainer.train(learningRate: Float(learningRate), epochs: epochs, &random)
    return Model(
      classes: classes, counts: counts, loss: loss, features: features.kept(trainer.rows), dimensions: dimensions,
      vectors: FastTextVectors(trainer.vectors, width: dimensions), weights: trainer.weights)
  }

  private func check(_ x: [String], _ y: [Label]) throws(FitError) {
    guard x.count == y.count else {
      throw FitError(
        .shape, expected: "one label for each of the \(x.count) texts", found: "\(y.count) labels",
        advice: "Cut texts and labels from the same rows.")
    }
    let isValid =
      learningRate > 0 && learningRate.isFinite && dimensions > 0 && epochs > 0 && wordNGrams > 0 && buckets > 0
      && buckets <= Int(Int32.max) && minimumCount > 0 && characterNGrams?.lowerBound ?? 1 > 0
    if case .negativeSampling(let samples) = loss, samples < 1 {
      throw FitError(
        .parameter, expected: "at least one other class for each text", found: "negativeSampling(samples: \(samples))",
        advice: "Take 5, or another loss.")
    }
    guard isValid else {
      throw FitError(
        .parameter, expected: "parameters above 0",
        found:
          "learningRate \(learningRate), dimensions \(dimensions), epochs \(epochs), wordNGrams \(wordNGrams), buckets \(buckets), minimumCount \(minimumCount)",
        advice: "Change them and fit again.")
    }
  }

  /// What `FastTextClassifier` has learned.
  public struct Model: Classifier {
    /// The classes, in the order of their appearance.
    public let classes: [Label]
    /// What was made small.
    public let loss: FastTextLoss
    let counts: [Int]
    let features: FastTextFeatures
    let dimensions: Int
    let vectors: FastTextVectors
    let weights: [Float]
    private let tree: LabelTree?

    init(
      classes: [Label], counts: [Int], loss: FastTextLoss, features: FastTextFeatures, dimensions: Int,
      vectors: FastTextVectors, weights: [Float]
    ) {
      (self.classes, self.counts, self.loss) = (classes, counts, loss)
      (self.features, self.dimensions, self.vectors, self.weights) = (features, dimensions, vectors, weights)
      tree = loss == .hierarchicalSoftmax ? LabelTree(counts) : nil
    }

    /// How many bytes the vectors and weights take.
    public var byteCount: Int { vectors.byteCount + 4 * weights.count }

    /// The same model with vectors of features cut into pieces, each kept as the number of the nearest of 256 centres: one
    /// byte for `pieceLength` numbers of four bytes. (fastText: `quantize`, `dsub`)
    ///
    /// - Parameters:
    ///   - pieceLength: how many numbers a piece has; a divisor of the vectors' length.
    ///   - seed: where the search for centres begins.
    /// - Throws: ``FitError`` of kind `parameter` when the vectors cannot be cut so.
    /// - Complexity: that of `KMeans` with 256 centres for each piece.
    ///
    /// Reference: Jégou, Douze and Schmid (2011), Product quantization for nearest neighbor search; Joulin et al. (2016),
    /// FastText.zip.
    public func quantized(pieceLength: Int = 2, seed: UInt64 = 0) throws(FitError) -> Model {
      guard pieceLength > 0, dimensions.isMultiple(of: pieceLength) else {
        throw FitError(
          .parameter, expected: "a divisor of the \(dimensions) dimensions", found: "pieceLength \(pieceLength)",
          advice: "Take 2, or learn vectors of a length that can be cut.")
      }
      return Model(
        classes: classes, counts: counts, loss: loss, features: features, dimensions: dimensions,
        vectors: try vectors.quantized(pieceLength: pieceLength, seed: seed), weights: weights)
    }

    /// - Throws: nothing: any text has probabilities.
    public func predict(_ x: [String]) throws(FitError) -> [Label] {
      let probabilities = try predictProbabilities(x)
      return x.isEmpty ? [] : probabilities.argMax(axis: 1).scalars.map { classes[$0] }
    }

    /// How sure it is of each class; a text without a known word has equal probabilities, but those of the tree's
    /// branches with hierarchical softmax.
    public func predictProbabilities(_ x: [String]) throws(FitError) -> Matrix {
      var scalars: [Double] = []
      for text in x {
        var hidden = [Float](repeating: 0, count: dimensions)
        vectors.mean(features.rows(of: text), &hidden)
        scalars += FastTextTrainer.probabilities(hidden, weights, classes.count, loss, tree).map(Double.init)
      }
      return Matrix(scalars, shape: [x.count, classes.count])
    }

    /// The most probable classes of each text, most probable first. (fastText: `predict(k:)`)
    public func predict(_ x: [String], count: Int) throws(FitError) -> [[(label: Label, probability: Double)]] {
      let probabilities = try predictProbabilities(x)
      return x.indices.map { row in
        let own = probabilities.row(row).scalars
        return own.indices.sorted { (-own[$0], $0) < (-own[$1], $1) }.prefix(max(count, 0)).map {
          (classes[$0], own[$0])
        }
      }
    }
  }
}

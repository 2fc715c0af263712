import CMartletRuntime
import Foundation
import MartletModels
import MartletNumerics

/// Learns vectors of words from the words around them: skip-grams with negative sampling.
///
/// For each word and each of its neighbours the vectors `u`, `v` are moved so that `σ(u · v)` grows, and shrinks for words drawn
/// by chance, frequent ones more often (by their count to the power ¾). Very frequent words are left out at times.
///
///     let vectors = try Word2Vec(dimensions: 50, epochs: 10, seed: 1).fit(texts)
///     vectors.nearest(to: "paris")
///
/// Words are those between white space; prepare texts first. Deterministic: one thread learns.
///
/// Reference: Mikolov, Sutskever, Chen, Corrado and Dean (2013), Distributed representations of words and phrases and their
/// compositionality.
public struct Word2Vec: UnsupervisedEstimator, Equatable {
  /// How long vectors are; at least 1. (gensim: `vector_size`)
  public var dimensions: Int
  /// How far neighbours are at most; at least 1. (gensim: `window`)
  public var window: Int
  /// How many words are drawn by chance for each neighbour; at least 1. (gensim: `negative`)
  public var negatives: Int
  /// Words that occur less often have no vector. (gensim: `min_count`)
  public var minimumCount: Int
  /// Words with a larger share than this are left out at times; 0 for never. (gensim: `sample`)
  public var subsampling: Double
  /// The first step's length, which shrinks to a ten-thousandth. (gensim: `alpha`)
  public var learningRate: Double
  /// How often every text is learned from. (gensim: `epochs`)
  public var epochs: Int
  /// Chooses first vectors, windows and words by chance.
  public var seed: UInt64

  /// - Parameters:
  ///   - dimensions: how long vectors are.
  ///   - window: how far neighbours are at most.
  ///   - negatives: how many words are drawn by chance for each neighbour.
  ///   - minimumCount: words that occur less often have no vector.
  ///   - subsampling: words with a larger share are left out at times.
  ///   - learningRate: the first step's length.
  ///   - epochs: how often every text is learned from.
  ///   - seed: chooses first vectors, windows and words by chance.
  public init(
    dimensions: Int = 100, window: Int = 5, negatives: Int = 5, minimumCount: Int = 5, subsampling: Double = 1e-3,
    learningRate: Double = 0.025, epochs: Int = 5, seed: UInt64 = 0
  ) {
    self.dimensions = dimensions
    self.window = window
    self.negatives = negatives
    self.minimumCount = minimumCount
    self.subsampling = subsampling
    self.learningRate = learningRate
    self.epochs = epochs
    self.seed = seed
  }

  /// - Parameter texts: words between white space.
  /// - Throws: ``FitError`` of kind `parameter` or `tooFewSamples`.
  /// - Complexity: O(epochs · words · window · negatives · dimensions).
  public func fit(_ texts: [String]) throws(FitError) -> WordVectors {
    guard dimensions > 0, window > 0, negatives > 0, minimumCount > 0, subsampling >= 0, learningRate > 0, epochs > 0
    else {
      throw FitError(
        .parameter, expected: "parameters above 0",
        found:
          "dimensions \(dimensions), window \(window), negatives \(negatives), minimumCount \(minimumCount), learningRate \(learningRate), epochs \(epochs)",
        advice: "Change them and fit again.")
    }
    let words = FastTextFeatures.frequentWords(texts, minimumCount)
    guard words.count > 1 else {
      throw FitError(
        .tooFewSamples, expected: "at least two words that occur \(minimumCount) times", found: "\(words.count)",
        advice: "Give more texts, or lower minimumCount.")
    }
    let sentences = texts.map { FastTextFeatures.split($0).compactMap { words.number(of: String($0)) } }
    var walk = SkipGramWalk(self, sentences, words.count)
    walk.run()
    do {
      return try WordVectors(
        words: (0..<words.count).map { words[$0] }, vectors: Tensor(walk.vectors, shape: [words.count, dimensions]))
    } catch {
      throw FitError(.notConverged, expected: "finite vectors", found: error.description, advice: "Lower learningRate.")
    }
  }
}

/// The walk over all texts that moves vectors.
private struct SkipGramWalk {
  private let choices: Word2Vec
  private let sentences: [[Int]]
  private let width: Int
  private let keep: [Double]
  /// The shares of the words up to each, for drawing by chance.
  private let shares: [Double]
  private var random: PCG64
  private(set) var vectors: [Float]
  private var contexts: [Float]

  init(_ choices: Word2Vec, _ sentences: [[Int]], _ count: Int) {
    self.choices = choices
    self.sentences = sentences
    width = choices.dimensions
    var counts = [Double](repeating: 0, count: count)
    for word in sentences.joined() { counts[word] += 1 }
    let (total, limit) = (counts.reduce(0, +), choices.subsampling)
    keep = counts.map { limit == 0 ? 1 : min(1, (limit * total / $0).squareRoot() + limit * total / $0) }
    var sum = 0.0
    let powers = counts.map { pow($0, 0.75) }
    let whole = powers.reduce(0, +)
    shares = powers.map {
      sum += $0 / whole
      return sum
    }
    random = PCG64(seed: choices.seed)
    var random = self.random
    vectors = (0..<count * choices.dimensions).map { _ in Float((random.uniform() - 0.5) / Double(choices.dimensions)) }
    self.random = random
    contexts = [Float](repeating: 0, count: count * choices.dimensions)
  }

  mutating func run() {
    let total = Double(choices.epochs * sentences.reduce(0) { $0 + $1.count })
    var (done, gradient) = (0.0, [Float](repeating: 0, count: width))
    for _ in 0..<choices.epochs {
      for sentence in sentences {
        martlet_poll()
        let rate = Float(choices.learningRate * max(1 - done / total, 1e-4))
        let kept = sentence.filter { keep[$0] >= 1 || random.uniform() < keep[$0] }
        for place in kept.indices {
          let reach = random.integer(below: choices.window) + 1
          for other in max(0, place - reach)..<min(kept.count, place + reach + 1) where other != place {
            step(kept[other], kept[place], rate, &gradient)
          }
        }
        done += Double(sentence.count)
      }
    }
  }

  private mutating func step(_ word: Int, _ target: Int, _ rate: Float, _ gradient: inout [Float]) {
    for k in 0..<width { gradient[k] = 0 }
    move(word, target, 1, rate, &gradient)
    for _ in 0..<choices.negatives {
      let other = drawn()
      if other != target { move(word, other, 0, rate, &gradient) }
    }
    for k in 0..<width { vectors[word * width + k] += gradient[k] }
  }

  private mutating func move(_ word: Int, _ other: Int, _ truth: Float, _ rate: Float, _ gradient: inout [Float]) {
    var product: Float = 0
    for k in 0..<width { product += vectors[word * width + k] * contexts[other * width + k] }
    let error = rate * (truth - 1 / (1 + exp(-product)))
    for k in 0..<width {
      gradient[k] += error * contexts[other * width + k]
      contexts[other * width + k] += error * vectors[word * width + k]
    }
  }

  private mutating func drawn() -> Int {
    let point = random.uniform()
    var (low, high) = (0, shares.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if shares[middle] <= point { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

import CMartletRuntime
import Foundation
import MartletFrames
import MartletNumerics

/// Draws samples in the plane so that near ones stay near: t-SNE.
///
/// With `p` the samples' similarities, normal around each with a width that gives ``perplexity`` neighbours, and `q` those
/// in the plane, by Student's `1 / (1 + d²)`, minimises `∑ p log(p / q)` by going downhill: 250 steps with `p` exaggerated,
/// which lets groups find together, and then without.
///
///     let map = try TSNE().fit(digits.features).embedding      // shape [1797, 2]
///
/// Look at which samples are together; sizes of groups and distances between them mean little. New samples have no place:
/// fit again with them, or take ``PCA``. Results do not depend on the number of threads.
///
/// References: van der Maaten and Hinton (2008), Visualizing data using t-SNE; Belkina and others (2019), Automated optimized
/// parameters for t-distributed stochastic neighbor embedding, for the rate.
public struct TSNE: UnsupervisedEstimator {
  /// Where samples begin.
  public enum Start: Sendable, Equatable {
    /// By their first principal components.
    case principalComponents
    /// Anywhere near zero; `nil` elsewhere every time.
    case random(seed: UInt64?)
  }

  /// How many dimensions are drawn; from 1 to 3. (scikit-learn: `n_components`)
  public var components: Int
  /// About how many neighbours each sample keeps; at least 1 and less than the number of samples.
  public var perplexity: Double
  /// How much similarities are exaggerated at first; at least 1.
  public var exaggeration: Double
  /// How long steps are; by default a twelfth of a quarter of the samples, at least 50.
  public var learningRate: Double?
  /// How many steps; at least 250. (scikit-learn: `max_iter`)
  public var iterations: Int
  /// Where samples begin. (scikit-learn: `init`)
  public var start: Start

  /// - Parameters:
  ///   - components: from 1 to 3.
  ///   - perplexity: from 5 to 50 as a rule.
  ///   - exaggeration: at least 1.
  ///   - learningRate: above 0, or `nil`.
  ///   - iterations: at least 250.
  ///   - start: where samples begin.
  public init(
    components: Int = 2, perplexity: Double = 30, exaggeration: Double = 12, learningRate: Double? = nil,
    iterations: Int = 1_000, start: Start = .principalComponents
  ) {
    self.components = components
    self.perplexity = perplexity
    self.exaggeration = exaggeration
    self.learningRate = learningRate
    self.iterations = iterations
    self.start = start
  }

  /// - Parameter x: shape `[n, d]` with more samples than ``perplexity``, every value finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(n²) a step, and as much memory: for up to some ten thousand samples.
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.parameter((1...3).contains(components), "components", "from 1 to 3", components)
    try SampleChecks.parameter(perplexity >= 1 && perplexity.isFinite, "perplexity", "of at least 1", perplexity)
    try SampleChecks.parameter(exaggeration >= 1, "exaggeration", "of at least 1", exaggeration)
    try SampleChecks.parameter(iterations >= 250, "iterations", "of at least 250", iterations)
    try SampleChecks.parameter(learningRate ?? 1 > 0, "learningRate", "above 0, or nil", learningRate ?? 0)
    try SampleChecks.features(x, atLeast: 2)
    try SampleChecks.parameter(
      perplexity < Double(x.shape[0]), "perplexity", "below the number of samples, \(x.shape[0])", perplexity)
    var map = NeighbourMap(
      similarities: PerplexitySearch.similarities(x, perplexity: perplexity), count: x.shape[0], width: components,
      places: try begin(x))
    let rate = learningRate ?? max(Double(x.shape[0]) / exaggeration / 4, 50)
    let progress = FitProgress.begin("steps", of: iterations)
    for step in 0..<iterations {
      martlet_poll()
      defer { progress?.advance() }
      let isEarly = step < 250
      map.step(exaggeration: isEarly ? exaggeration : 1, momentum: isEarly ? 0.5 : 0.8, rate: rate)
    }
    return Model(embedding: map.embedding, divergence: map.divergence(), iterations: iterations)
  }

  /// Coordinates of a standard deviation of 10⁻⁴ in the first dimension, dimension by dimension.
  private func begin(_ x: Matrix) throws(FitError) -> [Double] {
    let count = x.shape[0]
    switch start {
    case .random(let seed):
      var random = PCG64(seed: seed ?? Random.nextSeed())
      return (0..<count * components).map { _ in random.standardNormal() * 1e-4 }
    case .principalComponents:
      let kept = min(components, min(count, x.shape[1]))
      let scores = try PCA(components: .count(kept)).fit(x).transform(x)
      let spread = scores.column(0).standardDeviation()
      let scaled = (scores * (spread > 0 ? 1e-4 / spread : 0)).transposed().scalars
      return scaled + [Double](repeating: 0, count: count * (components - kept))
    }
  }

  /// What `TSNE` has drawn.
  public struct Model: Sendable, Codable, Equatable {
    /// The samples' places: shape `[n, components]`.
    public let embedding: Matrix
    /// `∑ p log(p / q)`, in nats. (scikit-learn: `kl_divergence_`)
    public let divergence: Double
    /// How many steps it took.
    public let iterations: Int
  }
}

extension TSNE.Model: ModelSummary {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    embedding = try ModelChecks.matrix(file, .embedding)
    divergence = try file.decode(Double.self, forKey: .divergence)
    iterations = try file.decode(Int.self, forKey: .iterations)
  }

  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    ModelTable(
      title: "t-SNE", facts: ["\(embedding.shape[0]) samples in \(embedding.shape[1]) dimensions"],
      header: ["divergence", "steps"], rows: [[FrameNumberFormat.texts([divergence])[0], "\(iterations)"]])
  }
}

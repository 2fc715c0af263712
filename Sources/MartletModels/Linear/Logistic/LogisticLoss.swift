import MartletNumerics

/// The mean log-loss of a linear classifier with a penalty on its weights, and its gradient.
///
/// Parameters are the rows of weights, then the intercepts.
struct LogisticLoss<Samples: LinearSamples> {
  let features: Samples
  let samples: LogisticSamples
  let totalWeight: Double
  /// How many rows of weights there are: one for two classes.
  let rows: Int
  let fitsIntercept: Bool
  /// On half the squares of the weights, and on their absolute values; the latter is left to the search.
  let penalty, absolutePenalty: Double

  init(
    features: Samples, codes: [Int], weights: [Double]?, classCount: Int, fitsIntercept: Bool,
    inverseRegularization: Double, l1Ratio: Double
  ) {
    self.features = features
    samples = LogisticSamples(codes: codes, weights: weights)
    totalWeight = weights?.reduce(0, +) ?? Double(codes.count)
    rows = classCount == 2 ? 1 : classCount
    self.fitsIntercept = fitsIntercept
    let penalty = 1 / (inverseRegularization * totalWeight)
    self.penalty = penalty * (1 - l1Ratio)
    absolutePenalty = penalty * l1Ratio
  }

  var width: Int { features.shape[1] }
  var parameterCount: Int { rows * (width + (fitsIntercept ? 1 : 0)) }

  /// On the absolute value of each parameter.
  var absolutePenalties: [Double] {
    (0..<parameterCount).map { $0 < rows * width ? absolutePenalty : 0 }
  }

  func split(_ parameters: [Double]) -> (weights: Matrix, intercepts: [Double]) {
    let weights = Matrix(Array(parameters[..<(rows * width)]), shape: [rows, width])
    return (weights, fitsIntercept ? Array(parameters[(rows * width)...]) : [Double](repeating: 0, count: rows))
  }

  func evaluate(_ parameters: [Double]) -> (value: Double, gradient: [Double]) {
    let (weights, intercepts) = split(parameters)
    let sums =
      rows == 1
      ? features.logisticSums(weights: weights.scalars, intercept: intercepts[0], samples)
      : features.logisticSums(weights: weights, intercepts: intercepts, samples)
    var gradient = sums.gradient
    for i in gradient.indices { gradient[i] = gradient[i] / totalWeight + penalty * parameters[i] }
    if fitsIntercept { gradient += sums.errors.map { $0 / totalWeight } }
    let size = parameters[..<(rows * width)].reduce(0) { $0 + $1 * $1 }
    return (sums.loss / totalWeight + penalty / 2 * size, gradient)
  }

  /// Whether every sample that counts has its own class's score above all others: one border separates the classes then.
  func separates(_ parameters: [Double]) -> Bool {
    let (weights, intercepts) = split(parameters)
    let scores = (features • weights.transposed() + Matrix(intercepts)).scalars
    return samples.codes.indices.allSatisfy { sample in
      let own = samples.codes[sample]
      if samples.weights?[sample] == 0 { return true }
      if rows == 1 { return own == 1 ? scores[sample] > 0 : scores[sample] < 0 }
      let row = sample * rows..<(sample + 1) * rows
      return row.allSatisfy { $0 == row.lowerBound + own || scores[$0] < scores[row.lowerBound + own] }
    }
  }

  /// The largest component of the gradient, as far as the absolute values leave it: at zero they hold a weight until the
  /// loss pulls harder than they do.
  func largestSlope(at parameters: [Double]) -> Double {
    var largest = 0.0
    for (place, slope) in evaluate(parameters).gradient.enumerated() {
      let held = place < rows * width ? absolutePenalty : 0
      let value = parameters[place]
      largest = max(largest, value == 0 ? abs(slope) - held : abs(slope + (value < 0 ? -held : held)))
    }
    return largest
  }

}

/// Scores to probabilities, without overflow for large scores.
enum SoftProbability {
  /// `1 / (1 + exp(−x))`.
  static func sigmoid(_ x: Double) -> Double {
    if x >= 0 { return 1 / (1 + exp(-x)) }
    let grown = exp(x)
    return grown / (1 + grown)
  }

  /// `log(1 + exp(x))`.
  static func logOnePlusExp(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }

  /// Replaces scores by `exp(x) / ∑ exp(x)` and gives `log ∑ exp(x)`.
  static func softmax(_ scores: inout [Double], _ row: Range<Int>) -> Double {
    scores.withUnsafeMutableBufferPointer { softmax($0, row) }
  }

  static func softmax(_ scores: UnsafeMutableBufferPointer<Double>, _ row: Range<Int>) -> Double {
    var largest = -Double.infinity
    for place in row { largest = max(largest, scores[place]) }
    var sum = 0.0
    for place in row {
      scores[place] = exp(scores[place] - largest)
      sum += scores[place]
    }
    for place in row { scores[place] /= sum }
    return largest + log(sum)
  }
}

import MartletModels
import MartletNumerics

/// What scikit-learn makes of votes, stacks and stochastic models: `Tests/Reference/make_ensembles.py`.
struct EnsembleReference: Decodable {
  struct Line: Decodable { let coefficients, intercepts, probabilities: [Double], epochs: Int }
  struct Resampled: Decodable { let x: [[Double]], y: [Int] }
  let soft, stack, passing, lines, rest, pairs, cancerLogistic, cancerBoosting: [Double]
  let hard, restClasses, pairClasses, codeClasses, inliers, eliminated, unequal: [Int]
  let stochastic: [String: Line]
  let wild: [[Double]]
  let line, ransac, weightedQuantile, sampleWeights, path: [Double]
  let quantiles: [String: [Double]]
  let holes, later: [[Double?]]
  let filled, filledLater, full, fresh: [[Double]]
  let rounds: Int
  let splines: [String: [[Double]]]
  let resampled: [String: Resampled]

  static func read() throws -> EnsembleReference { try ReferenceFile.read("ensembles") }

  /// The iris flowers, standardised, and their classes.
  static func iris() throws -> (x: Matrix, y: [Int]) {
    let (x, y) = try ClassicData.iris()
    return (try StandardScaler().fit(x).transform(x), y)
  }

  /// The first two features of those.
  static func two() throws -> (x: Matrix, y: [Int]) {
    let (x, y) = try iris()
    return (x[.all, 0..<2], y)
  }

  static func matrix(_ rows: [[Double?]]) -> Matrix { Matrix(rows.map { $0.map { $0 ?? .nan } }) }
}

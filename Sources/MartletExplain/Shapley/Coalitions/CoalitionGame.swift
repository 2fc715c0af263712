import CMartletRuntime
import MartletFrames
import MartletModels
import MartletNumerics

/// What a model answers on the mean when only some features of a sample are known, the others being the background's.
struct CoalitionGame: Sendable {
  let function: ModelFunction<Matrix>
  /// Shape `[m, features]`.
  let background: Matrix
  let featureNames: [String]

  init(_ function: ModelFunction<Matrix>, _ background: Matrix, _ featureNames: [String]?) throws(FitError) {
    try SampleChecks.shape(background)
    self.function = function
    self.background = background
    self.featureNames = try FeatureNames.checked(featureNames ?? function.featureNames, count: background.shape[1])
  }

  init(_ function: ModelFunction<Matrix>, _ background: DataFrame) throws(FitError) {
    let names = function.featureNames ?? background.columns.filter(\.isNumeric).map(\.name)
    let rows = try SampleChecks.table { () throws(FrameError) in try background.matrix(of: names) }
    try self.init(function, rows, names)
  }

  var featureCount: Int { background.shape[1] }

  /// About as many rows as a model is asked at once.
  private static let batch = 1 << 15

  /// The mean answers for each coalition: shape `[coalitions, outputs]`.
  func values(_ sample: [Double], _ coalitions: [[Bool]]) throws(FitError) -> Matrix {
    let (count, width, others) = (background.shape[0], featureCount, background.scalars)
    var means: [Double] = []
    let step = max(Self.batch / count, 1)
    for first in stride(from: 0, to: coalitions.count, by: step) {
      martlet_poll()
      let part = coalitions[first..<min(first + step, coalitions.count)]
      var rows = [Double]()
      rows.reserveCapacity(part.count * count * width)
      for coalition in part {
        for row in 0..<count {
          for feature in 0..<width { rows.append(coalition[feature] ? sample[feature] : others[row * width + feature]) }
        }
      }
      let answers = try function(Matrix(rows, shape: [part.count * count, width]))
      means += answers.reshaped(part.count, count, -1).mean(axis: 1).scalars
    }
    return Matrix(means, shape: [coalitions.count, function.outputNames.count])
  }

  /// The contributions for each sample by a design.
  func explain(_ x: Matrix, _ design: CoalitionDesign) throws(FitError) -> [Explanation] {
    try SampleChecks.shape(x, atLeast: 0)
    try SampleChecks.width(x, featureCount)
    let outputs = function.outputNames
    let base = try function(background).mean(axis: 0).scalars
    var values = outputs.map { _ in [Double]() }
    let progress = FitProgress.begin("samples", of: x.shape[0])
    for row in 0..<x.shape[0] {
      defer { progress?.advance() }
      let contributions = design.weights • (try self.values(x.row(row).scalars, design.coalitions))
      for output in outputs.indices { values[output] += contributions.column(output).scalars }
    }
    return outputs.indices.map { output in
      Explanation(checked: Matrix(values[output], shape: x.shape), base[output], x, featureNames, outputs[output])
    }
  }
}

/// Which coalitions to ask about, and how their answers add up to contributions.
///
/// All ways to estimate Shapley values are linear in the answers: only their coalitions and weights differ.
struct CoalitionDesign: Sendable {
  /// Which features are known in each.
  let coalitions: [[Bool]]
  /// Shape `[features, coalitions]`.
  let weights: Matrix
}

import MartletFrames
import MartletModels
import MartletNumerics

/// Exact Shapley values for trees, forests and boosted trees, in a fraction of the time that any model takes.
///
///     let model = try RandomForestRegressor(seed: 0).fit(patients, target: "progression")
///     let explanation = try TreeExplainer(model).explain(patients)
///     try explanation.beeswarm()
///
/// What is not known is either averaged over the samples that the trees have learned from, as they are kept in the nodes
/// (without a `background`), or taken from the background's samples one after the other, which breaks the dependence
/// between features and says what the model does rather than what the data are like.
///
/// Forests, bagging and soft votes are explained in probabilities, boosted classifiers in scores (log-odds), boosted counts
/// in logarithms, AdaBoost in mean votes, isolation forests in the depth at which samples are set apart. Missing values
/// (`nan`) go where the trees send them.
///
/// `AdaBoostRegressor` answers with a weighted median, which is no sum over trees: ``ExactExplainer`` and
/// ``KernelExplainer`` explain it, as any model.
///
/// References: Lundberg and others (2020), From local explanations to global understanding with explainable AI for trees;
/// ``PathShapley`` says how the values are computed.
public struct TreeExplainer: Explainer {
  public let featureNames: [String]
  /// The names of the classes, or `prediction`; for boosted trees of two classes the second.
  public var outputNames: [String] { sum.outputNames }
  /// What the model answers on the mean, for each output.
  public let baseValues: [Double]
  public private(set) var categories: [ColumnCategories] = []

  private let sum: AdditiveTrees
  private let trees: [WalkedTree]
  private let background: Matrix?

  /// - Parameters:
  ///   - model: a tree, a forest, boosted trees, or an ensemble of them.
  ///   - background: samples that stand for what is not known, shape `[m, features]`; 50 to 200 are usual. `nil` for
  ///     averages over the samples that the trees have learned from. (shap: `interventional` and `tree_path_dependent`)
  ///   - featureNames: one for each column.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite` when background or names do not fit the model; of kind
  ///   `parameter` when its answer is no sum over trees.
  public init(_ model: some TreeModel, background: Matrix? = nil, featureNames: [String]? = nil) throws(FitError) {
    let sum = try model.treeSum
    self.sum = sum
    self.featureNames = try FeatureNames.checked(featureNames, count: sum.featureCount)
    self.background = background
    trees = sum.parts.map { WalkedTree($0, modelOutputs: sum.outputCount) }
    if let background {
      try SampleChecks.shape(background)
      try TreeChecks.features(background, count: sum.featureCount)
      baseValues = Self.meanAnswers(trees, sum, background)
    } else {
      baseValues = Self.expectations(trees, sum)
    }
  }

  /// - Parameters:
  ///   - model: fitted to a table.
  ///   - background: rows that stand for what is not known.
  /// - Throws: ``FitError`` when the background is not like the table that the model has learned from.
  public init<Model: TreeModel & Predictor>(
    _ model: TabularModel<Model>, background: DataFrame? = nil
  ) throws(FitError) where Model.Features == Matrix {
    let rows = try background.map { frame throws(FitError) in try model.input(frame) }
    try self.init(model.base, background: rows, featureNames: model.features)
    categories = model.categories
  }

  private static func expectations(_ trees: [WalkedTree], _ sum: AdditiveTrees) -> [Double] {
    var base = sum.baseline
    for tree in trees {
      for (output, value) in tree.expectation.enumerated() { base[tree.firstOutput + output] += value }
    }
    return base
  }

  private static func meanAnswers(_ trees: [WalkedTree], _ sum: AdditiveTrees, _ x: Matrix) -> [Double] {
    var base = sum.baseline
    let scalars = x.scalars
    for tree in trees {
      for row in 0..<x.shape[0] {
        let leaf = tree.leaf { scalars[row * sum.featureCount + $0] }
        for output in 0..<tree.outputCount {
          base[tree.firstOutput + output] +=
            tree.values[leaf * tree.outputCount + output] / Double(x.shape[0])
        }
      }
    }
    return base
  }

  /// - Parameter x: shape `[n, d]`; `nan` for a missing value.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  /// - Complexity: O(n · nodes · depth / 2) without a background; O(n · m · nodes that tell the samples apart) with one.
  public func explainAll(_ x: Matrix) throws(FitError) -> [Explanation] {
    try TreeChecks.features(x, count: sum.featureCount)
    let (outputs, features) = (sum.outputCount, sum.featureCount)
    let sums = background.map { differences(x, $0) } ?? averages(x)
    let values = Matrix(sums, shape: [x.shape[0], outputs, features])
    return (0..<outputs).map { output in
      let own = outputs == 1 ? values.reshaped(-1, features) : values[.all, output]
      return Explanation(checked: own, baseValues[output], x, featureNames, outputNames[output])
    }
  }

  /// Few samples a piece, so that pieces are even; enough to lay a tree's factors out once for all of them.
  private static let pieceLength = 128

  private func averages(_ x: Matrix) -> [Double] {
    let methods = trees.map { PathShapley($0) }
    return sums(x, length: Self.pieceLength) { samples, _, target, stride in
      for method in methods {
        method.add(
          samples, features: sum.featureCount, to: target, stride: stride, offset: method.tree.firstOutput)
      }
    }
  }

  private func differences(_ x: Matrix, _ background: Matrix) -> [Double] {
    let methods = trees.map { BackgroundShapley($0) }
    let (features, count) = (sum.featureCount, background.shape[0])
    let others = background.scalars
    return sums(x, length: 4) { samples, rows, target, stride in
      var base = [Double](repeating: 0, count: sum.outputCount)
      others.withUnsafeBufferPointer { others in
        for method in methods {
          for row in 0..<rows {
            for other in 0..<count {
              // Neither is empty: both have a row.
              method.add(
                samples.baseAddress! + row * features, others.baseAddress! + other * features, features: features,
                scale: 1 / Double(count), to: target + row * stride, base: &base, offset: method.tree.firstOutput)
            }
          }
        }
      }
    }
  }

  /// Sums of shape `[samples, outputs, features]`, piece by piece.
  private func sums(
    _ x: Matrix, length: Int,
    _ add: (UnsafeBufferPointer<Double>, _ rows: Int, UnsafeMutablePointer<Double>, _ stride: Int) -> Void
  ) -> [Double] {
    let (features, stride) = (sum.featureCount, sum.featureCount * sum.outputCount)
    var sums = [Double](repeating: 0, count: x.shape[0] * stride)
    let scalars = x.scalars
    sums.withUnsafeMutableBufferPointer { sums in
      // Each piece writes the places of its own rows.
      nonisolated(unsafe) let sums = sums
      scalars.withUnsafeBufferPointer { scalars in
        nonisolated(unsafe) let scalars = scalars  // read only
        Parallel.forEachRange(x.shape[0], length: length) { _, rows in
          let part = UnsafeBufferPointer(rebasing: scalars[rows.lowerBound * features..<rows.upperBound * features])
          add(part, rows.count, sums.baseAddress! + rows.lowerBound * stride, stride)
        }
      }
    }
    return sums
  }

  /// How much each pair of features does together that neither does alone: shape `[samples, features, features]`.
  ///
  /// Each off-diagonal value is half of what the pair does, the diagonal what a feature does on its own: rows add up to
  /// the contributions of ``explain(_:output:)``. What is not known is averaged over the samples that the trees have
  /// learned from, whatever the background.
  ///
  /// - Parameters:
  ///   - x: shape `[n, d]`; `nan` for a missing value.
  ///   - output: a class by its name; `nil` for the only output, or the second of two classes.
  /// - Throws: ``FitError`` of kind `shape`, `notFinite` or `parameter`.
  /// - Complexity: O(n · leaves · depth³).
  public func interactions(_ x: Matrix, output: String? = nil) throws(FitError) -> Matrix {
    try TreeChecks.features(x, count: sum.featureCount)
    let wanted = try place(of: output)
    let features = sum.featureCount
    let methods = trees.map { PathInteractions($0) }
    let contributions = averages(x)
    let scalars = x.scalars
    let parts = Parallel.mapRanges(x.shape[0], length: 1) { rows in
      var square = [Double](repeating: 0, count: features * features)
      scalars.withUnsafeBufferPointer { scalars in
        for method in methods {
          let own = wanted - method.tree.firstOutput
          guard 0..<method.tree.outputCount ~= own else { continue }
          method.add(
            scalars.baseAddress! + rows.lowerBound * features, features: features, output: own, to: &square)
        }
      }
      for feature in 0..<features {
        let rest = square[feature * features..<(feature + 1) * features].reduce(0, +)
        let whole = contributions[(rows.lowerBound * sum.outputCount + wanted) * features + feature]
        square[feature * features + feature] = whole - rest
      }
      return square
    }
    return Matrix(parts.flatMap { $0 }, shape: [x.shape[0], features, features])
  }
}

extension WalkedTree {
  /// Where a sample ends.
  func leaf(_ value: (Int) -> Double) -> Int {
    var place = 0
    while nodes[place].feature >= 0 {
      let node = nodes[place]
      place = Int(goesLeft(node, value(Int(node.feature))) ? node.left : node.right)
    }
    return place
  }
}

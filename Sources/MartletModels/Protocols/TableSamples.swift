import MartletFrames
import MartletNumerics

/// A target column, as models take it.
package enum TableTarget {
  package static func numbers(_ frame: DataFrame, _ name: String) throws(FitError) -> [Double] {
    try SampleChecks.table { () throws(FrameError) in try frame.matrix(of: [name]).scalars }
  }

  package static func labels<Label: ColumnElement>(_ frame: DataFrame, _ name: String) throws(FitError) -> [Label] {
    try SampleChecks.table { () throws(FrameError) in try frame[name, Label.self].values() }
  }

  /// Says which column lacks values when a model cannot do without them.
  static func naming<Result>(
    _ frame: DataFrame, _ features: [String], _ ask: () throws(FitError) -> Result
  ) throws(FitError) -> Result {
    do { return try ask() } catch {
      let lacking = features.filter { (try? frame.column($0))?.missingCount ?? 0 > 0 }
      if error.kind == .notFinite, !lacking.isEmpty {
        _ = try SampleChecks.table { () throws(FrameError) in try frame.matrix(of: lacking) }
      }
      throw error
    }
  }

  /// The named columns; without names every column that can be used but the target.
  static func features(
    _ frame: DataFrame, _ names: [String]?, except target: String, _ isUsable: (AnyColumn) -> Bool
  ) throws(FitError) -> [String] {
    let names = names ?? frame.columns.filter { $0.name != target && isUsable($0) }.map(\.name)
    if names.contains(target) {
      throw FitError(
        .table, expected: "features other than the target", found: "'\(target)' among the features",
        advice: "A model that sees the answer learns nothing; leave it out.")
    }
    return names
  }
}

/// What an estimator learns from in a table, besides the target.
struct TableSamples {
  let frame: DataFrame
  let target: String
  let features: [String]
  let weights: [Double]?

  init(
    _ frame: DataFrame, _ target: String, _ features: [String]?, _ weights: String?,
    isUsable: (AnyColumn) -> Bool
  ) throws(FitError) {
    self.frame = frame
    self.target = target
    self.features = try TableTarget.features(frame, features, except: target) { $0.name != weights && isUsable($0) }
    var counts: [Double]?
    if let weights { counts = try TableTarget.numbers(frame, weights) }
    self.weights = counts
  }

  /// - Parameter categories: of the features that hold texts.
  func fit<Estimator: SupervisedEstimator>(
    _ estimator: Estimator, _ y: Estimator.Target, categories: [ColumnCategories] = []
  ) throws(FitError) -> TabularModel<Estimator.Model> where Estimator.Features: TableFeatures {
    let x = try Estimator.Features.make(try ColumnCategories.numbered(frame, categories), features)
    let model = try TableTarget.naming(frame, features) { () throws(FitError) in
      try estimator.fit(x, y, countingBy: weights)
    }
    return TabularModel(base: model, target: target, features: features, categories: categories)
  }
}

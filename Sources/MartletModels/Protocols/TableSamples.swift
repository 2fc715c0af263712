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

/// An estimator, and what it learns from in a table besides the target.
struct TableSamples<Estimator: SupervisedEstimator> where Estimator.Features: TableFeatures {
  /// Knows which features are categories.
  let estimator: Estimator
  let frame: DataFrame
  let target: String
  let features: [String]
  /// Those of the features that hold texts.
  let categories: [ColumnCategories]
  let weights: [Double]?

  init(
    _ estimator: Estimator, _ frame: DataFrame, _ target: String, _ features: [String]?, weights: String? = nil
  ) throws(FitError) {
    var asking = estimator as? any CategoricalEstimator
    let takesTexts = asking != nil
    let features = try TableTarget.features(frame, features, except: target) { column in
      column.name != weights
        && (takesTexts ? ColumnCategories.isUsable(column) : Estimator.Features.isUsable(column))
    }
    var categories: [ColumnCategories] = []
    for (place, name) in features.enumerated() where takesTexts {
      let column = try SampleChecks.table { () throws(FrameError) in try frame.column(name) }
      guard ColumnCategories.holdsTexts(column) else { continue }
      categories.append(ColumnCategories(column))
      asking?.categoricalFeatures.append(place)
    }
    var counts: [Double]?
    if let weights { counts = try TableTarget.numbers(frame, weights) }
    (self.frame, self.target, self.features) = (frame, target, features)
    (self.categories, self.weights) = (categories, counts)
    self.estimator = asking as? Estimator ?? estimator
  }

  /// The features as the estimator takes them.
  func input() throws(FitError) -> Estimator.Features {
    try Estimator.Features.make(try ColumnCategories.numbered(frame, categories), features)
  }

  func fit(_ y: Estimator.Target) throws(FitError) -> TabularModel<Estimator.Model> {
    let x = try input()
    let model = try TableTarget.naming(frame, features) { () throws(FitError) in
      try estimator.fit(x, y, countingBy: weights)
    }
    return TabularModel(base: model, target: target, features: features, categories: categories)
  }
}

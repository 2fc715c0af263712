import MartletDisplay
import MartletFrames
import MartletNumerics

/// Cross-validates a search: parameters are chosen by inner folds of each outer fold's training samples, and what comes out is
/// measured on samples that neither choosing nor fitting has seen.
///
///     let search = GridSearch(SVC<Int>()).varying(\.inverseRegularization, over: [1, 10, 100])
///     let result = try nestedCrossValidate(search, x, y, outer: KFold(4, seed: 0), inner: KFold(4, seed: 0))
///     result.mean          // what to expect of the whole procedure
///     result.optimism      // by how much the searches' own best scores flatter
///
/// - Parameters:
///   - search: what chooses.
///   - x: a row for each sample.
///   - y: an answer for each sample.
///   - outer: how the samples are cut for measuring.
///   - inner: how each training part is cut for choosing; `nil` for the search's own folds.
/// - Throws: ``FitError``.
/// - Complexity: a search for each outer fold.
///
/// Reference: Cawley and Talbot (2010), On over-fitting in model selection and subsequent selection bias in performance
/// evaluation.
public func nestedCrossValidate<Search: ParameterSearch>(
  _ search: Search, _ x: Search.Features, _ y: Search.Target, outer: any Splitter, inner: (any Splitter)? = nil
) throws(FitError) -> NestedCrossValidation<Search.Estimator>
where Search.Features: SampleCollection & Sendable, Search.Target: SampleCollection & Sendable {
  var search = search
  if let inner { search.folds = inner }
  let scoring = search.scoring.ofBest(Search.Estimator.self)
  return NestedCrossValidation(
    outer: try crossValidate(search, x, y, folds: outer, scoring: [scoring], keepsModels: true),
    greaterIsBetter: scoring.greaterIsBetter)
}

/// How good a search is on samples that it has not seen, outer fold by outer fold.
public struct NestedCrossValidation<Estimator: SupervisedEstimator>: Sendable {
  /// The measures of the outer folds; its models are what was found in each.
  public let outer: CrossValidation<SearchModel<Estimator>>
  let greaterIsBetter: Bool

  /// What was measured.
  public var metric: String { outer.metrics[0] }
  /// The measure on each outer fold's test samples.
  public var scores: [Double] { outer.scores.scalars }
  /// The best score of each search on its own inner folds.
  public var innerScores: [Double] { outer.models.map(\.bestScore) }
  /// What each search has chosen.
  public var chosen: [Estimator] { outer.models.map(\.bestEstimator) }
  /// The mean of ``scores``.
  public var mean: Double { MartletNumerics.mean(scores) }
  /// How far the mean is off by chance; see ``CrossValidation/standardError(_:)``.
  public var standardError: Double { outer.standardError(metric) }
  /// By how much the inner scores are better than the outer ones, on the mean: what choosing among candidates flatters.
  public var optimism: Double {
    let difference = MartletNumerics.mean(innerScores) - mean
    return greaterIsBetter ? difference : -difference
  }
}

extension NestedCrossValidation: CustomStringConvertible, RichDisplayable {
  private var table: ModelTable {
    let names = outer.models.first.map { $0.results.columnNames.prefix { $0 != metric } } ?? []
    let (own, inner) = (FrameNumberFormat.texts(scores), FrameNumberFormat.texts(innerScores))
    let rows = outer.models.indices.map { fold in
      let results = outer.models[fold].results
      let best = (try? results["rank", Int.self])?.firstIndex { $0 == 1 }
      let values = names.map { name in best.map { results[name].shownTexts[$0] } ?? "" }
      return ["\(fold)", own[fold], inner[fold]] + values
    }
    let facts = FrameNumberFormat.texts([mean, standardError, optimism])
    return ModelTable(
      title: "Nested cross-validation",
      facts: ["\(metric) \(facts[0]) ± \(facts[1]); the searches' own scores flatter by \(facts[2])"],
      header: ["fold", metric, "inner"] + names, rows: rows)
  }
  /// The measure of each outer fold beside the search's own, and what was chosen.
  public var description: String { table.text }
  /// The same as a table.
  public func displayBundle() -> DisplayBundle { table.displayBundle() }
}

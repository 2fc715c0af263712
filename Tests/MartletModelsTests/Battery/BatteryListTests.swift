import Foundation
import Testing

/// The battery has every estimator of the module; those that it cannot run have a reason and a suite of their own.
@Suite struct BatteryListTests {
  /// What does not take a matrix of any samples, or has no model of its own.
  private static let exceptions: [String: String] = [
    "AnyClassifier": "forgets the type of another estimator", "AnyRegressor": "forgets the type of another estimator",
    "GridSearch": "SearchTests: has the model of another estimator",
    "RandomizedSearch": "SearchTests: has the model of another estimator",
    "HalvingSearch": "SearchTests: has the model of another estimator",
    "BayesianSearch": "SearchTests: has the model of another estimator",
    "ResampledClassifier": "PreparationTests: has the model of another estimator",
    "TunedThreshold": "TunedThresholdTests: of two classes only",
    "CategoricalNaiveBayes": "NaiveBayesTests: takes codes of categories",
    "IsotonicRegression": "BayesianRidgeTests and its neighbours: takes one feature only",
    "LabelEncoder": "PreprocessingTests: takes labels", "NearestNeighbors": "NeighborTests: answers with neighbours",
    "ColumnTransformer": "PreprocessingTests: takes a table", "Columns": "PreprocessingTests: takes a table",
    "ColumnPair": "PreprocessingTests: takes a table", "OneHotEncoder": "PreprocessingTests: takes a table",
    "OrdinalEncoder": "PreprocessingTests: takes a table", "FeatureHasher": "PreprocessingTests: takes a table",
    "TargetEncoder": "PreprocessingTests: takes a table", "TablePreparation": "ModelAdvisorTests: takes a table",
    "OnSparse": "SparseLogisticRegressionTests: takes a sparse matrix",
    "Chain": "in the battery by `then`", "Pipeline": "in the battery by `then`",
    "UnsupervisedPipeline": "in the battery by `then`", "SupervisedChain": "PreprocessingTests: by `then`",
    "SupervisedPipeline": "in the battery by `then`", "WithoutAnswers": "PreprocessingTests: by `then`",
    "SelectFromModel": "PreprocessingTests: learns from answers and gives features",
    "RecursiveElimination": "PreprocessingTests: learns from answers and gives features",
    "RecursiveEliminationCV": "PreparationTests: learns from answers and gives features",
    "SequentialSelection": "PreprocessingTests: learns from answers and gives features",
  ]

  @Test func everyEstimatorIsInTheBattery() throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let module = tests.appendingPathComponent("../../../Sources/MartletModels").resolvingSymlinksInPath()
    let battery = try Self.sources(in: tests).filter { $0.name != "BatteryListTests.swift" }.map(\.text).joined()
    let words = Set(battery.split { !($0.isLetter || $0.isNumber) }.map(String.init))
    let estimators = try Set(Self.sources(in: module).flatMap { try Self.estimators(in: $0.text) })
    #expect(estimators.count > 100, "the sources were not found")
    let missing = estimators.subtracting(words).subtracting(Self.exceptions.keys).sorted()
    #expect(missing.isEmpty, "neither in the battery nor excepted: \(missing.joined(separator: ", "))")
    let gone = Set(Self.exceptions.keys).subtracting(estimators).sorted()
    #expect(gone.isEmpty, "excepted, but no estimator: \(gone.joined(separator: ", "))")
  }

  private static func sources(in folder: URL) throws -> [(name: String, text: String)] {
    let paths = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects as? [URL] ?? []
    return try paths.filter { $0.pathExtension == "swift" }.map {
      ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8))
    }
  }

  /// The public types that say they are estimators, where they are declared or in an extension.
  private static func estimators(in text: String) throws -> [String] {
    let declaration = /(?m)^(?:public struct|extension) (\w+)(?:<[^{>]*>)?\s*:\s*([^{]*)\{/
    let kinds: Set = [
      "SupervisedEstimator", "UnsupervisedEstimator", "WeightedEstimator", "SparseEstimator", "ParameterSearch",
      "FeatureScaling", "FeatureSelection", "SupervisedPreprocessor",
    ]
    return text.matches(of: declaration).compactMap { match in
      // What follows `where` is said of others.
      let conformances = String(match.2).components(separatedBy: "where")[0]
      let named = Set(conformances.split { !($0.isLetter || $0.isNumber) }.map(String.init))
      return named.isDisjoint(with: kinds) ? nil : String(match.1)
    }
  }
}

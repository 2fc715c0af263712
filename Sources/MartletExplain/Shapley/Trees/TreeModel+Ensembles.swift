import MartletModels
import MartletNumerics

extension AdaBoostClassifier.Model: TreeModel where Base.Model: TreeModel {
  /// The mean votes of `decisionFunction`, from `−1 / (classes − 1)` to 1, for each class.
  public var treeSum: AdditiveTrees {
    get throws(FitError) {
      let (width, total) = (Double(classes.count), votes.reduce(0, +))
      var parts: [AdditiveTrees.Part] = []
      var featureCount = 0
      for (model, vote) in zip(models, votes) {
        let own = try model.predictionSum.vote()
        parts += own.share(vote / total * width / (width - 1), outputs: ClassPlaces.of(model.classes, in: classes))
        featureCount = own.featureCount
      }
      return AdditiveTrees(
        parts: parts, baseline: classes.map { _ in -1 / (width - 1) }, outputNames: classes.map { "\($0)" },
        featureCount: featureCount)
    }
  }
  public var predictionSum: AdditiveTrees {
    get throws(FitError) { throw .noSumOfTrees("AdaBoost", "votes") }
  }
}

extension BaggingClassifier.Model: TreeModel where Base.Model: TreeModel {
  /// The mean of the classifiers' probabilities.
  public var treeSum: AdditiveTrees {
    get throws(FitError) {
      var parts: [AdditiveTrees.Part] = []
      for member in members {
        parts += try member.model.predictionSum.share(
          1 / Double(members.count), features: member.features,
          outputs: ClassPlaces.of(member.model.classes, in: classes))
      }
      return .averaged(parts, outputNames: classes.map { "\($0)" }, featureCount: featureCount)
    }
  }
}

extension BaggingRegressor.Model: TreeModel where Base.Model: TreeModel {
  /// The mean of the regressors.
  public var treeSum: AdditiveTrees {
    get throws(FitError) {
      var (parts, baseline): ([AdditiveTrees.Part], Double) = ([], 0)
      for member in members {
        let own = try member.model.predictionSum
        parts += own.share(1 / Double(members.count), features: member.features)
        baseline += own.baseline[0] / Double(members.count)
      }
      return AdditiveTrees(
        parts: parts, baseline: [baseline], outputNames: ["prediction"], featureCount: featureCount)
    }
  }
}

extension VotingClassifier.Model: TreeModel where Base.Model: TreeModel {
  /// The weighted mean of the classifiers' probabilities; with hard votes the shares of the votes, of single trees alone.
  public var treeSum: AdditiveTrees {
    get throws(FitError) {
      var (parts, featureCount): ([AdditiveTrees.Part], Int) = ([], 0)
      for (model, share) in zip(models, shares) {
        let own = try vote == .soft ? model.predictionSum : model.predictionSum.vote()
        parts += own.share(share)
        featureCount = own.featureCount
      }
      return .averaged(parts, outputNames: classes.map { "\($0)" }, featureCount: featureCount)
    }
  }
}

extension VotingRegressor.Model: TreeModel where Base.Model: TreeModel {
  /// The weighted mean of the predictors.
  public var treeSum: AdditiveTrees {
    get throws(FitError) {
      var (parts, baseline, featureCount): ([AdditiveTrees.Part], Double, Int) = ([], 0, 0)
      for (model, share) in zip(models, shares) {
        let own = try model.predictionSum
        parts += own.share(share)
        baseline += own.baseline[0] * share
        featureCount = own.featureCount
      }
      return AdditiveTrees(
        parts: parts, baseline: [baseline], outputNames: ["prediction"], featureCount: featureCount)
    }
  }
}

extension AnyClassifier.Model: TreeModel {
  /// That of the model itself.
  /// - Throws: ``FitError`` of kind `parameter` when the model is not one of trees.
  public var treeSum: AdditiveTrees { get throws(FitError) { try TreeModels.known(base).treeSum } }
  public var predictionSum: AdditiveTrees { get throws(FitError) { try TreeModels.known(base).predictionSum } }
}

extension AnyRegressor.Model: TreeModel {
  /// That of the model itself.
  /// - Throws: ``FitError`` of kind `parameter` when the model is not one of trees.
  public var treeSum: AdditiveTrees { get throws(FitError) { try TreeModels.known(base).treeSum } }
  public var predictionSum: AdditiveTrees { get throws(FitError) { try TreeModels.known(base).predictionSum } }
}

/// A model of trees among models of any kind.
private enum TreeModels {
  static func known(_ model: any Predictor) throws(FitError) -> any TreeModel {
    if let model = model as? any TreeModel { return model }
    throw FitError(
      .parameter, expected: "a model of trees", found: "\(type(of: model))",
      advice: "Explain other models with KernelExplainer or PermutationExplainer.")
  }
}

/// Which of an ensemble's classes those of a member are.
private enum ClassPlaces {
  static func of<Label: Hashable>(_ own: [Label], in all: [Label]) -> [Int]? {
    // A draw may lack a class; a class of its own it never has.
    own == all ? nil : own.map { label in all.firstIndex(of: label) ?? 0 }
  }
}

extension AdditiveTrees {
  fileprivate static func averaged(_ parts: [Part], outputNames: [String], featureCount: Int) -> AdditiveTrees {
    AdditiveTrees(
      parts: parts, baseline: outputNames.map { _ in 0 }, outputNames: outputNames, featureCount: featureCount)
  }
}

import MartletDisplay
import MartletFrames
import MartletNumerics

extension ModelTable {
  /// What a model that is made of others says of itself: its classes, a row each.
  fileprivate static func classes(_ classes: [some Any], _ title: String, _ facts: String...) -> ModelTable {
    ModelTable(title: title, facts: facts, header: ["class"], rows: classes.map { ["\($0)"] })
  }
}

extension DummyClassifier.Model: CustomStringConvertible, RichDisplayable, ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    ModelTable(
      title: "Baseline",
      facts: ["\(target ?? "label"): " + (seed == nil ? "always the most probable class" : "classes at random")],
      header: ["class", "probability"],
      rows: zip(classes, FrameNumberFormat.texts(probabilities)).map { ["\($0)", $1] })
  }
}

extension DummyRegressor.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    ModelTable(
      title: "Baseline", facts: ["\(target ?? "target"): always the same"], header: ["answer"],
      rows: [FrameNumberFormat.texts([answer])])
  }
}

extension CalibratedClassifier.Model: CustomStringConvertible, RichDisplayable, ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    .classes(
      classes, "Calibrated classifier",
      "\(target ?? "label") (\(classes.count) classes), the mean of \(parts.count) models")
  }
}

extension TunedThreshold.Model: CustomStringConvertible, RichDisplayable, ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let own = (base as? any ModelSummary)?.summaryTable(features: features, target: target)
    let numbers = FrameNumberFormat.texts([threshold]) + FrameNumberFormat.texts([merit])
    let fact = "\(classes[1]) from a probability of \(numbers[0]) on; merit \(numbers[1]) on samples not learned from"
    return ModelTable(
      title: "Tuned threshold" + (own.map { ": \($0.title)" } ?? ""), facts: (own?.facts ?? []) + [fact],
      header: own?.header ?? ["threshold"], rows: own?.rows ?? [[numbers[0]]])
  }
}

extension OneVsRestClassifier.Model: CustomStringConvertible, RichDisplayable, ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    .classes(
      classes, "One against the rest",
      "\(target ?? "label") by \(models.count) models: \(ModelFile.typeName(Base.self))")
  }
}

extension OneVsOneClassifier.Model: CustomStringConvertible, RichDisplayable, ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    .classes(
      classes, "One against one", "\(target ?? "label") by \(models.count) models: \(ModelFile.typeName(Base.self))")
  }
}

extension OutputCodeClassifier.Model: CustomStringConvertible, RichDisplayable, ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    ModelTable(
      title: "Output codes", facts: ["\(target ?? "label") by \(models.count) questions"], header: ["class", "code"],
      rows: zip(classes, codes).map { ["\($0)", $1.map { $0 ? "1" : "0" }.joined()] })
  }
}

extension AnyClassifier.Model: CustomStringConvertible, RichDisplayable, ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    (base as? any ModelSummary)?.summaryTable(features: features, target: target)
      ?? .classes(classes, base.typeName)
  }
}

extension AnyRegressor.Model: CustomStringConvertible, RichDisplayable, ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    (base as? any ModelSummary)?.summaryTable(features: features, target: target)
      ?? ModelTable(title: base.typeName, facts: [], header: ["target"], rows: [[target ?? "target"]])
  }
}

extension OnSparse.Model: CustomStringConvertible, RichDisplayable, ModelSummary where Base.SparseModel: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    base.summaryTable(features: features, target: target)
  }
}

extension Predictor {
  /// The type's name without those of modules.
  fileprivate var typeName: String { ModelFile.typeName(Self.self) }
}

extension SupervisedPipeline.Model: CustomStringConvertible, RichDisplayable, ModelSummary
where Estimator.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    estimator.summaryTable(features: preprocessing.names(of: features), target: target)
  }
}

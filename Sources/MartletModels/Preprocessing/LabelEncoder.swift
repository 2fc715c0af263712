import MartletNumerics

/// Turns labels into numbers 0, 1, 2, … and back. (scikit-learn: `LabelEncoder`)
///
///     let coding = try LabelEncoder<String>().fit(["b", "a", "b"])
///     coding.classes                       // ["a", "b"]
///     try coding.transform(["b", "a"])     // [1, 0]
///
/// Classifiers take labels as they are; this is for code of your own.
public struct LabelEncoder<Label: Hashable & Sendable>: UnsupervisedEstimator {
  /// An encoder with nothing to choose.
  public init() {}

  /// - Throws: ``FitError`` of kind `tooFewSamples` when there is no label.
  public func fit(_ labels: [Label]) throws(FitError) -> Model {
    guard !labels.isEmpty else {
      throw FitError(.tooFewSamples, expected: "at least one label", found: "none", advice: "Give labels.")
    }
    return Model(classes: LabelCoding(labels).classes)
  }

  /// What `LabelEncoder` has learned.
  public struct Model: Transformer {
    /// The labels in the order of their numbers.
    public let classes: [Label]

    /// - Throws: ``FitError`` of kind `table` for a label that was not learned.
    public func transform(_ labels: [Label]) throws(FitError) -> [Int] {
      let places = Dictionary(classes.enumerated().map { ($1, $0) }) { first, _ in first }
      var codes: [Int] = []
      for label in labels {
        guard let code = places[label] else {
          throw FitError(.table, expected: "labels among \(classes)", found: "\(label)", advice: "Fit with it, too.")
        }
        codes.append(code)
      }
      return codes
    }

    /// - Throws: ``FitError`` of kind `table` for a number that no label has.
    public func inverseTransform(_ codes: [Int]) throws(FitError) -> [Label] {
      if let wrong = codes.first(where: { !classes.indices.contains($0) }) {
        throw FitError(
          .table, expected: "numbers from 0 to \(classes.count - 1)", found: "\(wrong)", advice: "Use its own numbers.")
      }
      return codes.map { classes[$0] }
    }
  }
}

extension LabelEncoder.Model: Encodable where Label: Encodable {}
extension LabelEncoder.Model: Decodable where Label: Decodable {}

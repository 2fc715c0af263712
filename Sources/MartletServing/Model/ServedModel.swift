import MartletFrames
import MartletModels
import MartletNumerics

/// What a model answers to some rows.
struct ServedAnswers {
  /// An answer for each row.
  var predictions: [JSONTree]
  /// How sure it is of each class, row by row.
  var probabilities: Matrix?
}

/// A model of whatever type, as the server asks it.
struct ServedModel: Sendable {
  /// The type's name.
  let name: String
  /// What it predicts, where that has a name.
  let target: String?
  let features: [ServedFeature]
  /// The classes that it tells apart; empty for other models.
  let classes: [JSONTree]
  let answer: @Sendable (ServedRows) throws -> ServedAnswers

  /// - Parameters:
  ///   - withProbabilities: whether a classifier is asked how sure it is.
  ///   - input: makes of rows what the model takes.
  init<Model: Predictor>(
    _ model: Model, target: String? = nil, features: [ServedFeature], withProbabilities: Bool,
    input: @escaping @Sendable (ServedRows) throws -> Model.Features
  ) throws(ServerError) {
    guard !features.isEmpty else { throw ServerError(.features, "Expected at least one feature; found none.") }
    if let twice = Dictionary(grouping: features, by: \.name).first(where: { $1.count > 1 })?.key {
      throw ServerError(.features, "The feature '\(twice)' is named twice. Name each once.")
    }
    name = String(reflecting: Model.self).replacing(/\b(Martlet\w+|Swift)\./, with: "")
    self.target = target
    self.features = features
    if let classifier = model as? any Classifier {
      classes = Self.classes(of: classifier)
      answer = Self.classifying(classifier, withProbabilities) { try input($0) }
    } else {
      classes = []
      answer = { rows in ServedAnswers(predictions: try JSONTree.values(of: model.predict(try input(rows)))) }
    }
  }

  private static func classes(of classifier: some Classifier) -> [JSONTree] { classifier.classes.map(JSONTree.value) }

  private static func classifying<Model: Classifier>(
    _ model: Model, _ withProbabilities: Bool, _ input: @escaping @Sendable (ServedRows) throws -> Any
  ) -> @Sendable (ServedRows) throws -> ServedAnswers {
    // Labels may be of a type of the user's, whose text is looked up rather than made for each row.
    let texts = Dictionary(model.classes.map { ($0, JSONTree.value(of: $0)) }, uniquingKeysWith: { first, _ in first })
    return { rows in
      guard let features = try input(rows) as? Model.Features else {
        throw ServerError(.features, "The rows are not what a \(Model.self) takes.")
      }
      let labels = try model.predict(features)
      return ServedAnswers(
        predictions: labels.map { texts[$0] ?? JSONTree.value(of: $0) },
        probabilities: withProbabilities ? try model.predictProbabilities(features) : nil)
    }
  }
}

extension JSONTree {
  /// A label or another value without parts.
  static func value(of label: Any) -> JSONTree {
    switch label {
    case let label as String: .text(label)
    case let label as Int: .whole(label)
    case let label as Bool: .bool(label)
    case let label as Double: .number(label)
    case let label as Float: .number(Double(label))
    case let label as any RawRepresentable: value(of: label.rawValue)
    default: .text("\(label)")
    }
  }

  /// One value for each row of predictions: numbers, labels, or the rows of a matrix.
  static func values(of predictions: Any) throws -> [JSONTree] {
    switch predictions {
    case let numbers as [Double]: return numbers.map(JSONTree.number)
    case let matrix as Matrix where matrix.rank == 2:
      let width = matrix.shape[1]
      let scalars = matrix.scalars
      return (0..<matrix.shape[0]).map { row in .list(scalars[row * width..<(row + 1) * width].map(JSONTree.number)) }
    case let several as any Collection: return several.map { value(of: $0) }
    default: throw ServerError(.features, "A \(type(of: predictions)) is not one prediction for each row.")
    }
  }
}

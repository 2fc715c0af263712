import MartletNumerics

/// How much a classifier of yes and no is for yes.
enum BinaryScore {
  /// Decision values where the model has them, else the probability of `true`.
  static func of<Model: Classifier>(_ model: Model, _ x: Model.Features) throws(FitError) -> [Double]
  where Model.Label == Bool {
    if let deciding = model as? any DecisionFunction<Model.Features> {
      return try deciding.decisionFunction(x).flattened().scalars
    }
    return try probabilities(model, x)
  }

  /// The probability of `true`.
  static func probabilities<Model: Classifier>(_ model: Model, _ x: Model.Features) throws(FitError) -> [Double]
  where Model.Label == Bool {
    guard let column = model.classes.firstIndex(of: true) else {
      return [Double](repeating: 0, count: try model.predictProbabilities(x).shape[0])
    }
    return try model.predictProbabilities(x).column(column).scalars
  }

  /// Whether such models decide by values around 0.
  static func isDecision<Model: Classifier>(_ model: Model) -> Bool { model is any DecisionFunction<Model.Features> }
}

/// What every method that is made of classifiers of yes and no asks of its data.
enum MulticlassChecks {
  static func coding<Label: Hashable & Sendable>(
    _ x: Matrix, _ y: [Label], _ weights: [Double]?
  ) throws(FitError) -> LabelCoding<Label> {
    try SampleChecks.features(x, allowingMissing: true)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.weights(weights, count: y.count)
    return try SampleChecks.classes(y, weights)
  }

  /// Classifiers of yes and no in a file.
  static func binary<Key, Model: Classifier & Decodable>(
    _ file: KeyedDecodingContainer<Key>, _ key: Key, count: Int
  ) throws -> [Model] where Model.Label == Bool {
    let models = try file.decode([Model].self, forKey: key)
    try ModelChecks.fits(
      models.count == count && models.allSatisfy { $0.classes == [false, true] }, file, key,
      "\(count) classifiers of false and true")
    return models
  }
}

import MartletNumerics

/// A method that learns from sparse features, too, without filling in their zeros.
///
///     let counts = try CountVectorizer().fit(texts).transform(texts)
///     let model = try MultinomialNaiveBayes<String>().fit(counts, topics)
public protocol SparseEstimator<Target, SparseModel>: Sendable {
  /// The answers.
  associatedtype Target
  /// What it learns from sparse features.
  associatedtype SparseModel: SparsePredictor
  /// - Throws: ``FitError`` when the data cannot be learned from.
  func fit(_ x: SparseMatrix, _ y: Target, weights: [Double]?) throws(FitError) -> SparseModel
}

extension SparseEstimator {
  /// Learns from examples that all count the same.
  /// - Throws: ``FitError`` when the data cannot be learned from.
  public func fit(_ x: SparseMatrix, _ y: Target) throws(FitError) -> SparseModel { try fit(x, y, weights: nil) }
}

/// A model that answers for sparse features.
public protocol SparsePredictor<Prediction>: Sendable {
  /// What it answers, one for each sample.
  associatedtype Prediction
  /// - Throws: ``FitError`` when the features are not like those it learned from.
  func predict(_ x: SparseMatrix) throws(FitError) -> Prediction
}

/// A model that tells classes apart by sparse features.
public protocol SparseClassifier<Label>: SparsePredictor where Prediction == [Label] {
  /// A class.
  associatedtype Label: Hashable & Sendable
  /// The classes it knows, in the order of the columns of its probabilities.
  var classes: [Label] { get }
  /// How sure it is of each class: shape `[samples, classes]`, each row summing to 1.
  /// - Throws: ``FitError`` when the features are not like those it learned from.
  func predictProbabilities(_ x: SparseMatrix) throws(FitError) -> Matrix
}

extension SparseClassifier {
  /// The fraction of samples that it classifies correctly.
  /// - Throws: ``FitError`` when features and labels do not pair up.
  public func score(_ x: SparseMatrix, _ labels: [Label]) throws(FitError) -> Double {
    let predictions = try predict(x)
    guard predictions.count == labels.count, !labels.isEmpty else { throw .unpaired(predictions.count, labels.count) }
    return accuracy(predicted: predictions, actual: labels)
  }
}

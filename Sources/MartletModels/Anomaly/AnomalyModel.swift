import MartletNumerics

/// What a method that notices unusual samples has learned.
public protocol AnomalyModel: FittedModel {
  /// Samples with a score below this are anomalies.
  var threshold: Double { get }
  /// How usual each sample is: the lower, the more unusual.
  /// - Throws: ``FitError`` when the features are not like those of fitting.
  func scores(_ x: Matrix) throws(FitError) -> [Double]
}

extension AnomalyModel {
  /// Whether each sample is an anomaly.
  /// - Throws: ``FitError`` when the features are not like those of fitting.
  public func isAnomaly(_ x: Matrix) throws(FitError) -> [Bool] { try scores(x).map { $0 < threshold } }
}

/// Which share of the samples of fitting is taken for anomalies.
public enum Contamination: Sendable, Equatable {
  /// What the method's authors propose.
  case auto
  /// This fraction, above 0 and up to a half.
  case fraction(Double)

  /// The score that separates anomalies from the rest.
  func threshold(_ scores: [Double], auto: Double) -> Double {
    switch self {
    case .auto: auto
    case .fraction(let fraction): quantile(scores, fraction)
    }
  }

  func check() throws(FitError) {
    guard case .fraction(let fraction) = self else { return }
    try SampleChecks.parameter(fraction > 0 && fraction <= 0.5, "contamination", "above 0, up to 0.5", fraction)
  }
}

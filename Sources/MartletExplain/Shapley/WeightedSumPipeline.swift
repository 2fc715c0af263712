import MartletModels
import MartletNumerics

/// A fitted transformer that moves and scales every feature by itself: `(x − centre) / scale`.
public protocol FeatureWiseScaling: Transformer where Input == Matrix, Output == Matrix {
  /// What each feature is moved and then divided by.
  /// - Throws: ``FitError`` of kind `parameter` where it also cuts values to a range.
  var centresAndScales: (centres: [Double], scales: [Double]) { get throws(FitError) }
}

extension StandardScaler.Model: FeatureWiseScaling {
  public var centresAndScales: (centres: [Double], scales: [Double]) { (means, scales) }
}

extension FeatureScaling: FeatureWiseScaling {
  public var centresAndScales: (centres: [Double], scales: [Double]) {
    get throws(FitError) {
      try SampleChecks.parameter(
        limits == nil, "clips", "false for a model that is to be explained as a weighted sum", true)
      return (centres, scales)
    }
  }
}

extension Chain.Model: FeatureWiseScaling where First.Model: FeatureWiseScaling, Next.Model: FeatureWiseScaling {
  /// `((x − a) / s − b) / t = (x − (a + b s)) / (s t)`.
  public var centresAndScales: (centres: [Double], scales: [Double]) {
    get throws(FitError) {
      let (a, s) = try first.centresAndScales
      let (b, t) = try next.centresAndScales
      return (a.indices.map { a[$0] + b[$0] * s[$0] }, a.indices.map { s[$0] * t[$0] })
    }
  }
}

extension Pipeline.Model: WeightedSumModel
where Preprocessing.Features == Matrix, Preprocessing.Model: FeatureWiseScaling, Estimator.Model: WeightedSumModel {
  /// The weights of the features as they are before scaling: `∑ w (x − centre) / scale + b`.
  public var weightedSums: WeightedSums {
    get throws(FitError) {
      let (centres, scales) = try preprocessing.centresAndScales
      let scaled = try estimator.weightedSums
      let coefficients = scaled.coefficients / Matrix(scales)
      let shifts = (coefficients • Matrix(centres)).scalars
      return WeightedSums(
        coefficients: coefficients, intercepts: zip(scaled.intercepts, shifts).map { $0 - $1 },
        outputNames: scaled.outputNames)
    }
  }
}

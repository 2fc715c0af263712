import MartletModels
import MartletNumerics

extension _ONNXBuilder {
  /// A weighted sum of the features.
  fileprivate mutating func sum(_ x: String, _ coefficients: [Double], _ intercept: Double) -> [ONNXModel.Port] {
    _ = classical(
      "LinearRegressor", [x],
      [
        "coefficients": .numbers(coefficients.map { Float($0) }), "intercepts": .numbers([Float(intercept)]),
        "targets": .integer(1),
      ], outputs: ["prediction"])
    return ONNXLabels.prediction
  }
}

extension LinearRegression.Model: ONNXExportable {
  public var _onnxFeatureCount: Int { coefficients.count }
  public func _addONNX(to builder: inout _ONNXBuilder, _ x: String) throws(ONNXError) -> [ONNXModel.Port] {
    builder.sum(x, coefficients, intercept)
  }
}

extension ONNXExportable where Self: LinearRegressor {
  public var _onnxFeatureCount: Int { coefficients.count }
  public func _addONNX(to builder: inout _ONNXBuilder, _ x: String) throws(ONNXError) -> [ONNXModel.Port] {
    builder.sum(x, coefficients, intercept)
  }
}

extension Ridge.Model: ONNXExportable {}
extension RidgeCV.Model: ONNXExportable {}
extension ElasticNet.Model: ONNXExportable {}
extension ElasticNetCV.Model: ONNXExportable {}
extension BayesianRidge.Model: ONNXExportable {}
extension HuberRegressor.Model: ONNXExportable {}
extension QuantileRegressor.Model: ONNXExportable {}
extension SGDRegressor.Model: ONNXExportable {}
extension GradientDescentRegressor.Model: ONNXExportable {}

extension LogisticRegression.Model: ONNXExportable {
  public var _onnxFeatureCount: Int { coefficients.shape[1] }
  public func _addONNX(to builder: inout _ONNXBuilder, _ x: String) throws(ONNXError) -> [ONNXModel.Port] {
    var (weights, shifts) = (coefficients.scalars.map { Float($0) }, intercepts.map { Float($0) })
    // Two classes have one row of weights, the second's; the first's are their opposite.
    let isBinary = coefficients.shape[0] == 1
    if isBinary { (weights, shifts) = (weights.map { -$0 } + weights, shifts.map { -$0 } + shifts) }
    let labels = ONNXLabels.attribute(classes, numbersAs: "classlabels_ints")
    _ = builder.classical(
      "LinearClassifier", [x],
      [
        "coefficients": .numbers(weights), "intercepts": .numbers(shifts), labels.name: labels.value,
        "post_transform": .text(isBinary ? "LOGISTIC" : "SOFTMAX"),
      ], outputs: ["label", "probabilities"])
    return ONNXLabels.ports(classes)
  }
}

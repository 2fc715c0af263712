import MartletModels
import MartletNumerics

extension StandardScaler.Model: ONNXTransformer {
  public var _onnxFeatureCount: Int { means.count }
  public func _addONNX(to builder: inout _ONNXBuilder, _ x: String) throws(ONNXError) -> String {
    builder.classical(
      "Scaler", [x], ["offset": .numbers(means.map { Float($0) }), "scale": .numbers(scales.map { Float(1 / $0) })])
  }
}

extension FeatureScaling: ONNXTransformer {
  public var _onnxFeatureCount: Int { centres.count }
  public func _addONNX(to builder: inout _ONNXBuilder, _ x: String) throws(ONNXError) -> String {
    let scaled = builder.classical(
      "Scaler", [x], ["offset": .numbers(centres.map { Float($0) }), "scale": .numbers(scales.map { Float(1 / $0) })])
    guard let limits else { return scaled }
    let low = builder.constant(Matrix(scalar: limits.lowerBound), "low")
    let high = builder.constant(Matrix(scalar: limits.upperBound), "high")
    return builder.node("Clip", [scaled, low, high])
  }
}

extension SimpleImputer.Model: ONNXTransformer {
  public var _onnxFeatureCount: Int { fillings.count }
  public func _addONNX(to builder: inout _ONNXBuilder, _ x: String) throws(ONNXError) -> String {
    guard indicators.isEmpty, !fillings.contains(nil) else {
      throw ONNXError("An imputer that drops features or adds indicators is not exported; fit it without them.")
    }
    return builder.classical(
      "Imputer", [x],
      ["imputed_value_floats": .numbers(fillings.map { Float($0 ?? 0) }), "replaced_value_float": .number(.nan)])
  }
}

extension Chain.Model: ONNXTransformer where First.Model: ONNXTransformer, Next.Model: ONNXTransformer {
  public var _onnxFeatureCount: Int { get throws(ONNXError) { try first._onnxFeatureCount } }
  public func _addONNX(to builder: inout _ONNXBuilder, _ x: String) throws(ONNXError) -> String {
    let inner = try first._addONNX(to: &builder, x)
    return try next._addONNX(to: &builder, inner)
  }
}

extension Pipeline.Model: ONNXExportable where Preprocessing.Model: ONNXTransformer, Estimator.Model: ONNXExportable {
  public var _onnxFeatureCount: Int { get throws(ONNXError) { try preprocessing._onnxFeatureCount } }
  public func _addONNX(to builder: inout _ONNXBuilder, _ x: String) throws(ONNXError) -> [ONNXModel.Port] {
    let inner = try preprocessing._addONNX(to: &builder, x)
    return try estimator._addONNX(to: &builder, inner)
  }
}

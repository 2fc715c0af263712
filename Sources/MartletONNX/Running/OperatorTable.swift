/// Every operator that a model may use. A family of operators is one file with one table; adding an operator is a line there.
enum OperatorTable {
  static let all: [String: ONNXOperator] = [
    ArithmeticOperators.table, ComparisonOperators.table, ElementFunctions.table, ActivationOperators.table,
    ReductionOperators.table, ShapeOperators.table, SelectionOperators.table, CreationOperators.table,
    MatrixOperators.table, ConvolutionOperators.table, PoolingOperators.table, NormalizationOperators.table,
    RecurrentOperators.table, AttentionOperators.table, QuantizationOperators.table, ResizingOperators.table,
    DetectionOperators.table, SignalOperators.table, SamplingOperators.table, LossOperators.table,
    SequenceOperators.table,
    ControlOperators.table, TextOperators.table, ClassicalOperators.table, ClassicalTreeOperators.table,
    SupportVectorOperators.table, TrainingOperators.table,
  ].reduce(into: [:]) { table, family in table.merge(family) { first, _ in first } }

  /// How an operator is called: by its name alone in ONNX's own set.
  static func key(_ domain: String, _ name: String) -> String { domain.isEmpty ? name : "\(domain).\(name)" }
}

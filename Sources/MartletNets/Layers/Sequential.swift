import MartletNumerics

/// Layers one after the other: each gets what the one before it gives.
///
///     var model = Sequential {
///       Linear(784, 256)
///       ReLU()
///       Linear(256, 10)
///     }
///     model.parameterCount      // 203530
public struct Sequential<Scalar: NetScalar>: Layer {
  /// The layers, first to last.
  public var layers: [any Layer<Scalar>]

  /// A model of the layers in a block, which may have loops and conditions, of another precision than `Float`.
  public init(precision: Scalar.Type, @LayerBuilder<Scalar> _ layers: () -> [any Layer<Scalar>]) {
    self.layers = layers()
  }

  /// A model of layers.
  public init(_ layers: [any Layer<Scalar>]) { self.layers = layers }

  /// Shows the parameters under the layers' numbers: `0.weight`, as PyTorch names them.
  public mutating func visitParameters(_ visitor: ParameterVisitor<Scalar>) {
    for place in layers.indices { visitor.visit("\(place)", existential: &layers[place]) }
  }

  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    layers.reduce(x) { $1($0, mode: mode) }
  }
}

extension Sequential where Scalar == Float {
  /// A model of the layers in a block, which may have loops and conditions.
  public init(@LayerBuilder<Float> _ layers: () -> [any Layer<Float>]) { self.layers = layers() }
}

/// Collects layers from a block.
@resultBuilder
public enum LayerBuilder<Scalar: NetScalar> {
  public static func buildExpression(_ layer: some Layer<Scalar>) -> [any Layer<Scalar>] { [layer] }
  public static func buildBlock(_ parts: [any Layer<Scalar>]...) -> [any Layer<Scalar>] { parts.flatMap { $0 } }
  public static func buildOptional(_ part: [any Layer<Scalar>]?) -> [any Layer<Scalar>] { part ?? [] }
  public static func buildEither(first part: [any Layer<Scalar>]) -> [any Layer<Scalar>] { part }
  public static func buildEither(second part: [any Layer<Scalar>]) -> [any Layer<Scalar>] { part }
  public static func buildArray(_ parts: [[any Layer<Scalar>]]) -> [any Layer<Scalar>] { parts.flatMap { $0 } }
}

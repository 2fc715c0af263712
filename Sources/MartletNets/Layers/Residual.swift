import MartletNumerics

/// Adds its input to what its layers make of it: `y = x + f(x)`, so that deep models learn corrections.
///
///     Residual {
///       Linear(64, 64)
///       ReLU()
///     }
///
/// Reference: He, Zhang, Ren and Sun (2016), Deep residual learning for image recognition.
public struct Residual<Scalar: NetScalar>: Layer {
  /// What is added to the input.
  public var layers: Sequential<Scalar>
  /// What the input goes through on its way round the layers, where they change its shape.
  public var shortcut: (any Layer<Scalar>)?

  /// - Parameters:
  ///   - shortcut: gives the input the shape of the layers' output; `nil` where they are the same.
  ///   - layers: their output has the shape of the shortcut's.
  public init(
    shortcut: (any Layer<Scalar>)? = nil, precision: Scalar.Type,
    @LayerBuilder<Scalar> _ layers: () -> [any Layer<Scalar>]
  ) {
    self.layers = Sequential(layers())
    self.shortcut = shortcut
  }

  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    let correction = layers(x, mode: mode)
    let way = shortcut.map { $0(x, mode: mode) } ?? x
    guard way.shape == correction.shape else {
      fatalError(
        "Residual adds equal shapes: its layers make \(correction.shape) of \(x.shape), and \(way.shape) comes round them. Give it a shortcut."
      )
    }
    return way + correction
  }
}

extension Residual where Scalar == Float {
  /// - Parameters:
  ///   - shortcut: gives the input the shape of the layers' output; `nil` where they are the same.
  ///   - layers: their output has the shape of the shortcut's.
  public init(shortcut: (any Layer<Float>)? = nil, @LayerBuilder<Float> _ layers: () -> [any Layer<Float>]) {
    self.init(shortcut: shortcut, precision: Float.self, layers)
  }
}

import MartletNumerics

/// A tensor that knows how it was computed, so that gradients can be found.
///
/// Arithmetic and functions of variables give variables. Within ``valueWithGradient(at:_:)`` they are recorded on its tape,
/// anywhere else they are just computed: a model asked outside makes no record and holds no memory for one.
///
///     let x = Variable(Tensor<Float>([1, 2, 3]))
///     (x * x).sum().value.scalar                                    // 14.0
///     valueWithGradient(at: x.value) { ($0 * $0).sum() }.gradient   // [2.0, 4.0, 6.0]
///
/// Every operation's shapes are those of the tensor operation with the same name, and are checked by it.
public struct Variable<Scalar: NetScalar>: Sendable {
  /// The numbers.
  public let value: Tensor<Scalar>
  let tape: Tape<Scalar>?
  let place: Int

  /// A constant: no gradient flows to it.
  public init(_ value: Tensor<Scalar>) { self.init(value: value, tape: nil, place: -1) }

  init(value: Tensor<Scalar>, tape: Tape<Scalar>?, place: Int) {
    self.value = value
    self.tape = tape
    self.place = place
  }

  /// How many elements there are along each axis.
  public var shape: [Int] { value.shape }
  /// The number of axes.
  public var rank: Int { value.rank }
  /// The number of elements.
  public var count: Int { value.count }
  /// Whether a gradient is wanted for it: it is a parameter, or was computed from one.
  public var isTracked: Bool { tape != nil }

  /// The same numbers as a constant: gradients stop here. (PyTorch: `detach`)
  public func detached() -> Variable { Variable(value) }

  /// A value that was computed from variables, with its part of the chain rule: how an operation of your own gets a
  /// gradient.
  ///
  ///     func cube(_ x: Variable<Float>) -> Variable<Float> {
  ///       let v = x.value
  ///       return .computed(v * v * v, from: [x]) { gradient in [gradient * 3 * v * v] }
  ///     }
  ///
  /// ``gradientCheck(at:_:)`` says whether the pullback is right.
  /// - Parameters:
  ///   - value: the result.
  ///   - inputs: what it was computed from.
  ///   - pullback: gets the gradient with respect to `value`, of its shape, and gives one for each input, of that input's
  ///     shape; `nil` stands for zero, and is right wherever the input is not ``isTracked``. It is called at most once. It
  ///     should hold tensors, not variables, so that memory is given free early.
  ///   - operation: what a ``ComputationGraph`` calls it; the function that it is written in without.
  public static func computed(
    _ value: Tensor<Scalar>, from inputs: [Variable], operation: StaticString = #function,
    pullback: @escaping (Tensor<Scalar>) -> [Tensor<Scalar>?]
  ) -> Variable {
    var tape: Tape<Scalar>?
    for input in inputs {
      guard let other = input.tape else { continue }
      if let tape, tape !== other {
        fatalError("Variables of two calls of valueWithGradient meet; write .detached() on those of the outer one.")
      }
      tape = other
    }
    guard let tape else { return Variable(value) }
    return tape.add(value, inputs: inputs.map(\.place), operation: operation, pullback: pullback)
  }
}

extension Variable: CustomStringConvertible {
  /// The numbers, as the tensor writes them.
  public var description: String { value.description }
}

extension Tensor {
  /// A tensor of one axis.
  ///
  ///     Tensor([1, 2, 3]).shape      // [3]
  public init(_ scalars: [Scalar]) { self.init(scalars, shape: [scalars.count]) }

  /// A tensor of rows and columns. Stops the cell when the rows differ in length.
  ///
  ///     Matrix([[1, 2], [3, 4], [5, 6]]).shape      // [3, 2]
  @_disfavoredOverload  // so that `Matrix([])` has one axis and is not ambiguous
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public init(_ rows: [[Scalar]]) {
    let columns = rows.first?.count ?? 0
    if let odd = rows.firstIndex(where: { $0.count != columns }) {
      fatalError(
        "The rows of a matrix are equally long: row 0 has \(columns) elements, row \(odd) has \(rows[odd].count).")
    }
    self.init(Array(rows.joined()), shape: [rows.count, columns])
  }

  /// A tensor of three axes, from equally shaped matrices.
  @_disfavoredOverload
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public init(_ layers: [[[Scalar]]]) {
    let parts = layers.map { Tensor($0) }
    if let odd = parts.firstIndex(where: { $0.shape != parts[0].shape }) {
      fatalError("The layers are equally shaped: layer 0 is \(parts[0].shape), layer \(odd) is \(parts[odd].shape).")
    }
    self.init(parts.flatMap(\.scalars), shape: [layers.count] + (parts.first?.shape ?? [0, 0]))
  }

  /// A tensor of no axes that holds one scalar.
  public init(scalar: Scalar) { self.init([scalar], shape: []) }

  /// A tensor with every element the same.
  ///
  ///     Matrix.full(7, 2, 2)      // [[7.0, 7.0], [7.0, 7.0]]
  public static func full(_ value: Scalar, _ shape: Int...) -> Tensor { full(value, shape: shape) }

  /// A tensor with every element the same.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public static func full(_ value: Scalar, shape: [Int]) -> Tensor {
    Tensor([Scalar](repeating: value, count: checkedCount(of: shape)), shape: shape)
  }
}

extension Tensor where Scalar: TensorNumber {
  /// A tensor of zeros.
  ///
  ///     Matrix.zeros(2, 3)      // [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
  public static func zeros(_ shape: Int...) -> Tensor { full(0, shape: shape) }

  /// A tensor of zeros.
  public static func zeros(shape: [Int]) -> Tensor { full(0, shape: shape) }

  /// A tensor of ones.
  public static func ones(_ shape: Int...) -> Tensor { full(1, shape: shape) }

  /// A tensor of ones.
  public static func ones(shape: [Int]) -> Tensor { full(1, shape: shape) }

  /// The identity matrix: ones on the diagonal, zeros elsewhere.
  ///
  ///     Matrix.eye(2)      // [[1.0, 0.0], [0.0, 1.0]]
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public static func eye(_ size: Int) -> Tensor {
    var identity = zeros(size, size)
    for i in 0..<size { identity.storage[i * size + i] = 1 }
    return identity
  }
}

extension Tensor where Scalar: TensorNumber & Strideable {
  /// Evenly spaced numbers from `start` up to, but not including, `end`.
  ///
  ///     Tensor<Int>.arange(0, 10, by: 3)      // [0, 3, 6, 9]
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public static func arange(_ start: Scalar, _ end: Scalar, by step: Scalar.Stride) -> Tensor {
    Tensor(Array(stride(from: start, to: end, by: step)))
  }

  /// The numbers 0, 1, 2, … below `end`.
  ///
  ///     Tensor<Int>.arange(4)      // [0, 1, 2, 3]
  public static func arange(_ end: Scalar) -> Tensor { arange(0, end, by: 1) }
}

extension Tensor where Scalar: TensorFloat {
  /// `count` evenly spaced numbers, both ends included.
  ///
  ///     Matrix.linspace(0, 1, count: 5)      // [0.00, 0.25, 0.50, 0.75, 1.00]
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public static func linspace(_ start: Scalar, _ end: Scalar, count: Int) -> Tensor {
    guard count > 1 else { return Tensor([Scalar](repeating: start, count: Swift.max(count, 0))) }
    let step = (end - start) / Scalar(count - 1)
    var scalars = (0..<count).map { Scalar($0) * step + start }
    scalars[count - 1] = end
    return Tensor(scalars)
  }
}

import MartletNumerics

extension ONNXNode {
  /// What numbers can do.
  func evaluateNumbers<Scalar: TensorNumber>(_ type: Scalar.Type) throws -> [ONNXTensor] {
    let x: Tensor<Scalar> = try input(0)
    func joined(_ join: (Tensor<Scalar>, Tensor<Scalar>) -> Tensor<Scalar>) throws -> [ONNXTensor] {
      [.init(try inputs.indices.dropFirst().reduce(x) { join($0, try input($1)) })]
    }
    let axis = number("axis", 0)
    switch self.operator {
    case "Add", "Sum": return try joined { $0 + $1 }
    case "Sub": return try joined { $0 - $1 }
    case "Mul": return try joined { $0 * $1 }
    case "Div": return try joined { $0 / $1 }
    case "Max": return try joined { .maximum($0, $1) }
    case "Min": return try joined { .minimum($0, $1) }
    case "Equal": return [.bool(x .== (try input(1)))]
    case "Less": return [.bool(x .< (try input(1)))]
    case "LessOrEqual": return [.bool(x .<= (try input(1)))]
    case "Greater": return [.bool(x .> (try input(1)))]
    case "GreaterOrEqual": return [.bool(x .>= (try input(1)))]
    case "MatMul": return [.init(x • (try input(1)))]
    case "ReduceSum": return [.init(try reduced(x) { $0.sum(axes: $1, keepDimensions: $2) })]
    case "ReduceProd": return [.init(try reduced(x) { $0.product(axes: $1, keepDimensions: $2) })]
    case _ where x.count == 0 && ["ReduceMax", "ReduceMin"].contains(self.operator):
      throw Unsupported(reason: "the extreme of nothing")
    case "ReduceMax": return [.init(try reduced(x) { $0.max(axes: $1, keepDimensions: $2) })]
    case "ReduceMin": return [.init(try reduced(x) { $0.min(axes: $1, keepDimensions: $2) })]
    case "CumSum": return [.init(try running(x, ofNone: 0) { $0.cumulativeSum(axis: $1) })]
    case "CumProd": return [.init(try running(x, ofNone: 1) { $0.cumulativeProduct(axis: $1) })]
    case "ArgMax": return [.int(extremes(x) { $0.argMax(axis: $1, keepDimensions: true) })]
    case "ArgMin": return [.int(extremes(x) { $0.argMin(axis: $1, keepDimensions: true) })]
    case "Scatter", "ScatterElements":
      let updates: Tensor<Scalar> = try input(2)
      return [.init(x.scattered(updates, at: try integers(1), axis: axis, combining: try combination()))]
    case "ScatterND": return [.init(x.scatteredND(try input(2), at: try integers(1), combining: try combination()))]
    case "Trilu":
      let distance = isThere(1) ? try integers(1).scalar : 0
      let isUpper = number("upper", 1) == 1
      return [.init(triangles(x) { isUpper ? $0.upperTriangle(offset: distance) : $0.lowerTriangle(offset: distance) })]
    case "EyeLike":
      guard list("dtype") == nil || number("dtype", 0) == 11 else { throw Unsupported(reason: "the type of EyeLike") }
      let (rows, columns, distance) = (x.shape[0], x.shape[1], number("k", 0))
      var eye = Matrix.zeros(rows, columns)
      for i in 0..<rows where (0..<columns).contains(i + distance) { eye[i, i + distance] = 1 }
      return [number("dtype", 0) == 11 ? .double(eye) : .int32(eye.asInt32)]
    case "TopK": return try top(x)
    case "Unique": return try unique(x)
    case "Einsum": return [.init(Tensor.einsum(text("equation") ?? "", try inputs.indices.map { try input($0, type) }))]
    default: return try evaluateScalars(type)
    }
  }

  /// Axes are an input or an attribute; none means all, unless the node says that it means nothing.
  func reduced<Scalar>(
    _ x: Tensor<Scalar>, _ reduce: (Tensor<Scalar>, [Int], Bool) throws -> Tensor<Scalar>
  ) throws -> Tensor<Scalar> {
    let named = isThere(1) ? try integers(1).scalars : list("axes") ?? []
    if named.isEmpty && number("noop_with_empty_axes", 0) == 1 { return x }
    return try reduce(x, named.isEmpty ? Array(0..<x.rank) : named, number("keepdims", 1) == 1)
  }

  /// Backwards, the order is turned round before and after; exclusively, the first is that of none and the last left out.
  private func running<Scalar: TensorNumber>(
    _ x: Tensor<Scalar>, ofNone: Scalar, _ run: (Tensor<Scalar>, Int) -> Tensor<Scalar>
  ) throws -> Tensor<Scalar> {
    let given = try integers(1).scalars[0]
    let axis = given < 0 ? given + x.rank : given
    let isReverse = number("reverse", 0) == 1
    var sums = run(isReverse ? x.reversed(axis: axis) : x, axis)
    if number("exclusive", 0) == 1 {
      var first = x.shape
      first[axis] = 1
      let most = sums.split(at: [x.shape[axis] - 1], axis: axis)[0]
      sums = Tensor.concatenated([.full(ofNone, shape: first), most], axis: axis)
    }
    return isReverse ? sums.reversed(axis: axis) : sums
  }

  private func extremes<Scalar: TensorNumber>(
    _ x: Tensor<Scalar>, _ find: (Tensor<Scalar>, Int) -> Tensor<Int>
  ) -> Tensor<Int> {
    let axis = number("axis", 0) < 0 ? number("axis", 0) + x.rank : number("axis", 0)
    let isLast = number("select_last_index", 0) == 1
    let found = isLast ? x.shape[axis] - 1 - find(x.reversed(axis: axis), axis) : find(x, axis)
    if number("keepdims", 1) == 1 { return found }
    var shape = x.shape
    shape.remove(at: axis)
    return found.reshaped(to: shape)
  }

  private func combination() throws -> ScatterCombination {
    switch text("reduction") ?? "none" {
    case "none": .replace
    case "add": .add
    case "mul": .multiply
    case "min": .minimum
    case "max": .maximum
    default: throw Unsupported(reason: "a reduction")
    }
  }

  /// The triangle of each matrix in the last two axes.
  private func triangles<Scalar: TensorNumber>(
    _ x: Tensor<Scalar>, _ triangle: (Tensor<Scalar>) -> Tensor<Scalar>
  ) -> Tensor<Scalar> {
    if x.count == 0 { return x }
    if x.rank == 2 { return triangle(x) }
    let matrices = x.reshaped(-1, x.shape[x.rank - 2], x.shape[x.rank - 1])
    let layers = (0..<matrices.shape[0]).map { triangle(matrices.row($0)) }
    return layers.isEmpty ? x : Tensor.stacked(layers).reshaped(to: x.shape)
  }

  private func top<Scalar: TensorNumber>(_ x: Tensor<Scalar>) throws -> [ONNXTensor] {
    let count = try integers(1).scalars[0]
    if number("largest", 1) == 1 {
      let found = x.top(count, axis: number("axis", -1))
      return [.init(found.values), .int(found.places)]
    }
    let found = (0 - x).top(count, axis: number("axis", -1))
    return [.init(0 - found.values), .int(found.places)]
  }

  private func unique<Scalar: TensorNumber>(_ x: Tensor<Scalar>) throws -> [ONNXTensor] {
    guard list("axis") == nil, number("sorted", 1) == 1 else {
      throw Unsupported(reason: "Unique of rows, or in order of appearance")
    }
    let found = x.unique()
    let first = found.values.scalars.indices.map { place in found.inverse.firstIndex(of: place) ?? -1 }
    return [.init(found.values), .int(Tensor(first)), .int(Tensor(found.inverse)), .int(Tensor(found.counts))]
  }
}

extension ONNXNode {
  /// What numbers with a fraction can do.
  func evaluateFloats<Scalar: LinearAlgebraScalar>(_ type: Scalar.Type) throws -> [ONNXTensor] {
    let x: Tensor<Scalar> = try input(0)
    let functions: [String: _TensorFunction] = [
      "Acos": .acos, "Acosh": .acosh, "Asin": .asin, "Asinh": .asinh, "Atan": .atan, "Atanh": .atanh, "Ceil": .ceil,
      "Cos": .cos, "Cosh": .cosh, "Erf": .erf, "Exp": .exp, "Floor": .floor, "Log": .log, "Neg": .negate, "Sin": .sin,
      "Sinh": .sinh, "Sqrt": .sqrt, "Tan": .tan, "Tanh": .tanh, "Abs": .abs,
    ]
    if let function = functions[self.operator] { return [.init(x.applying(function))] }
    let last = number("axis", -1)
    switch self.operator {
    case "Reciprocal": return [.init(1 / x)]
    case "Sign": return [.init(Tensor.where(x .> 0, 1, Tensor.where(x .< 0, -1, x)))]
    case "Sigmoid": return [.init(1 / (1 + (0 - x).applying(.exp)))]
    case "IsNaN": return [.bool(x.isNaN)]
    case "Mean":
      let sum = try inputs.indices.dropFirst().reduce(x) { $0 + (try input($1)) }
      return [.init(sum / Scalar(inputs.count))]
    case "Clip":
      let raised = isThere(1) ? Tensor.maximum(x, try input(1)) : x
      return [.init(isThere(2) ? Tensor.minimum(raised, try input(2)) : raised)]
    case "ReduceMean": return [.init(try reduced(x) { $0.mean(axes: $1, keepDimensions: $2) })]
    case "ReduceL1": return [.init(try reduced(x) { $0.applying(.abs).sum(axes: $1, keepDimensions: $2) })]
    case "ReduceL2":
      return [.init(try reduced(x) { $0.applying(.square).sum(axes: $1, keepDimensions: $2).applying(.sqrt) })]
    case "ReduceSumSquare": return [.init(try reduced(x) { $0.applying(.square).sum(axes: $1, keepDimensions: $2) })]
    case "ReduceLogSum": return [.init(try reduced(x) { $0.sum(axes: $1, keepDimensions: $2).applying(.log) })]
    case "ReduceLogSumExp":
      return [.init(try reduced(x) { $0.applying(.exp).sum(axes: $1, keepDimensions: $2).applying(.log) })]
    case "Softmax", "LogSoftmax":
      let moved = x - x.max(axis: last, keepDimensions: true)
      let logarithm = moved.applying(.exp).sum(axis: last, keepDimensions: true).applying(.log)
      return [.init(self.operator == "Softmax" ? (moved - logarithm).applying(.exp) : moved - logarithm)]
    case "Det": return [.init(try determinants(x))]
    case "Gemm":
      let (a, b) = (number("transA", 0) == 1 ? x.transposed() : x, try input(1, type))
      let product = (a • (number("transB", 0) == 1 ? b.transposed() : b)) * Scalar(real("alpha", 1))
      return [.init(isThere(2) ? product + (try input(2)) * Scalar(real("beta", 1)) : product)]
    case "NonZero":
      let steps = x.shape.indices.map { x.shape[($0 + 1)...].reduce(1, *) }
      let places = (x .!= 0).truePlaces
      let indices = x.shape.indices.flatMap { axis in places.map { $0 / steps[axis] % x.shape[axis] } }
      return [.int(Tensor(indices, shape: [x.rank, places.count]))]
    default: return try evaluateNumbers(type)
    }
  }

  private func determinants<Scalar: LinearAlgebraScalar>(_ x: Tensor<Scalar>) throws -> Tensor<Scalar> {
    if x.rank == 2 { return Tensor(scalar: try x.determinant()) }
    let size = x.shape[x.rank - 1]
    let matrices = x.reshaped(-1, size, size)
    let values = try (0..<matrices.shape[0]).map { try matrices.row($0).determinant() }
    return Tensor(values, shape: x.shape.dropLast(2))
  }
}

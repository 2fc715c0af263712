import MartletNumerics

extension ONNXNode {
  /// The outputs, by the operations of tensors that stand for the operator.
  func evaluate() throws -> [ONNXTensor] {
    switch self.operator {
    case "Cast": return [try cast(inputs[0]?.tensor, to: number("to", 0))]
    case "CastLike": return [try cast(inputs[0]?.tensor, to: inputs[1]?.type == "f8" ? 11 : 1)]
    case "Range": return [try range()]
    case "Shape":
      let shape = inputs[0]?.shape ?? []
      let bound = { (place: Int) in min(max(place < 0 ? place + shape.count : place, 0), shape.count) }
      let (start, end) = (bound(number("start", 0)), bound(number("end", shape.count)))
      return [.int(Tensor(start < end ? Array(shape[start..<end]) : []))]
    case "Size": return [.int(Tensor(scalar: inputs[0]?.shape.reduce(1, *) ?? 0))]
    case "Where": return [try selected()]
    case "Pow": return [try power()]
    case "And", "Or", "Xor", "Not": return [.bool(try logical())]
    default: break
    }
    switch inputs[0]?.type {
    case "f4": return try evaluateFloats(Float.self)
    case "f8": return try evaluateFloats(Double.self)
    case "i8": return try evaluateNumbers(Int.self)
    case "i4": return try evaluateNumbers(Int32.self)
    case "u1": return try evaluateNumbers(UInt8.self)
    default: return try evaluateScalars(Bool.self)
    }
  }

  private func cast(_ tensor: ONNXTensor?, to type: Int) throws -> ONNXTensor {
    switch (tensor, type) {
    case (.float(let tensor)?, 11): .double(tensor.asDouble)
    case (.double(let tensor)?, 1): .float(tensor.asFloat)
    default: throw Unsupported(reason: "a cast")
    }
  }

  private func range() throws -> ONNXTensor {
    if inputs[0]?.type == "f4" {
      return .float(.arange(try input(0).scalar, try input(1).scalar, by: try input(2, Float.self).scalar))
    }
    return .int32(.arange(try input(0).scalar, try input(1).scalar, by: try Int(input(2, Int32.self).scalar)))
  }

  private func selected() throws -> ONNXTensor {
    let mask: Tensor<Bool> = try input(0)
    return inputs[1]?.type == "f4"
      ? .float(.where(mask, try input(1), try input(2))) : .int(.where(mask, try input(1), try input(2)))
  }

  /// In double precision, which is exact for the whole numbers of the cases.
  private func power() throws -> ONNXTensor {
    let (base, exponent) = (inputs[0]?.tensor, inputs[1]?.tensor)
    guard let base, let exponent else { throw Unsupported(reason: "a missing input") }
    let result = pow(
      Tensor(base.numbers, shape: base.shape), Tensor(exponent.numbers, shape: exponent.shape))
    return base.typeName == "f4"
      ? .float(result.asFloat) : base.typeName == "i8" ? .int(result.asInt) : .int32(result.asInt32)
  }

  private func logical() throws -> Tensor<Bool> {
    switch self.operator {
    case "And": try input(0) & input(1)
    case "Or": try input(0) | input(1)
    case "Xor": try input(0) ^ input(1)
    default: !(try input(0))
    }
  }

  /// What any scalar can do.
  func evaluateScalars<Scalar: TensorScalar>(_: Scalar.Type) throws -> [ONNXTensor] {
    let x: Tensor<Scalar> = try input(0)
    let axis = number("axis", 0)
    switch self.operator {
    case "Identity": return [.init(x)]
    case "Transpose": return [.init(list("perm").map { x.transposed(axes: $0) } ?? x.transposed())]
    case "Reshape":
      let wanted = try integers(1).scalars
      let allowsZero = number("allowzero", 0) == 1
      return [.init(x.reshaped(to: wanted.indices.map { wanted[$0] == 0 && !allowsZero ? x.shape[$0] : wanted[$0] }))]
    case "Flatten":
      let cut = number("axis", 1) < 0 ? number("axis", 1) + x.rank : number("axis", 1)
      return [.init(x.reshaped(x.shape[..<cut].reduce(1, *), x.shape[cut...].reduce(1, *)))]
    case "Squeeze":
      guard isThere(1) else { return [.init(x.withoutSingleAxes())] }
      let gone = try integers(1).scalars.map { $0 < 0 ? $0 + x.rank : $0 }
      return [.init(x.reshaped(to: x.shape.indices.filter { !gone.contains($0) }.map { x.shape[$0] }))]
    case "Unsqueeze":
      let places = try integers(1).scalars
      let rank = x.rank + places.count
      return [.init(places.map { $0 < 0 ? $0 + rank : $0 }.sorted().reduce(x) { $0.addingAxis($1) })]
    case "Expand":
      let wanted = try integers(1).scalars
      let rank = max(wanted.count, x.rank)
      let padded = [Int](repeating: 1, count: rank - wanted.count) + wanted
      let own = [Int](repeating: 1, count: rank - x.rank) + x.shape
      return [.init(x.broadcast(to: zip(own, padded).map { max($0, $1) }))]
    case "Tile":
      return [.init(try integers(1).scalars.enumerated().reduce(x) { tiled($0, $1.element, axis: $1.offset) })]
    case "Concat":
      return [.init(Tensor.concatenated(try inputs.indices.map { try input($0, Scalar.self) }, axis: axis))]
    case "Split": return try parts(of: x, axis).map { .init($0) }
    case "Slice": return [.init(try slice(of: x))]
    case "Gather": return [.init(x.gathered(try integers(1), axis: axis))]
    case "GatherElements": return [.init(x.taking(try integers(1), axis: axis))]
    case "GatherND": return [.init(x.gatheredND(try integers(1), batchAxes: number("batch_dims", 0)))]
    case "Compress":
      let mask: Tensor<Bool> = try input(1)
      guard let axis = list("axis")?[0] else { return [.init(x.flattened().gathered(Tensor(mask.truePlaces)))] }
      return [.init(x.gathered(Tensor(mask.truePlaces), axis: axis))]
    default: throw Unsupported(reason: self.operator)
    }
  }

  private func tiled<Scalar>(_ x: Tensor<Scalar>, _ times: Int, axis: Int) -> Tensor<Scalar> {
    Tensor.concatenated([Tensor<Scalar>](repeating: x, count: times), axis: axis)
  }

  private func parts<Scalar>(of x: Tensor<Scalar>, _ axis: Int) throws -> [Tensor<Scalar>] {
    let length = x.shape[axis]
    let size = (length + outputCount - 1) / outputCount
    let lengths =
      isThere(1) ? try integers(1).scalars : (0..<outputCount).map { min(size, length - size * $0) }
    let ends = lengths.dropLast().reduce(into: [Int]()) { $0.append(($0.last ?? 0) + $1) }
    return x.split(at: ends, axis: axis)
  }

  private func slice<Scalar>(of x: Tensor<Scalar>) throws -> Tensor<Scalar> {
    let (starts, ends) = (try integers(1).scalars, try integers(2).scalars)
    let axes = isThere(3) ? try integers(3).scalars : Array(starts.indices)
    let steps = isThere(4) ? try integers(4).scalars : starts.map { _ in 1 }
    return starts.indices.reduce(x) { x, i in
      let axis = axes[i] < 0 ? axes[i] + x.rank : axes[i]
      let length = x.shape[axis]
      let lowest = steps[i] < 0 ? -1 : 0
      func bound(_ place: Int) -> Int {
        max(lowest, min(place < 0 ? place + length : place, steps[i] < 0 ? length - 1 : length))
      }
      return x.gathered(Tensor(Array(stride(from: bound(starts[i]), to: bound(ends[i]), by: steps[i]))), axis: axis)
    }
  }
}

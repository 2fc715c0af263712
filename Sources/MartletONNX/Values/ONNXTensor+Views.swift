import MartletNumerics

/// How large a tensor may become. A model says how large in a few bytes, so it is asked before anything is made.
enum Extent {
  static let most = 1 << 28

  /// The number of elements of a shape.
  /// - Throws: ``ONNXError`` where a length is negative or there are more than `most` elements.
  @discardableResult
  static func count(_ shape: [Int], most: Int = most) throws -> Int {
    var count = 1
    for length in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      guard length >= 0, !overflow, product <= most || shape.contains(0) else {
        throw ONNXError("A tensor of shape \(shape) is asked for; lengths are 0 or more, and at most \(most) elements.")
      }
      count = product
    }
    return count
  }

  /// `axis` counted from the front.
  static func axis(_ axis: Int, _ rank: Int) throws -> Int {
    guard axis >= -rank, axis < rank else {
      throw ONNXError("There is no axis \(axis) in a tensor with \(rank) axes.")
    }
    return axis < 0 ? axis + rank : axis
  }

  /// Several axes, none twice, each counted from the front.
  static func axes(_ axes: [Int], _ rank: Int) throws -> [Int] {
    let counted = try axes.map { try axis($0, rank) }
    guard Set(counted).count == counted.count else { throw ONNXError("An axis is named twice: \(axes).") }
    return counted
  }

  /// What two shapes stretch to.
  static func broadcast(_ a: [Int], _ b: [Int]) throws -> [Int] {
    guard let shape = Matrix.broadcastShape(a, b) else {
      throw ONNXError("The shapes \(a) and \(b) do not broadcast: from the last axis on they are equal or one is 1.")
    }
    try count(shape)
    return shape
  }

  static func strides(_ shape: [Int]) -> [Int] {
    var strides = [Int](repeating: 1, count: shape.count)
    for axis in shape.indices.dropLast().reversed() { strides[axis] = strides[axis + 1] * max(shape[axis + 1], 1) }
    return strides
  }
}

extension ONNXTensor {
  /// The same elements by another tensor of places: shape and strides in a block.
  private func viewed(_ change: (_ shape: [Int], _ strides: [Int], _ offset: Int) -> ([Int], [Int], Int)) -> ONNXTensor
  {
    func view<Scalar>(_ tensor: Tensor<Scalar>) -> Tensor<Scalar> {
      let (shape, strides, offset) = change(tensor.shape, tensor.strides, tensor.offset)
      return Tensor(storage: tensor.storage, shape: shape, strides: strides, offset: offset)
    }
    return mapped(view, view, view, view)
  }

  private func mapped(
    _ floats: (Tensor<Float>) throws -> Tensor<Float>, _ doubles: (Matrix) throws -> Matrix,
    _ integers: (Tensor<Int>) throws -> Tensor<Int>, _ truths: (Tensor<Bool>) throws -> Tensor<Bool>
  ) rethrows -> ONNXTensor {
    switch elements {
    case .floats(let tensor): ONNXTensor(.floats(try floats(tensor)), as: elementType)
    case .doubles(let tensor): ONNXTensor(.doubles(try doubles(tensor)), as: elementType)
    case .integers(let tensor): ONNXTensor(.integers(try integers(tensor)), as: elementType)
    case .truths(let tensor): ONNXTensor(.truths(try truths(tensor)), as: elementType)
    case .texts(let texts, let places): ONNXTensor(.texts(texts, try integers(places)), as: elementType)
    }
  }

  /// The same elements in another shape.
  func reshaped(_ shape: [Int]) throws -> ONNXTensor {
    guard try Extent.count(shape) == count else {
      throw ONNXError("\(count) elements of shape \(self.shape) cannot have the shape \(shape).")
    }
    return mapped(
      { $0.reshaped(to: shape) }, { $0.reshaped(to: shape) }, { $0.reshaped(to: shape) }, { $0.reshaped(to: shape) })
  }

  /// The axes in another order.
  func transposed(_ order: [Int]) throws -> ONNXTensor {
    guard order.sorted() == Array(shape.indices) else {
      throw ONNXError("\(order) is no order of the axes of a tensor of shape \(shape).")
    }
    return viewed { shape, strides, offset in (order.map { shape[$0] }, order.map { strides[$0] }, offset) }
  }

  /// Stretched to a shape by repeating axes of length 1.
  func broadcast(to target: [Int]) throws -> ONNXTensor {
    guard try Extent.broadcast(shape, target) == target else {
      throw ONNXError("A tensor of shape \(shape) cannot be stretched to \(target).")
    }
    let missing = target.count - rank
    return viewed { shape, strides, offset in
      let stretched = target.indices.map { axis in
        axis < missing || shape[axis - missing] != target[axis] ? 0 : strides[axis - missing]
      }
      return (target, stretched, offset)
    }
  }

  /// Every `step`-th element along an axis, `count` of them from `start` on.
  func slice(_ axis: Int, start: Int, count: Int, step: Int = 1) -> ONNXTensor {
    viewed { shape, strides, offset in
      var (shape, strides) = (shape, strides)
      shape[axis] = count
      let first = count > 0 ? offset + start * strides[axis] : offset
      strides[axis] *= step
      return (shape, strides, first)
    }
  }

  /// The elements at places of the row-major order, in another shape; −1 stands for `blank`, which is zero if not given.
  func picked(_ places: [Int], shape: [Int], blank: ONNXTensor? = nil) throws -> ONNXTensor {
    guard try Extent.count(shape) == places.count else { throw ONNXError("\(places.count) places for shape \(shape).") }
    let count = count
    guard places.allSatisfy({ $0 >= -1 && $0 < count }) else {
      throw ONNXError("A place is outside of \(count) elements.")
    }
    if let blank, blank.elementType != elementType || blank.count != 1 {
      throw ONNXError("One element of \(elementType) was expected, found \(blank.elementType) of shape \(blank.shape).")
    }
    func pick<Scalar: TensorScalar>(_ tensor: Tensor<Scalar>, _ fill: Scalar?) -> Tensor<Scalar> {
      let (source, fill) = (tensor.scalars, fill ?? Scalar.blank)
      return Tensor(places.map { $0 < 0 ? fill : source[$0] }, shape: shape)
    }
    switch (elements, blank?.elements) {
    case (.floats(let x), .floats(let fill)?): return ONNXTensor(.floats(pick(x, fill.scalars[0])), as: elementType)
    case (.doubles(let x), .doubles(let fill)?): return ONNXTensor(.doubles(pick(x, fill.scalars[0])), as: elementType)
    case (.integers(let x), .integers(let fill)?):
      return ONNXTensor(.integers(pick(x, fill.scalars[0])), as: elementType)
    case (.truths(let x), .truths(let fill)?): return ONNXTensor(.truths(pick(x, fill.scalars[0])), as: elementType)
    case (.texts(let texts, let x), let fill):
      // What is not there is an empty text, or the given one, behind the others.
      var last = ""
      if case .texts(let others, let place)? = fill { last = others[place.scalars[0]] }
      return ONNXTensor(.texts(texts + [last], pick(x, texts.count)), as: .string)
    default: return mapped({ pick($0, nil) }, { pick($0, nil) }, { pick($0, nil) }, { pick($0, nil) })
    }
  }

  /// Tensors of one type, one after the other along an axis.
  static func concatenated(_ parts: [ONNXTensor], axis: Int) throws -> ONNXTensor {
    guard let first = parts.first else { throw ONNXError("At least one tensor is needed.") }
    let axis = try Extent.axis(axis, first.rank)
    var total = first.shape
    total[axis] = 0
    for part in parts {
      guard part.rank == first.rank, part.elementType == first.elementType,
        part.shape.indices.allSatisfy({ $0 == axis || part.shape[$0] == first.shape[$0] })
      else {
        throw ONNXError(
          "Tensors are put together along axis \(axis) that are alike otherwise; found \(first.elementType) \(first.shape) and \(part.elementType) \(part.shape)."
        )
      }
      total[axis] += part.shape[axis]
    }
    try Extent.count(total)
    let type = first.elementType
    switch first.elements {
    case .floats: return ONNXTensor(.floats(joined(try parts.map { try $0.floats() }, axis)), as: type)
    case .doubles: return ONNXTensor(.doubles(joined(try parts.map { try $0.doublesOnly() }, axis)), as: type)
    case .integers: return ONNXTensor(.integers(joined(try parts.map { try $0.integers() }, axis)), as: type)
    case .truths: return ONNXTensor(.truths(joined(try parts.map { try $0.truths() }, axis)), as: type)
    case .texts:
      var (texts, places): ([String], [Tensor<Int>]) = ([], [])
      for case .texts(let own, let ownPlaces) in parts.map(\.elements) {
        let start = texts.count
        places.append(ownPlaces.map { $0 + start })
        texts += own
      }
      return ONNXTensor(.texts(texts, joined(places, axis)), as: .string)
    }
  }

  /// Without a detour over a transposed copy: each part's rows go where they belong.
  private static func joined<Scalar: TensorScalar>(_ parts: [Tensor<Scalar>], _ axis: Int) -> Tensor<Scalar> {
    var shape = parts[0].shape
    shape[axis] = parts.reduce(0) { $0 + $1.shape[axis] }
    let before = shape[..<axis].reduce(1, *)
    let rows = parts.map { (scalars: $0.scalars, width: $0.shape[axis...].reduce(1, *)) }
    var scalars: [Scalar] = []
    scalars.reserveCapacity(shape.reduce(1, *))
    for layer in 0..<before {
      for row in rows { scalars.append(contentsOf: row.scalars[layer * row.width..<(layer + 1) * row.width]) }
    }
    return Tensor(scalars, shape: shape)
  }
}

// What an operator needs its operands to be.
extension ONNXTensor {
  func floats() throws -> Tensor<Float> {
    guard case .floats(let tensor) = elements else { throw unexpected("float") }
    return tensor
  }
  func doublesOnly() throws -> Matrix {
    guard case .doubles(let tensor) = elements else { throw unexpected("double") }
    return tensor
  }
  func integers() throws -> Tensor<Int> {
    guard case .integers(let tensor) = elements else { throw unexpected("whole numbers") }
    return tensor
  }
  func truths() throws -> Tensor<Bool> {
    guard case .truths(let tensor) = elements else { throw unexpected("bool") }
    return tensor
  }
  func textScalars() throws -> [String] {
    guard let texts else { throw unexpected("string") }
    return texts
  }
  /// Any numbers, in double precision.
  func numbers() throws -> Matrix {
    guard let doubles else { throw unexpected("numbers") }
    return doubles
  }

  func unexpected(_ expected: String) -> ONNXError {
    ONNXError("\(expected) was expected, found \(elementType) of shape \(shape).")
  }
}

import Foundation
import MartletNets
import MartletNumerics

/// Sums, means, extremes and their places, over any axes.
enum ReductionOperators {
  static let table: [String: ONNXOperator] = [
    "ReduceSum": { try reduced($0, fast: .sum, integers: { $0.reduce(0, &+) }, { $0.reduce(0, +) }) },
    "ReduceMean": { try reduced($0, fast: .mean) { $0.reduce(0, +) / Double($0.count) } },
    "ReduceMax": {
      try reduced($0, fast: .max, ofNone: -.infinity, integers: { $0.max() ?? Int.min }, { largest($0) })
    },
    "ReduceMin": {
      try reduced(
        $0, fast: .min, ofNone: .infinity, integers: { $0.min() ?? Int.max }, { -largest($0.map { -$0 }[...]) })
    },
    "ReduceProd": { try reduced($0, integers: { $0.reduce(1, &*) }, { $0.reduce(1, *) }) },
    "ReduceL1": {
      try reduced(
        $0, integers: { $0.reduce(0) { $0 &+ Int(bitPattern: $1.magnitude) } }, { $0.reduce(0) { $0 + abs($1) } })
    },
    "ReduceL2": { try reduced($0) { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() } },
    "ReduceSumSquare": {
      try reduced($0, integers: { $0.reduce(0) { $0 &+ $1 &* $1 } }, { $0.reduce(0) { $0 + $1 * $1 } })
    },
    "ReduceLogSum": { try reduced($0) { log($0.reduce(0, +)) } },
    "ReduceLogSumExp": { try reduced($0, logSumExp) },
    "ArgMax": { try place($0) { $0 > $1 } }, "ArgMin": { try place($0) { $0 < $1 } },
    "CumSum": { try cumulated($0, start: 0, { $0 + $1 }, { $0 &+ $1 }) },
    "CumProd": { try cumulated($0, start: 1, { $0 * $1 }, { $0 &* $1 }) },
  ]

  enum Fast { case none, sum, mean, max, min }

  private static func largest(_ values: ArraySlice<Double>) -> Double {
    values.contains { $0.isNaN } ? .nan : values.max() ?? -.infinity
  }

  private static func logSumExp(_ values: ArraySlice<Double>) -> Double {
    let largest = values.max() ?? -.infinity
    if largest.isInfinite { return largest }
    return largest + log(values.reduce(0) { $0 + exp($1 - largest) })
  }

  /// The axes are an attribute, or an input where the version says so.
  private static func axes(_ call: OperatorCall, _ rank: Int) throws -> [Int] {
    let given = try call.integers("axes") ?? call.optionalIntegers(1)
    if let given, !given.isEmpty { return try Extent.axes(given, rank) }
    return call.integer("noop_with_empty_axes", 0) == 1 ? [] : Array(0..<rank)
  }

  private static func reduced(
    _ call: OperatorCall, fast: Fast = .none, ofNone: Double? = nil, integers: ((ArraySlice<Int>) -> Int)? = nil,
    _ doubles: (ArraySlice<Double>) -> Double
  ) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let axes = try axes(call, x.rank)
    let keeps = call.integer("keepdims", 1) == 1
    let kept = x.shape.indices.filter { !axes.contains($0) }
    let shape = keeps ? x.shape.indices.map { axes.contains($0) ? 1 : x.shape[$0] } : kept.map { x.shape[$0] }
    if axes.isEmpty, fast != .none { return call.result(x) }
    if fast != .none, x.count > 0, let result = try quickly(x, axes, fast) {
      return call.result(try result.reshaped(shape))
    }
    let length = axes.reduce(1) { $0 * x.shape[$1] }
    let count = try Extent.count(shape)
    let lanes = try x.transposed(kept + axes)
    func reduce<Scalar: TensorScalar>(_ scalars: [Scalar], _ join: (ArraySlice<Scalar>) -> Scalar) -> Tensor<Scalar> {
      Tensor((0..<count).map { join(scalars[$0 * length..<($0 + 1) * length]) }, shape: shape)
    }
    switch lanes.elements {
    case .integers(let whole):
      guard let integers else {
        return call.result(try ONNXTensor(reduce(try lanes.numbers().scalars, doubles)).cast(to: x.elementType))
      }
      // 64-bit numbers without a sign keep their order when the first bit is turned.
      let flips = x.elementType == .uint64 && (fast == .max || fast == .min)
      let scalars = flips ? whole.scalars.map { $0 ^ Int.min } : whole.scalars
      let result = reduce(scalars, integers)
      return call.result(ONNXTensor(flips ? result.map { $0 ^ Int.min } : result, as: x.elementType))
    case .truths(let truths):
      guard let integers else { throw x.unexpected("numbers") }
      return call.result(ONNXTensor(reduce(truths.asInt.scalars, integers) .> 0))
    default: return call.result(reduce(try lanes.numbers().scalars, doubles), like: x)
    }
  }

  private static func quickly(_ x: ONNXTensor, _ axes: [Int], _ fast: Fast) throws -> ONNXTensor? {
    func reduce<Scalar: TensorFloat>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
      switch fast {
      case .sum: x.sum(axes: axes)
      case .mean: x.mean(axes: axes)
      case .max: x.max(axes: axes)
      default: x.min(axes: axes)
      }
    }
    switch x.elements {
    case .floats(let tensor): return ONNXTensor(reduce(tensor), as: x.elementType)
    case .doubles(let tensor): return ONNXTensor(reduce(tensor))
    default: return nil
    }
  }

  private static func place(_ call: OperatorCall, _ isBetter: (Double, Double) -> Bool) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let axis = try Extent.axis(call.integer("axis", 0), x.rank)
    let takesLast = call.integer("select_last_index", 0) == 1
    let kept = x.shape.indices.filter { $0 != axis }
    let length = x.shape[axis]
    guard length > 0 else { throw ONNXError("Axis \(axis) of \(x.shape) has no elements to choose from.") }
    let scalars = try x.transposed(kept + [axis]).numbers().scalars
    let places = (0..<scalars.count / length).map { lane in
      (1..<length).reduce(0) { best, i in
        let (new, old) = (scalars[lane * length + i], scalars[lane * length + best])
        return isBetter(new, old) || (takesLast && new == old) ? i : best
      }
    }
    let keeps = call.integer("keepdims", 1) == 1
    let shape = keeps ? x.shape.indices.map { $0 == axis ? 1 : x.shape[$0] } : kept.map { x.shape[$0] }
    return call.result(ONNXTensor(Tensor(places, shape: shape)))
  }

  private static func cumulated(
    _ call: OperatorCall, start: Int, _ doubles: (Double, Double) -> Double, _ integers: (Int, Int) -> Int
  ) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let axis = try Extent.axis(try call.integer(1), x.rank)
    let (isExclusive, isReversed) = (call.integer("exclusive", 0) == 1, call.integer("reverse", 0) == 1)
    let (length, after) = (x.shape[axis], x.shape[(axis + 1)...].reduce(1, *))
    func along<Scalar>(_ scalars: [Scalar], _ start: Scalar, _ join: (Scalar, Scalar) -> Scalar) -> Tensor<Scalar> {
      var result = scalars
      for lane in 0..<(length > 0 ? scalars.count / length : 0) {
        let first = lane / after * length * after + lane % after
        var sum = start
        for step in 0..<length {
          let place = first + (isReversed ? length - 1 - step : step) * after
          let next = join(sum, scalars[place])
          result[place] = isExclusive ? sum : next
          sum = next
        }
      }
      return Tensor(result, shape: x.shape)
    }
    if case .integers(let whole) = x.elements {
      return call.result(ONNXTensor(along(whole.scalars, start, integers), as: x.elementType))
    }
    return call.result(along(try x.numbers().scalars, Double(start), doubles), like: x)
  }
}

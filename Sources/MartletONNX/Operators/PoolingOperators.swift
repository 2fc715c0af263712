import Foundation
import MartletNets
import MartletNumerics

/// Maxima, means and norms of windows, in any number of dimensions.
enum PoolingOperators {
  static let table: [String: ONNXOperator] = [
    "MaxPool": maxima, "AveragePool": means, "LpPool": norms, "MaxUnpool": unpool,
    "GlobalAveragePool": { try overall($0, { $0.mean(axes: $1) }, { $0.mean(axes: $1) }) },
    "GlobalMaxPool": { try overall($0, { $0.max(axes: $1) }, { $0.max(axes: $1) }) },
    "GlobalLpPool": { call in
      let p = Double(call.integer("p", 2))
      let norm = { (x: Matrix, axes: [Int]) in x.map { pow(abs($0), p) }.sum(axes: axes).map { pow($0, 1 / p) } }
      return try overall(call, { norm($0.asDouble, $1).asFloat }, norm)
    },
  ]

  private static func overall(
    _ call: OperatorCall, _ floats: (Tensor<Float>, [Int]) -> Tensor<Float>, _ doubles: (Matrix, [Int]) -> Matrix
  ) throws -> [ONNXValue] {
    let x = try call.floating(0)
    guard x.rank >= 3, x.count > 0 else { throw ONNXError("Pooling needs [samples, channels, …]; found \(x.shape).") }
    let axes = Array(2..<x.rank)
    let shape = Array(x.shape[..<2]) + axes.map { _ in 1 }
    return try call.computed({ floats($0, axes).reshaped(to: shape) }, { doubles($0, axes).reshaped(to: shape) })
  }

  /// The windows of a plane: which of its places each output sees.
  private struct Windows {
    var output: [Int] = []
    /// For each output the places, in the order of the kernel.
    var places: [[Int]] = []
    /// For each output how many elements of the kernel lie within the padded plane.
    var padded: [Int] = []

    init(_ call: OperatorCall, _ x: ONNXTensor) throws {
      guard x.rank >= 3 else { throw ONNXError("Pooling needs [samples, channels, …]; found \(x.shape).") }
      let lengths = Array(x.shape[2...])
      guard let kernel = call.integers("kernel_shape") else { throw ONNXError("The kernel's shape is missing.") }
      let window = try ConvolutionOperators.Window(call, kernel: kernel, lengths: lengths)
      let roundsUp = call.integer("ceil_mode", 0) == 1
      var along: [[(places: [Int], padded: Int)]] = []
      for (axis, length) in lengths.enumerated() {
        let (stride, before) = (window.strides[axis], window.before[axis])
        let room = length + before + window.after[axis] - window.extent(axis)
        var count = room < 0 ? 0 : room / stride + 1
        // One more, unless it would start behind the input and the padding before it.
        if room >= 0, roundsUp, room % stride != 0, count * stride < length + before { count += 1 }
        output.append(count)
        try Extent.count([count, kernel[axis]])
        along.append(
          (0..<count).map { step in
            let all = (0..<kernel[axis]).map { step * stride - before + $0 * window.dilations[axis] }
            return (
              all.filter { $0 >= 0 && $0 < length }, all.count { $0 >= -before && $0 < length + window.after[axis] }
            )
          })
      }
      let steps = Extent.strides(lengths)
      try Extent.count(output + kernel)
      (places, padded) = ([[0]], [1])
      for axis in lengths.indices {
        places = places.flatMap { start in
          along[axis].map { window in start.flatMap { first in window.places.map { first + $0 * steps[axis] } } }
        }
        padded = padded.flatMap { count in along[axis].map { count * $0.padded } }
      }
    }
  }

  private static func pooled(
    _ call: OperatorCall, _ x: ONNXTensor, _ windows: Windows, _ join: ([Double], [Int], Int) -> Double
  ) throws -> Matrix {
    let planes = x.shape[0] * x.shape[1]
    let length = x.shape[2...].reduce(1, *)
    let source = try x.numbers().scalars
    var result: [Double] = []
    result.reserveCapacity(planes * windows.places.count)
    for plane in 0..<planes {
      let own = Array(source[plane * length..<(plane + 1) * length])
      for (place, window) in windows.places.enumerated() { result.append(join(own, window, windows.padded[place])) }
    }
    return Matrix(result, shape: Array(x.shape[..<2]) + windows.output)
  }

  /// Whether the loops of networks do: whole images, no places wanted.
  private static func plain(_ call: OperatorCall, _ x: ONNXTensor) throws -> ConvolutionOperators.Window? {
    guard x.rank == 4, x.count > 0, let kernel = call.integers("kernel_shape"), kernel.count == 2, !call.isWanted(1),
      call.integer("ceil_mode", 0) == 0, (call.integers("dilations") ?? [1, 1]) == [1, 1]
    else { return nil }
    let window = try ConvolutionOperators.Window(call, kernel: kernel, lengths: Array(x.shape[2...]))
    let fits = (0..<2).allSatisfy {
      window.before[$0] >= 0 && window.after[$0] >= 0 && window.before[$0] < kernel[$0] && window.after[$0] < kernel[$0]
        && x.shape[$0 + 2] + window.before[$0] + window.after[$0] >= kernel[$0]
    }
    return fits ? window : nil
  }

  private static func maxima(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    if x.elementType.isFloat, let window = try plain(call, x) {
      func pool<Scalar>(_ x: Variable<Scalar>) -> Variable<Scalar> {
        x.maxPooled(
          (window.kernel[0], window.kernel[1]), stride: (window.strides[0], window.strides[1]),
          padding: .each(window.before, window.after))
      }
      return try call.layered({ pool($0) }, { pool($0) })
    }
    let windows = try Windows(call, x)
    let length = x.shape[2...].reduce(1, *)
    var places: [Int] = []
    let values = try pooled(call, x, windows) { plane, window, _ in
      let best = window.max { plane[$0] < plane[$1] || (plane[$0] == plane[$1] && $0 > $1) }
      places.append(best ?? 0)
      return best.map { plane[$0] } ?? -.infinity
    }
    // Places count through all planes; in column order where it is asked for.
    let lengths = Array(x.shape[2...])
    let isColumnFirst = call.integer("storage_order", 0) == 1
    let (steps, each) = (Extent.strides(lengths), windows.places.count)
    let indices = places.enumerated().map { number, place in
      var own = place
      if isColumnFirst {
        var step = 1
        own = 0
        for axis in lengths.indices {
          own += place / steps[axis] % lengths[axis] * step
          step *= lengths[axis]
        }
      }
      return number / max(each, 1) * length + own
    }
    return [
      .tensor(
        x.elementType.isFloat ? ONNXTensor(values, as: x.elementType) : try ONNXTensor(values).cast(to: x.elementType)),
      .tensor(ONNXTensor(Tensor(indices, shape: values.shape))),
    ]
  }

  private static func means(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.floating(0)
    let countsPadding = call.integer("count_include_pad", 0) == 1
    let windows = try Windows(call, x)
    return call.result(
      try pooled(call, x, windows) { plane, window, padded in
        window.reduce(0) { $0 + plane[$1] } / Double(countsPadding ? padded : window.count)
      }, like: x)
  }

  private static func norms(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.floating(0)
    let p = Double(call.integer("p", 2))
    return call.result(
      try pooled(call, x, try Windows(call, x)) { plane, window, _ in
        pow(window.reduce(0) { $0 + pow(abs(plane[$1]), p) }, 1 / p)
      }, like: x)
  }

  /// Puts maxima back to where they were.
  private static func unpool(_ call: OperatorCall) throws -> [ONNXValue] {
    let (x, indices) = (try call.floating(0), try call.integers(1))
    guard x.rank >= 3, let kernel = call.integers("kernel_shape") else {
      throw ONNXError("The kernel's shape is missing.")
    }
    let window = try ConvolutionOperators.Window(call, kernel: kernel, lengths: Array(x.shape[2...]))
    let natural = kernel.indices.map {
      (x.shape[$0 + 2] - 1) * window.strides[$0] + kernel[$0] - window.before[$0] - window.after[$0]
    }
    let inner = Array(x.shape[..<2]) + natural
    try Extent.count(inner)
    let shape = try call.optionalIntegers(2) ?? inner
    let count = try Extent.count(shape)
    guard shape.count == inner.count, indices.count == x.count,
      indices.allSatisfy({ $0 >= 0 && $0 < inner.reduce(1, *) })
    else {
      throw ONNXError("The places do not fit an output of shape \(shape).")
    }
    let (steps, outSteps) = (Extent.strides(inner), Extent.strides(shape))
    var result = [Double](repeating: 0, count: count)
    for (value, index) in zip(try x.numbers().scalars, indices) {
      let target = inner.indices.reduce(0) { $0 + index / steps[$1] % inner[$1] * outSteps[$1] }
      if target < count { result[target] = value }
    }
    return call.result(Matrix(result, shape: shape), like: x)
  }
}

import Foundation
import MartletNumerics

/// Images seen through a grid of points.
enum SamplingOperators {
  static let table: [String: ONNXOperator] = ["GridSample": sample, "AffineGrid": grid]

  /// How points outside are brought inside, and what their neighbours weigh.
  private struct Plan {
    let lengths: [Int]
    let isAligned: Bool
    let padding, mode: String

    /// The elements that a point is made of, by their places in a plane.
    func taps(_ point: [Double]) -> [(Int, Double)] {
      let steps = Extent.strides(lengths)
      var taps: [(Int, Double)] = [(0, 1)]
      for axis in lengths.indices {
        let own = along(axis, point[axis])
        taps = taps.flatMap { place, weight in own.map { (place + $0.0 * steps[axis], weight * $0.1) } }
      }
      return taps
    }

    private func along(_ axis: Int, _ point: Double) -> [(Int, Double)] {
      let length = lengths[axis]
      var x = isAligned ? (point + 1) / 2 * Double(length - 1) : ((point + 1) * Double(length) - 1) / 2
      guard x.isFinite, abs(x) < 1e9 else { return [] }
      if mode == "nearest" { x = x.rounded(.toNearestOrEven) }
      if padding == "border" { x = max(0, min(Double(length - 1), x)) }
      if padding == "reflection" { x = reflected(x, length) }
      let floor = x.rounded(.down)
      let ratio = x - floor
      let weights: [(Int, Double)] =
        switch mode {
        case "nearest": [(0, 1)]
        case "cubic": (-1...2).map { ($0, cubic(abs(Double($0) - ratio))) }
        default: [(0, 1 - ratio), (1, ratio)]
        }
      return weights.compactMap { distance, weight in
        let place = Int(floor) + distance
        if (0..<length).contains(place) { return (place, weight) }
        switch padding {
        case "zeros": return nil
        case "border": return (max(0, min(length - 1, place)), weight)
        default: return (max(0, min(length - 1, Int(reflected(Double(place), length)))), weight)
        }
      }
    }

    private func reflected(_ x: Double, _ length: Int) -> Double {
      let (low, high) = isAligned ? (0, Double(length - 1)) : (-0.5, Double(length) - 0.5)
      let span = high - low
      guard span > 0 else { return 0 }
      let rest = ((x - low).truncatingRemainder(dividingBy: 2 * span) + 2 * span).truncatingRemainder(
        dividingBy: 2 * span)
      return rest <= span ? low + rest : high - (rest - span)
    }

    private func cubic(_ x: Double) -> Double {
      let a = -0.75
      if x <= 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
      return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0
    }
  }

  private static func sample(_ call: OperatorCall) throws -> [ONNXValue] {
    let (x, grid) = (try call.floating(0), try call.numbers(1))
    let axes = x.rank - 2
    guard axes > 0, grid.rank == x.rank, grid.shape[0] == x.shape[0], grid.shape.last == axes, x.count > 0 else {
      throw ONNXError("A grid of shape \(grid.shape) does not fit an input of shape \(x.shape).")
    }
    let names = ["bilinear": "linear", "bicubic": "cubic"]
    let mode = call.text("mode", "linear")
    let plan = Plan(
      lengths: Array(x.shape[2...]), isAligned: call.integer("align_corners", 0) == 1,
      padding: call.text("padding_mode", "zeros"), mode: names[mode] ?? mode)
    let output = Array(grid.shape[1..<grid.rank - 1])
    let (points, channels, length) = (output.reduce(1, *), x.shape[1], x.shape[2...].reduce(1, *))
    let shape = [x.shape[0], channels] + output
    var result = [Double](repeating: 0, count: try Extent.count(shape))
    let (source, numbers) = (try x.numbers().scalars, grid.scalars)
    for sample in 0..<x.shape[0] {
      for point in 0..<points {
        // A point names its last axis first.
        let start = (sample * points + point) * axes
        let taps = plan.taps((0..<axes).map { numbers[start + axes - 1 - $0] })
        for channel in 0..<channels {
          let plane = (sample * channels + channel) * length
          result[(sample * channels + channel) * points + point] = taps.reduce(0) { $0 + source[plane + $1.0] * $1.1 }
        }
      }
    }
    return call.result(Matrix(result, shape: shape), like: x)
  }

  /// The points of an image, moved by a matrix for each sample.
  private static func grid(_ call: OperatorCall) throws -> [ONNXValue] {
    let (theta, size) = (try call.floating(0), try call.integers(1))
    let axes = size.count - 2
    guard axes == 2 || axes == 3, theta.shape == [size[0], axes, axes + 1] else {
      throw ONNXError("Matrices of shape \(theta.shape) do not fit an image of shape \(size).")
    }
    let lengths = Array(size[2...])
    try Extent.count(lengths + [axes, max(size[0], 1)])
    let isAligned = call.integer("align_corners", 0) == 1
    let steps = Extent.strides(lengths)
    // The last axis first, and a one for what is added.
    let points = (0..<lengths.reduce(1, *)).flatMap { place -> [Double] in
      lengths.indices.reversed().map { axis -> Double in
        let (at, length) = (Double(place / steps[axis] % lengths[axis]), Double(lengths[axis]))
        return isAligned ? (length == 1 ? -1 : 2 * at / (length - 1) - 1) : (2 * at + 1) / length - 1
      } + [1]
    }
    let columns = Matrix(points, shape: [lengths.reduce(1, *), axes + 1]).transposed()
    let moved = try MatrixOperators.product(try theta.numbers(), columns)
    return call.result(moved.transposed(axes: [0, 2, 1]).reshaped(to: [size[0]] + lengths + [axes]), like: theta)
  }
}

import Foundation
import MartletNumerics

/// Tensors made larger or smaller along their axes.
enum ResizingOperators {
  static let table: [String: ONNXOperator] = ["Resize": resize, "Upsample": upsample]

  private static func upsample(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let scales = try call.numbers("scales") ?? call.numbers(1).scalars
    let plan = Plan(call, coordinates: "asymmetric", mode: call.text("mode", "nearest"), nearest: "floor")
    guard scales.count == x.rank, scales.allSatisfy({ $0 > 1e-6 && $0 < 1e9 }) else {
      throw ONNXError("One positive scale for each axis of \(x.shape) is needed.")
    }
    let sizes = zip(scales, x.shape).map { Int(max(0, min(1e9, $0 * Double($1)))) }
    return call.result(try plan.resized(x, Array(x.shape.indices), scales, sizes, nil))
  }

  private static func resize(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let isOld = call.version < 11
    let axes = try Extent.axes(call.integers("axes") ?? Array(x.shape.indices), x.rank)
    let given = try call.optionalNumbers(isOld ? 1 : 2)?.scalars ?? []
    var sizes = try isOld ? nil : call.optionalIntegers(3).flatMap { $0.isEmpty ? nil : $0 }
    var scales = given
    if let wanted = sizes {
      guard wanted.count == axes.count, axes.allSatisfy({ x.shape[$0] > 0 }) else {
        throw ONNXError("The sizes \(wanted) do not fit the axes \(axes) of \(x.shape).")
      }
      scales = zip(wanted, axes).map { Double($0) / Double(x.shape[$1]) }
      let policy = call.text("keep_aspect_ratio_policy", "stretch")
      if policy != "stretch", let common = policy == "not_larger" ? scales.min() : scales.max() {
        scales = scales.map { _ in common }
        sizes = axes.map { Int((min(1e9, common * Double(x.shape[$0])) + 0.5).rounded(.down)) }
      }
    }
    guard scales.count == axes.count, scales.allSatisfy({ $0 > 1e-6 && $0 < 1e9 }) else {
      throw ONNXError("Positive scales, or sizes, for the axes \(axes) are needed; found \(scales).")
    }
    let lengths = sizes ?? zip(scales, axes).map { Int(min(1e9, $0 * Double(x.shape[$1]))) }
    let region = try isOld ? nil : call.optionalNumbers(1)?.scalars
    let plan = Plan(
      call, coordinates: call.text("coordinate_transformation_mode", isOld ? "asymmetric" : "half_pixel"),
      mode: call.text("mode", "nearest"), nearest: call.text("nearest_mode", isOld ? "floor" : "round_prefer_floor"))
    return call.result(try plan.resized(x, axes, scales, lengths, region.flatMap { $0.isEmpty ? nil : $0 }))
  }

  /// How places are found and what is made of the elements around them.
  private struct Plan {
    let coordinates, mode, nearest: String
    let cubic, outside: Double
    let isSmooth, excludesOutside: Bool

    init(_ call: OperatorCall, coordinates: String, mode: String, nearest: String) {
      (self.coordinates, self.mode, self.nearest) = (coordinates, mode, nearest)
      cubic = call.number("cubic_coeff_a", -0.75)
      outside = call.number("extrapolation_value", 0)
      isSmooth = call.integer("antialias", 0) == 1
      excludesOutside = call.integer("exclude_outside", 0) == 1
    }

    func resized(
      _ x: ONNXTensor, _ axes: [Int], _ scales: [Double], _ sizes: [Int], _ region: [Double]?
    ) throws -> ONNXTensor {
      guard region == nil || (region!.count == 2 * axes.count && region!.allSatisfy { abs($0) < 1e6 }) else {
        throw ONNXError("A region has two numbers for each axis.")
      }
      var final = x.shape
      for (axis, size) in zip(axes, sizes) { final[axis] = size }
      try Extent.count(final)
      var result = try x.numbers()
      for (i, axis) in axes.enumerated() where scales[i] != 1 || sizes[i] != x.shape[axis] || region != nil {
        let ends = region.map { ($0[i], $0[i + axes.count]) } ?? (0, 1)
        let length = result.shape[axis]
        guard length > 0 else { throw ONNXError("Axis \(axis) of \(x.shape) has nothing to resize.") }
        let taps = (0..<sizes[i]).map { self.taps(Double($0), length, scales[i], sizes[i], ends) }
        result = apply(taps, to: result, axis)
      }
      if x.elementType.isFloat { return ONNXTensor(result, as: x.elementType) }
      return ONNXTensor(result.map { x.elementType.saturated($0) }, as: x.elementType)
    }

    private func apply(_ taps: [[(place: Int, weight: Double)]?], to x: Matrix, _ axis: Int) -> Matrix {
      let (before, length, after) = (x.shape[..<axis].reduce(1, *), x.shape[axis], x.shape[(axis + 1)...].reduce(1, *))
      let source = x.scalars
      var scalars = [Double](repeating: 0, count: before * taps.count * after)
      scalars.withUnsafeMutableBufferPointer { target in
        for layer in 0..<before {
          for (step, own) in taps.enumerated() {
            let start = (layer * taps.count + step) * after
            guard let own else {
              for i in 0..<after { target[start + i] = outside }
              continue
            }
            for tap in own {
              let row = (layer * length + tap.place) * after
              for i in 0..<after { target[start + i] += tap.weight * source[row + i] }
            }
          }
        }
      }
      var shape = x.shape
      shape[axis] = taps.count
      return Matrix(scalars, shape: shape)
    }

    /// The elements that an output is made of; `nil` where it lies outside.
    private func taps(
      _ step: Double, _ length: Int, _ scale: Double, _ size: Int, _ region: (Double, Double)
    ) -> [(place: Int, weight: Double)]? {
      let (input, output) = (Double(length), scale * Double(length))
      let x: Double
      switch coordinates {
      case "align_corners": x = output == 1 ? 0 : step * (input - 1) / (output - 1)
      case "asymmetric": x = step / scale
      case "tf_crop_and_resize":
        let span = (region.1 - region.0) * (input - 1)
        x = region.0 * (input - 1) + (output == 1 ? span / 2 : step * span / (output - 1))
        if x < 0 || x > input - 1 { return nil }
      case "pytorch_half_pixel": x = output == 1 ? -0.5 : (step + 0.5) / scale - 0.5
      case "half_pixel_symmetric": x = input / 2 * (1 - Double(size) / output) + (step + 0.5) / scale - 0.5
      default: x = (step + 0.5) / scale - 0.5
      }
      let floor = max(-1e9, min(1e9, x)).rounded(.down)
      let isWhole = x == floor
      // On an element the one to its left is looked at too, with all the weight on the right.
      let (first, ratio) = isWhole ? (Int(floor) - 1, 1.0) : (Int(floor), x - floor)
      var taps = weights(ratio, isWhole, scale).map { (place: first + $0.0, weight: $0.1) }
      if excludesOutside {
        taps = taps.filter { $0.place >= 0 && $0.place < length }
        let sum = taps.reduce(0) { $0 + $1.weight }
        taps = taps.map { ($0.place, sum == 0 ? 0 : $0.weight / sum) }
      }
      return taps.map { (max(0, min(length - 1, $0.place)), $0.weight) }
    }

    /// The weights of elements, by their distance from the one to the left.
    private func weights(_ ratio: Double, _ isWhole: Bool, _ scale: Double) -> [(Int, Double)] {
      switch mode {
      case "nearest":
        let takesRight =
          switch nearest {
          case "round_prefer_floor": ratio > 0.5
          case "round_prefer_ceil": ratio >= 0.5
          case "floor": isWhole
          default: true
          }
        return [(takesRight ? 1 : 0, 1)]
      case "cubic":
        let narrow = isSmooth ? min(scale, 1) : 1
        let start = isSmooth ? Int((-2 / narrow).rounded(.down)) + 1 : -1
        return normalized((start..<2 - start).map { ($0, cubicWeight(narrow * (Double($0) - ratio))) }, isSmooth)
      default:
        let narrow = isSmooth ? min(scale, 1) : 1
        let start = isSmooth ? Int((-1 / narrow).rounded(.down)) + 1 : 0
        return normalized((start..<2 - start).map { ($0, max(0, 1 - abs(narrow * (Double($0) - ratio)))) }, isSmooth)
      }
    }

    private func normalized(_ weights: [(Int, Double)], _ isWanted: Bool) -> [(Int, Double)] {
      let sum = weights.reduce(0) { $0 + $1.1 }
      return isWanted ? weights.map { ($0.0, $0.1 / sum) } : weights
    }

    private func cubicWeight(_ distance: Double) -> Double {
      let (x, a) = (abs(distance), cubic)
      if x <= 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
      return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0
    }
  }
}

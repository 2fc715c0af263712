import Foundation
import MartletNumerics

/// The same elements in another shape, order or type.
enum ShapeOperators {
  static let table: [String: ONNXOperator] = [
    "Reshape": reshape, "Flatten": flatten, "Squeeze": squeeze, "Unsqueeze": unsqueeze, "Transpose": transpose,
    "Expand": expand, "Concat": { $0.result(try .concatenated(try $0.tensors(), axis: $0.integer("axis", 0))) },
    "Split": split, "Slice": slice, "Tile": tile, "Pad": pad, "DepthToSpace": depthToSpace,
    "SpaceToDepth": spaceToDepth,
    "Shape": shape, "Size": { $0.result(ONNXTensor(Tensor<Int>(scalar: try $0.tensor(0).count))) },
    "Cast": { call in
      guard let type = try call.elementType("to") else { throw ONNXError("The type to cast to is missing.") }
      return call.result(try call.tensor(0).cast(to: type, saturates: call.integer("saturate", 1) == 1))
    },
    "CastLike": { call in
      call.result(
        try call.tensor(0).cast(to: try call.tensor(1).elementType, saturates: call.integer("saturate", 1) == 1))
    },
    "BitCast": bitCast, "CenterCropPad": centerCropPad,
  ]

  private static func reshape(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    var wanted = try call.integers("shape") ?? call.integers(1)
    for (axis, length) in wanted.enumerated() where length == 0 && call.integer("allowzero", 0) == 0 {
      guard axis < x.rank else { throw ONNXError("The shape \(wanted) copies an axis that \(x.shape) has not.") }
      wanted[axis] = x.shape[axis]
    }
    if let open = wanted.firstIndex(of: -1) {
      var others = wanted
      others.remove(at: open)
      let known = try Extent.count(others)
      guard known > 0, x.count.isMultiple(of: known) else {
        throw ONNXError("The shape \(wanted) cannot hold the \(x.count) elements of a tensor of shape \(x.shape).")
      }
      wanted[open] = x.count / known
    }
    return call.result(try x.reshaped(wanted))
  }

  private static func flatten(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let given = call.integer("axis", 1)
    let axis = given < 0 ? given + x.rank : given
    guard (0...x.rank).contains(axis) else { throw ONNXError("There is no axis \(given) in shape \(x.shape).") }
    return call.result(try x.reshaped([x.shape[..<axis].reduce(1, *), x.shape[axis...].reduce(1, *)]))
  }

  private static func squeeze(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let given = try call.integers("axes") ?? call.optionalIntegers(1)
    let gone = try given.map { try Extent.axes($0, x.rank) } ?? x.shape.indices.filter { x.shape[$0] == 1 }
    return call.result(try x.reshaped(x.shape.indices.filter { !gone.contains($0) }.map { x.shape[$0] }))
  }

  private static func unsqueeze(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let given = try call.integers("axes") ?? call.integers(1)
    var shape = x.shape
    for axis in try Extent.axes(given, x.rank + given.count).sorted() { shape.insert(1, at: axis) }
    return call.result(try x.reshaped(shape))
  }

  private static func transpose(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    return call.result(try x.transposed(call.integers("perm") ?? x.shape.indices.reversed()))
  }

  private static func expand(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    return call.result(try x.broadcast(to: try Extent.broadcast(x.shape, try call.integers(1))))
  }

  private static func split(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let axis = try Extent.axis(call.integer("axis", 0), x.rank)
    let parts = max(1, call.optionalInteger("num_outputs") ?? call.outputCount)
    let length = x.shape[axis]
    let size = (length + parts - 1) / parts
    let lengths =
      try call.integers("split") ?? call.optionalIntegers(1)
      ?? (0..<parts).map { max(0, min(size, length - size * $0)) }
    guard lengths.allSatisfy({ $0 >= 0 && $0 <= length }), lengths.reduce(0, +) == length else {
      throw ONNXError("The parts \(lengths) do not add up to axis \(axis) of \(x.shape).")
    }
    var start = 0
    return lengths.map { count in
      defer { start += count }
      return .tensor(x.slice(axis, start: start, count: count))
    }
  }

  private static func slice(_ call: OperatorCall) throws -> [ONNXValue] {
    var x = try call.tensor(0)
    let starts = try call.integers("starts") ?? call.integers(1)
    let ends = try call.integers("ends") ?? call.integers(2)
    let axes = try Extent.axes(try call.integers("axes") ?? call.optionalIntegers(3) ?? Array(starts.indices), x.rank)
    let steps = try call.optionalIntegers(4) ?? starts.map { _ in 1 }
    guard ends.count == starts.count, axes.count == starts.count, steps.count == starts.count, !steps.contains(0) else {
      throw ONNXError("Starts \(starts), ends \(ends), axes \(axes) and steps \(steps) do not belong together.")
    }
    for i in starts.indices {
      let length = x.shape[axes[i]]
      let lowest = steps[i] < 0 ? -1 : 0
      let highest = steps[i] < 0 ? length - 1 : length
      func bound(_ place: Int) -> Int {
        max(lowest, min(place < 0 ? max(place, -length - 1) + length : place, highest))
      }
      let (start, end) = (bound(starts[i]), bound(ends[i]))
      let distance = steps[i] < 0 ? start - end : end - start
      let step = steps[i] == .min ? Int.max : abs(steps[i])
      let count = distance <= 0 ? 0 : (distance - 1) / step + 1
      // One element needs no step, which may be larger than any tensor.
      x = x.slice(axes[i], start: start, count: count, step: count > 1 ? steps[i] : 1)
    }
    return call.result(x)
  }

  private static func tile(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let times = try call.integers(1)
    guard times.count == x.rank, times.allSatisfy({ $0 >= 0 }) else {
      throw ONNXError("One number for each axis of \(x.shape) is needed; found \(times).")
    }
    let doubled = zip(times, x.shape).flatMap { [$0, $1] }
    let target = zip(times, x.shape).map { $0.multipliedReportingOverflow(by: $1) }
    guard !target.contains(where: \.overflow) else { throw ONNXError("\(times) times \(x.shape) is too large.") }
    try Extent.count(target.map(\.partialValue))
    return call.result(
      try x.reshaped(x.shape.flatMap { [1, $0] }).broadcast(to: doubled).reshaped(target.map(\.partialValue)))
  }

  private static func pad(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let mode = call.text("mode", "constant")
    let widths = try call.integers("pads") ?? call.integers(1)
    let axes = try Extent.axes(try call.optionalIntegers(3) ?? Array(x.shape.indices), x.rank)
    guard widths.count == 2 * axes.count else {
      throw ONNXError("Two widths for each of \(axes.count) axes are needed; found \(widths).")
    }
    let blank =
      call.has("value")
      ? ONNXTensor(Matrix(scalar: call.number("value", 0)), as: x.elementType) : try call.optional(2)?.reshaped([])
    var places = Places(x.shape)
    for (i, axis) in axes.enumerated() {
      let (before, after, length) = (widths[i], widths[i + axes.count], x.shape[axis])
      let total = before.addingReportingOverflow(after).partialValue.addingReportingOverflow(length).partialValue
      let allowed = -Extent.most...Extent.most
      guard allowed.contains(before), allowed.contains(after), total >= 0 else {
        throw ONNXError("Axis \(axis) of \(x.shape) cannot be padded by \(before) and \(after).")
      }
      guard length > 0 || mode == "constant" || total == 0 else {
        throw ONNXError("Axis \(axis) has nothing to repeat.")
      }
      var shape = places.shape
      shape[axis] = total
      try Extent.count(shape)
      places = places.mapping(axis, (0..<total).map { source($0 - before, length, mode) })
    }
    return call.result(try x.picked(places.places, shape: places.shape, blank: blank))
  }

  /// Where an element of a padded axis comes from; −1 where it is blank.
  private static func source(_ place: Int, _ length: Int, _ mode: String) -> Int {
    if place >= 0 && place < length { return place }
    switch mode {
    case "edge": return place < 0 ? 0 : length - 1
    case "wrap": return ((place % length) + length) % length
    case "reflect":
      if length == 1 { return 0 }
      let period = 2 * (length - 1)
      let rest = ((place % period) + period) % period
      return rest < length ? rest : period - rest
    default: return -1
    }
  }

  private static func depthToSpace(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let size = call.integer("blocksize", 1)
    guard x.rank == 4, size > 0, size < 1 << 15, x.shape[1].isMultiple(of: size * size) else {
      throw ONNXError(
        "Blocks of \(size) need [samples, channels, height, width] with channels for each; found \(x.shape).")
    }
    let (n, c, h, w) = (x.shape[0], x.shape[1] / (size * size), x.shape[2], x.shape[3])
    let isColumnFirst = call.text("mode", "DCR") == "CRD"
    let parts = isColumnFirst ? [n, c, size, size, h, w] : [n, size, size, c, h, w]
    return call.result(
      try x.reshaped(parts).transposed(isColumnFirst ? [0, 1, 4, 2, 5, 3] : [0, 3, 4, 1, 5, 2])
        .reshaped([n, c, h * size, w * size]))
  }

  private static func spaceToDepth(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let size = call.integer("blocksize", 1)
    guard x.rank == 4, size > 0, x.shape[2].isMultiple(of: size), x.shape[3].isMultiple(of: size) else {
      throw ONNXError("Blocks of \(size) do not divide \(x.shape).")
    }
    let (n, c, h, w) = (x.shape[0], x.shape[1], x.shape[2] / size, x.shape[3] / size)
    let isColumnFirst = call.text("mode", "DCR") == "CRD"
    return call.result(
      try x.reshaped([n, c, h, size, w, size]).transposed(isColumnFirst ? [0, 1, 3, 5, 2, 4] : [0, 3, 5, 1, 2, 4])
        .reshaped([n, c * size * size, h, w]))
  }

  private static func shape(_ call: OperatorCall) throws -> [ONNXValue] {
    let shape = try call.tensor(0).shape
    func bound(_ place: Int) -> Int { min(max(place < 0 ? place + shape.count : place, 0), shape.count) }
    let (start, end) = (bound(call.integer("start", 0)), bound(call.integer("end", shape.count)))
    return call.result(ONNXTensor(Tensor(start < end ? Array(shape[start..<end]) : [])))
  }

  private static func bitCast(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    guard let type = try call.elementType("to"), type.bitCount == x.elementType.bitCount else {
      throw ONNXError("The bits of \(x.elementType) become a type of as many bits.")
    }
    return call.result(try TensorBytes.read(try TensorBytes.write(x), type, shape: x.shape))
  }

  private static func centerCropPad(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let target = try call.integers(1)
    let axes = try Extent.axes(call.integers("axes") ?? Array(x.shape.indices), x.rank)
    guard target.count == axes.count else { throw ONNXError("\(target) names no length for each of the axes \(axes).") }
    var places = Places(x.shape)
    for (axis, length) in zip(axes, target) {
      var shape = places.shape
      shape[axis] = length
      try Extent.count(shape)
      let old = x.shape[axis]
      let start = length < old ? (old - length) / 2 : -((length - old) / 2)
      places = places.mapping(axis, (0..<length).map { (0..<old).contains($0 + start) ? $0 + start : -1 })
    }
    return call.result(try x.picked(places.places, shape: places.shape))
  }
}

/// Places of elements in row-major order, arranged in a shape: what gathering and padding do to a tensor, whatever it holds.
struct Places {
  var shape: [Int]
  var places: [Int]

  /// Every element where it is.
  init(_ shape: [Int]) {
    self.shape = shape
    places = Array(0..<shape.reduce(1, *))
  }

  /// The elements at `sources` along an axis, −1 for none.
  func mapping(_ axis: Int, _ sources: [Int]) -> Places {
    let (before, length, after) = (shape[..<axis].reduce(1, *), shape[axis], shape[(axis + 1)...].reduce(1, *))
    var result = self
    result.shape[axis] = sources.count
    result.places = []
    result.places.reserveCapacity(before * sources.count * after)
    for layer in 0..<before {
      for source in sources {
        if source < 0 {
          result.places.append(contentsOf: repeatElement(-1, count: after))
        } else {
          let start = (layer * length + source) * after
          result.places.append(contentsOf: places[start..<start + after])
        }
      }
    }
    return result
  }
}

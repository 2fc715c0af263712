import Foundation
import MartletNumerics

/// Elements by their places.
enum SelectionOperators {
  static let table: [String: ONNXOperator] = [
    "Gather": gather, "GatherElements": gatherElements, "GatherND": gatherND, "Scatter": scatterElements,
    "ScatterElements": scatterElements, "ScatterND": scatterND, "Compress": compress, "NonZero": nonZero, "TopK": topK,
    "Unique": unique, "OneHot": oneHot, "ReverseSequence": reverseSequence, "Trilu": triangle,
    "TensorScatter": tensorScatter,
  ]

  /// A place counted from the front.
  static func place(_ given: Int, _ length: Int) throws -> Int {
    guard given >= -length, given < length else {
      throw ONNXError("The place \(given) is outside an axis of \(length).")
    }
    return given < 0 ? given + length : given
  }

  private static func gather(_ call: OperatorCall) throws -> [ONNXValue] {
    let (x, indices) = (try call.tensor(0), try call.tensor(1))
    let axis = try Extent.axis(call.integer("axis", 0), x.rank)
    let chosen = try indices.integers().scalars.map { try place($0, x.shape[axis]) }
    let shape = x.shape[..<axis] + indices.shape + x.shape[(axis + 1)...]
    try Extent.count(Array(shape))
    if chosen.count == 1 { return call.result(try x.slice(axis, start: chosen[0], count: 1).reshaped(Array(shape))) }
    if case .floats(let floats) = x.elements {
      let gathered = floats.gathered(Tensor(chosen), axis: axis)
      return call.result(try ONNXTensor(.floats(gathered), as: x.elementType).reshaped(Array(shape)))
    }
    return call.result(try x.picked(Places(x.shape).mapping(axis, chosen).places, shape: Array(shape)))
  }

  private static func gatherElements(_ call: OperatorCall) throws -> [ONNXValue] {
    let (x, indices) = (try call.tensor(0), try call.tensor(1))
    return call.result(try x.picked(try elementPlaces(x.shape, indices, call), shape: indices.shape))
  }

  /// For each index along the axis, the place of the element it means.
  private static func elementPlaces(_ shape: [Int], _ indices: ONNXTensor, _ call: OperatorCall) throws -> [Int] {
    let axis = try Extent.axis(call.integer("axis", 0), shape.count)
    guard indices.rank == shape.count, shape.indices.allSatisfy({ $0 == axis || indices.shape[$0] <= shape[$0] }) else {
      throw ONNXError("Indices of shape \(indices.shape) do not fit a tensor of shape \(shape).")
    }
    let (steps, own) = (Extent.strides(shape), Extent.strides(indices.shape))
    return try indices.integers().scalars.enumerated().map { number, index in
      try shape.indices.reduce(0) { sum, other in
        let along = other == axis ? try place(index, shape[axis]) : number / own[other] % indices.shape[other]
        return sum + along * steps[other]
      }
    }
  }

  private static func gatherND(_ call: OperatorCall) throws -> [ONNXValue] {
    let (x, indices) = (try call.tensor(0), try call.tensor(1))
    let parts = try PartPlaces(x.shape, indices, batchAxes: call.integer("batch_dims", 0))
    let places = parts.starts.flatMap { Array($0..<$0 + parts.width) }
    return call.result(try x.picked(places, shape: indices.shape.dropLast() + parts.partShape))
  }

  /// Where the parts that rows of indices mean begin.
  private struct PartPlaces {
    let starts: [Int]
    let partShape: [Int]
    var width: Int { partShape.reduce(1, *) }

    init(_ shape: [Int], _ indices: ONNXTensor, batchAxes: Int = 0) throws {
      guard let length = indices.shape.last, batchAxes >= 0, batchAxes < indices.rank,
        length + batchAxes <= shape.count,
        indices.shape[..<batchAxes] == shape[..<batchAxes]
      else { throw ONNXError("Indices of shape \(indices.shape) do not fit a tensor of shape \(shape).") }
      let steps = Extent.strides(shape)
      let numbers = try indices.integers().scalars
      let rows = indices.shape.dropLast().reduce(1, *)
      let layers = shape[..<batchAxes].reduce(1, *)
      let layerSize = shape[batchAxes...].reduce(1, *)
      starts = try (0..<rows).map { row in
        try (0..<length).reduce(row / max(1, rows / max(layers, 1)) * (batchAxes > 0 ? layerSize : 0)) { sum, i in
          sum + (try SelectionOperators.place(numbers[row * length + i], shape[batchAxes + i])) * steps[batchAxes + i]
        }
      }
      partShape = Array(shape[(batchAxes + length)...])
    }
  }

  private static func scatterElements(_ call: OperatorCall) throws -> [ONNXValue] {
    let (x, indices, updates) = (try call.tensor(0), try call.tensor(1), try call.tensor(2))
    guard indices.shape == updates.shape else {
      throw ONNXError("Updates of shape \(updates.shape) do not fit indices of shape \(indices.shape).")
    }
    return call.result(
      try scattered(x, updates, at: try elementPlaces(x.shape, indices, call), call.text("reduction", "none")))
  }

  private static func scatterND(_ call: OperatorCall) throws -> [ONNXValue] {
    let (x, indices, updates) = (try call.tensor(0), try call.tensor(1), try call.tensor(2))
    let parts = try PartPlaces(x.shape, indices)
    guard updates.shape == indices.shape.dropLast() + parts.partShape else {
      throw ONNXError("Updates of shape \(updates.shape) do not fit indices of shape \(indices.shape).")
    }
    let places = parts.starts.flatMap { Array($0..<$0 + parts.width) }
    return call.result(try scattered(x, updates, at: places, call.text("reduction", "none")))
  }

  /// Writes updates to places, or joins them with what is there.
  private static func scattered(
    _ x: ONNXTensor, _ updates: ONNXTensor, at places: [Int], _ reduction: String
  ) throws -> ONNXTensor {
    let (count, flat) = (x.count, try x.reshaped([x.count]))
    if reduction == "none" {
      // Behind each other, so that whatever they hold can be picked from both.
      let both = try ONNXTensor.concatenated([flat, try updates.reshaped([updates.count])], axis: 0)
      var sources = Array(0..<count)
      for (number, place) in places.enumerated() { sources[place] = count + number }
      return try both.picked(sources, shape: x.shape)
    }
    if case .integers(let whole) = flat.elements {
      var joined = whole.scalars
      let values = try updates.integers().scalars
      for (number, place) in places.enumerated() {
        let (old, new) = (joined[place], values[number])
        let isLess = ArithmeticOperators.less(old, new, x.elementType)
        switch reduction {
        case "add": joined[place] = old &+ new
        case "mul": joined[place] = old &* new
        case "min": joined[place] = isLess ? old : new
        case "max": joined[place] = isLess ? new : old
        default: throw ONNXError("The reduction '\(reduction)' is none of none, add, mul, min and max.")
        }
      }
      return ONNXTensor(Tensor(joined, shape: x.shape), as: x.elementType)
    }
    var sums = try flat.numbers().scalars
    let values = try updates.numbers().scalars
    for (number, place) in places.enumerated() {
      switch reduction {
      case "add": sums[place] += values[number]
      case "mul": sums[place] *= values[number]
      case "min": sums[place] = min(sums[place], values[number])
      case "max": sums[place] = max(sums[place], values[number])
      default: throw ONNXError("The reduction '\(reduction)' is none of none, add, mul, min and max.")
      }
    }
    return ONNXTensor(Matrix(sums, shape: x.shape), as: x.elementType)
  }

  private static func compress(_ call: OperatorCall) throws -> [ONNXValue] {
    let (x, mask) = (try call.tensor(0), try call.tensor(1).truths().scalars)
    let axis = try call.optionalInteger("axis").map { try Extent.axis($0, x.rank) }
    let source = axis == nil ? try x.reshaped([x.count]) : x
    let kept = mask.indices.filter { mask[$0] }
    guard kept.allSatisfy({ $0 < source.shape[axis ?? 0] }) else {
      throw ONNXError("The mask of \(mask.count) is longer than the axis of \(source.shape[axis ?? 0]).")
    }
    let places = Places(source.shape).mapping(axis ?? 0, kept)
    return call.result(try source.picked(places.places, shape: places.shape))
  }

  private static func nonZero(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let found = try x.numbers().scalars.enumerated().filter { $0.element != 0 }.map(\.offset)
    let steps = Extent.strides(x.shape)
    let rows = x.shape.indices.flatMap { axis in found.map { $0 / steps[axis] % x.shape[axis] } }
    return call.result(ONNXTensor(Tensor(rows, shape: [x.rank, found.count])))
  }

  private static func topK(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let axis = try Extent.axis(call.integer("axis", -1), x.rank)
    let count = try call.optionalInteger("k") ?? call.integer(1)
    guard (0...x.shape[axis]).contains(count) else {
      throw ONNXError("\(count) of the \(x.shape[axis]) elements along axis \(axis) are asked for.")
    }
    let wantsLargest = call.integer("largest", 1) == 1
    let (length, after) = (x.shape[axis], x.shape[(axis + 1)...].reduce(1, *))
    let keys = try x.numbers().scalars
    var shape = x.shape
    shape[axis] = count
    var places = [Int](repeating: 0, count: try Extent.count(shape))
    var indices = places
    for lane in 0..<(length > 0 ? keys.count / length : 0) {
      let first = lane / after * length * after + lane % after
      let order = (0..<length).sorted { a, b in
        let (p, q) = (keys[first + a * after], keys[first + b * after])
        return p == q ? a < b : wantsLargest ? p > q : p < q
      }
      for rank in 0..<count {
        let target = lane / after * count * after + rank * after + lane % after
        (places[target], indices[target]) = (first + order[rank] * after, order[rank])
      }
    }
    return [.tensor(try x.picked(places, shape: shape)), .tensor(ONNXTensor(Tensor(indices, shape: shape)))]
  }

  private static func unique(_ call: OperatorCall) throws -> [ONNXValue] {
    let given = try call.tensor(0)
    let axis = try call.optionalInteger("axis").map { try Extent.axis($0, given.rank) }
    let x = axis == nil ? try given.reshaped([given.count]) : given
    let along = axis ?? 0
    let rows = try x.transposed([along] + x.shape.indices.filter { $0 != along })
    let (count, width) = (x.shape[along], x.shape.enumerated().reduce(1) { $1.offset == along ? $0 : $0 * $1.element })
    // Places in the order of the elements make rows of any type comparable.
    let keys: [Double]
    if let texts = rows.texts {
      let sorted = Array(Set(texts)).sorted()
      let ranks = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, Double($0)) })
      keys = texts.map { ranks[$0]! }  // every text is there
    } else {
      keys = try rows.numbers().scalars
    }
    func row(_ i: Int) -> [Double] { Array(keys[i * width..<(i + 1) * width]) }
    var numbers: [[Double]: Int] = [:]
    var (firsts, inverse): ([Int], [Int]) = ([], [])
    for i in 0..<count {
      let key = row(i)
      if let number = numbers[key] {
        inverse.append(number)
        continue
      }
      numbers[key] = firsts.count
      inverse.append(firsts.count)
      firsts.append(i)
    }
    if call.integer("sorted", 1) == 1 {
      let order = firsts.indices.sorted { row(firsts[$0]).lexicographicallyPrecedes(row(firsts[$1])) }
      let ranks = order.enumerated().reduce(into: [Int](repeating: 0, count: order.count)) {
        $0[$1.element] = $1.offset
      }
      (firsts, inverse) = (order.map { firsts[$0] }, inverse.map { ranks[$0] })
    }
    var counts = [Int](repeating: 0, count: firsts.count)
    for number in inverse { counts[number] += 1 }
    let places = Places(x.shape).mapping(along, firsts)
    return [.tensor(try x.picked(places.places, shape: places.shape))]
      + [firsts, inverse, counts].map { .tensor(ONNXTensor(Tensor($0))) }
  }

  private static func oneHot(_ call: OperatorCall) throws -> [ONNXValue] {
    let (indices, values) = (try call.tensor(0), try call.tensor(2))
    let depth = Int(exactly: try call.numbers(1).scalars.first?.rounded(.towardZero) ?? 0) ?? 0
    guard values.count == 2, depth >= 0 else { throw ONNXError("Two values and a depth of at least 0 are needed.") }
    let axis = try Extent.axis(call.integer("axis", -1), indices.rank + 1)
    let shape = indices.shape[..<axis] + [depth] + indices.shape[axis...]
    let count = try Extent.count(Array(shape))
    let after = indices.shape[axis...].reduce(1, *)
    let numbers = try indices.numbers().scalars
    var places = [Int](repeating: 0, count: count)
    for (number, index) in numbers.enumerated() where index >= Double(-depth) && index < Double(depth) {
      let hot = index < 0 ? Int(index) + depth : Int(index)
      places[(number / after * depth + hot) * after + number % after] = 1
    }
    return call.result(try values.picked(places, shape: Array(shape)))
  }

  private static func reverseSequence(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let (time, batch) = (call.integer("time_axis", 0), call.integer("batch_axis", 1))
    let lengths = try call.integers(1)
    guard x.rank >= 2, Set([time, batch]) == [0, 1], lengths.count == x.shape[batch],
      lengths.allSatisfy({ $0 >= 0 && $0 <= x.shape[time] })
    else { throw ONNXError("A tensor of shape \(x.shape) and the lengths \(lengths) do not belong together.") }
    let (steps, after) = (Extent.strides(x.shape), x.shape[2...].reduce(1, *))
    var places = Places(x.shape).places
    for (sample, length) in lengths.enumerated() {
      for step in 0..<length {
        let (target, source) = (
          sample * steps[batch] + step * steps[time], sample * steps[batch] + (length - 1 - step) * steps[time]
        )
        for i in 0..<after { places[target + i] = source + i }
      }
    }
    return call.result(try x.picked(places, shape: x.shape))
  }

  private static func triangle(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    guard x.rank >= 2 else { throw ONNXError("A triangle needs rows and columns; the shape is \(x.shape).") }
    let isUpper = call.integer("upper", 1) == 1
    let offset = try call.optionalIntegers(1)?.first ?? 0
    let (rows, columns) = (x.shape[x.rank - 2], x.shape[x.rank - 1])
    let places = (0..<x.count).map { place in
      let (row, column) = (place / columns % rows, place % columns)
      let distance = column - row
      return (isUpper ? distance >= offset : distance <= offset) ? place : -1
    }
    return call.result(try x.picked(places, shape: x.shape))
  }

  /// Writes new steps into a cache, as language models keep it.
  private static func tensorScatter(_ call: OperatorCall) throws -> [ONNXValue] {
    let (cache, update) = (try call.tensor(0), try call.tensor(1))
    let axis = try Extent.axis(call.integer("axis", -2), cache.rank)
    let isCircular = call.text("mode", "linear") == "circular"
    guard cache.rank == update.rank, axis > 0,
      cache.shape.indices.allSatisfy({ $0 == axis || cache.shape[$0] == update.shape[$0] })
    else { throw ONNXError("An update of shape \(update.shape) does not fit a cache of shape \(cache.shape).") }
    let starts = try call.optionalIntegers(2) ?? [Int](repeating: 0, count: cache.shape[0])
    guard starts.count == cache.shape[0] else {
      throw ONNXError("One start for each sample is needed; found \(starts).")
    }
    let (length, own) = (cache.shape[axis], update.shape[axis])
    let after = cache.shape[(axis + 1)...].reduce(1, *)
    let between = cache.shape[1..<axis].reduce(1, *)
    var sources = Array(0..<cache.count)
    for layer in 0..<cache.shape[0] * between {
      for step in 0..<own {
        let sum = starts[layer / between].addingReportingOverflow(step)
        let target = isCircular && length > 0 ? sum.partialValue % length : sum.partialValue
        guard target >= 0, target < length else {
          throw ONNXError("Step \(target) is behind the end of the cache of \(length).")
        }
        for i in 0..<after {
          sources[(layer * length + target) * after + i] = cache.count + (layer * own + step) * after + i
        }
      }
    }
    let both = try ONNXTensor.concatenated(
      [try cache.reshaped([cache.count]), try update.reshaped([update.count])], axis: 0)
    return call.result(try both.picked(sources, shape: cache.shape))
  }
}

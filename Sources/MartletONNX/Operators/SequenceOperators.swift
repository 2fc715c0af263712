import MartletNumerics

/// Lists of values, and values that may not be there.
enum SequenceOperators {
  static let table: [String: ONNXOperator] = [
    "SequenceEmpty": { _ in [.sequence([])] },
    "SequenceConstruct": { [.sequence($0.operands.compactMap { $0 })] },
    "SequenceLength": { $0.result(ONNXTensor(Tensor(scalar: try sequence($0).count))) },
    "SequenceAt": { call in
      let values = try sequence(call)
      return [values[try SelectionOperators.place(try call.integer(1), values.count)]]
    },
    "SequenceInsert": insert, "SequenceErase": erase, "SplitToSequence": split, "ConcatFromSequence": concatenated,
    "SequenceMap": map,
    "Optional": { [$0.value(0) ?? .none] },
    "OptionalHasElement": { call in
      if case nil = call.value(0) { return call.result(ONNXTensor(Tensor(scalar: false))) }
      if case .some(.none) = call.value(0) { return call.result(ONNXTensor(Tensor(scalar: false))) }
      return call.result(ONNXTensor(Tensor(scalar: true)))
    },
    "OptionalGetElement": { call in
      guard let value = call.value(0) else { throw ONNXError("The value is not there.") }
      if case .none = value { throw ONNXError("The value is not there.") }
      return [value]
    },
  ]

  private static func sequence(_ call: OperatorCall) throws -> [ONNXValue] {
    guard case .sequence(let values)? = call.value(0) else {
      throw ONNXError("A sequence was expected, found \(call.value(0)?.kind ?? "nothing").")
    }
    return values
  }

  private static func insert(_ call: OperatorCall) throws -> [ONNXValue] {
    var values = try sequence(call)
    let place = try call.optionalIntegers(2)?.first ?? values.count
    values.insert(.tensor(try call.tensor(1)), at: try SelectionOperators.place(place, values.count + 1))
    return [.sequence(values)]
  }

  private static func erase(_ call: OperatorCall) throws -> [ONNXValue] {
    var values = try sequence(call)
    let place = try call.optionalIntegers(1)?.first ?? values.count - 1
    values.remove(at: try SelectionOperators.place(place, values.count))
    return [.sequence(values)]
  }

  private static func split(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let axis = try Extent.axis(call.integer("axis", 0), x.rank)
    let length = x.shape[axis]
    var lengths = [Int](repeating: 1, count: length)
    var keeps = call.integer("keepdims", 1) == 1
    if let given = try call.optional(1) {
      keeps = true
      lengths = try given.integers().scalars
      if given.rank == 0 {
        guard lengths[0] > 0 else { throw ONNXError("Parts have at least one element; found \(lengths[0]).") }
        lengths = stride(from: 0, to: length, by: lengths[0]).map { min(lengths[0], length - $0) }
      }
    }
    guard lengths.allSatisfy({ $0 >= 0 && $0 <= length }), lengths.reduce(0, +) == length else {
      throw ONNXError("The parts \(lengths) do not add up to axis \(axis) of \(x.shape).")
    }
    var start = 0
    return [
      .sequence(
        try lengths.map { count in
          defer { start += count }
          let part = x.slice(axis, start: start, count: count)
          var shape = part.shape
          if !keeps { shape.remove(at: axis) }
          return .tensor(try part.reshaped(shape))
        })
    ]
  }

  private static func concatenated(_ call: OperatorCall) throws -> [ONNXValue] {
    var parts = try sequence(call).map { value -> ONNXTensor in
      guard case .tensor(let tensor) = value else { throw ONNXError("The sequence holds \(value.kind).") }
      return tensor
    }
    guard let first = parts.first else { throw ONNXError("The sequence is empty.") }
    var axis = call.integer("axis", 0)
    if call.integer("new_axis", 0) == 1 {
      axis = try Extent.axis(axis, first.rank + 1)
      parts = try parts.map { part in
        guard part.rank == first.rank else { throw ONNXError("The sequence's tensors differ in their axes.") }
        return try part.reshaped(Array(part.shape[..<axis]) + [1] + part.shape[axis...])
      }
    }
    return call.result(try .concatenated(parts, axis: axis))
  }

  /// The body's outputs for each element, as sequences.
  private static func map(_ call: OperatorCall) throws -> [ONNXValue] {
    let first = try sequence(call)
    let body = try call.graph("body")
    var results = [[ONNXValue]](repeating: [], count: body.outputs.count)
    for place in first.indices {
      var given: [String: ONNXValue] = [:]
      for (port, operand) in zip(body.inputs, call.operands) {
        if case .sequence(let values)? = operand {
          guard place < values.count else { throw ONNXError("The sequences differ in length.") }
          given[port.name] = values[place]
        } else {
          given[port.name] = operand
        }
      }
      for (output, value) in try call.run.outputs(of: body, given: given).enumerated() { results[output].append(value) }
    }
    return results.map { .sequence($0) }
  }
}

import CMartletRuntime
import MartletNumerics

/// Graphs that run if, while, or for each.
enum ControlOperators {
  static let table: [String: ONNXOperator] = ["If": condition, "Loop": loop, "Scan": scan]

  private static func condition(_ call: OperatorCall) throws -> [ONNXValue] {
    let isTrue = try call.tensor(0).truths().scalar1
    return try call.run.outputs(of: try call.graph(isTrue ? "then_branch" : "else_branch"), given: [:])
  }

  /// The body gets the number of the turn, the condition and what is carried on; it gives the condition, what is carried on,
  /// and what is collected.
  private static func loop(_ call: OperatorCall) throws -> [ONNXValue] {
    let body = try call.graph("body")
    let most = try call.optionalIntegers(0)?.first ?? Int.max
    var goesOn = try call.optional(1)?.truths().scalar1 ?? true
    var carried = call.operands.dropFirst(2).map { $0 ?? .none }
    guard body.inputs.count == carried.count + 2, body.outputs.count > carried.count else {
      throw ONNXError("The loop's body has \(body.inputs.count) inputs; \(carried.count + 2) were expected.")
    }
    var collected = [[ONNXTensor]](repeating: [], count: body.outputs.count - 1 - carried.count)
    var turn = 0
    while goesOn, turn < most {
      martlet_poll()
      guard turn < longest else { throw ONNXError("The loop has not ended after \(longest) turns.") }
      var given: [String: ONNXValue] = [
        body.inputs[0].name: .tensor(ONNXTensor(Tensor(scalar: turn))),
        body.inputs[1].name: .tensor(ONNXTensor(Tensor(scalar: goesOn))),
      ]
      for (port, value) in zip(body.inputs.dropFirst(2), carried) { given[port.name] = value }
      let results = try call.run.outputs(of: body, given: given)
      if case .tensor(let next) = results[0] { goesOn = try next.truths().scalar1 }
      carried = Array(results[1..<carried.count + 1])
      for (place, value) in results[(carried.count + 1)...].enumerated() { collected[place].append(try tensor(value)) }
      turn += 1
    }
    return carried
      + (try zip(collected, body.outputs.dropFirst(carried.count + 1)).map { parts, port in
        .tensor(try stacked(parts, port, axis: 0))
      })
  }

  /// After so many turns a loop is taken for one without an end.
  private static let longest = 1 << 20

  private static func tensor(_ value: ONNXValue) throws -> ONNXTensor {
    guard case .tensor(let tensor) = value else { throw ONNXError("A tensor is collected; found \(value.kind).") }
    return tensor
  }

  private static func stacked(_ parts: [ONNXTensor], _ port: ONNXModel.Port, axis: Int) throws -> ONNXTensor {
    if parts.isEmpty {
      return try ONNXTensor(Matrix.zeros(shape: [0] + (port.shape ?? []).map { $0 ?? 0 })).cast(
        to: port.elementType ?? .float)
    }
    return try .concatenated(
      try parts.map { part in
        let place = try Extent.axis(axis, part.rank + 1)
        return try part.reshaped(Array(part.shape[..<place]) + [1] + part.shape[place...])
      }, axis: axis)
  }

  /// The body gets a state and a slice of each scanned input; it gives the state and slices of the outputs. Version 8 has a
  /// batch in front, and lengths.
  private static func scan(_ call: OperatorCall) throws -> [ONNXValue] {
    let body = try call.graph("body")
    let scanCount = call.integer("num_scan_inputs", 1)
    let isOld = call.version < 9
    let operands = try call.operands.dropFirst(isOld ? 1 : 0).map { try tensor($0 ?? .none) }
    let stateCount = operands.count - scanCount
    guard scanCount > 0, stateCount >= 0, body.inputs.count == operands.count, body.outputs.count >= stateCount else {
      throw ONNXError("The scan's body has \(body.inputs.count) inputs; \(operands.count) were expected.")
    }
    guard isOld else { return try scanned(call, body, operands, stateCount).map { .tensor($0) } }
    let batches = operands[0].shape.first ?? 0
    let results = try (0..<batches).map { batch in
      try scanned(call, body, try operands.map { try part($0, batch, axis: 0) }, stateCount)
    }
    return try (0..<(results.first?.count ?? 0)).map { place in
      .tensor(try stacked(results.map { $0[place] }, body.outputs[place], axis: 0))
    }
  }

  private static func part(_ x: ONNXTensor, _ index: Int, axis: Int) throws -> ONNXTensor {
    guard axis < x.rank, index < x.shape[axis] else {
      throw ONNXError("There is no part \(index) along axis \(axis) of \(x.shape).")
    }
    var shape = x.shape
    shape.remove(at: axis)
    return try x.slice(axis, start: index, count: 1).reshaped(shape)
  }

  private static func scanned(
    _ call: OperatorCall, _ body: ONNXGraph, _ operands: [ONNXTensor], _ stateCount: Int
  ) throws -> [ONNXTensor] {
    var states = Array(operands[..<stateCount])
    let inputs = Array(operands[stateCount...])
    let inputAxes = try inputs.indices.map {
      let axes = call.integers("scan_input_axes") ?? []
      return try Extent.axis($0 < axes.count ? axes[$0] : 0, inputs[$0].rank)
    }
    let backwards = call.integers(call.has("directions") ? "directions" : "scan_input_directions") ?? []
    let outBackwards = call.integers("scan_output_directions") ?? []
    let outAxes = call.integers("scan_output_axes") ?? []
    let length = inputs[0].shape[inputAxes[0]]
    var collected = [[ONNXTensor]](repeating: [], count: body.outputs.count - stateCount)
    for turn in 0..<length {
      martlet_poll()
      var given: [String: ONNXValue] = [:]
      for (port, state) in zip(body.inputs, states) { given[port.name] = .tensor(state) }
      for (place, input) in inputs.enumerated() {
        let isBackwards = place < backwards.count && backwards[place] == 1
        given[body.inputs[stateCount + place].name] = .tensor(
          try part(input, isBackwards ? length - 1 - turn : turn, axis: inputAxes[place]))
      }
      let results = try call.run.outputs(of: body, given: given).map { try tensor($0) }
      states = Array(results[..<stateCount])
      for (place, result) in results[stateCount...].enumerated() { collected[place].append(result) }
    }
    return states
      + (try collected.enumerated().map { place, parts in
        let isBackwards = place < outBackwards.count && outBackwards[place] == 1
        return try stacked(
          isBackwards ? parts.reversed() : parts, body.outputs[stateCount + place],
          axis: place < outAxes.count ? outAxes[place] : 0)
      })
  }
}

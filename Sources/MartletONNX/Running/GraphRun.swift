import CMartletRuntime

/// One pass over the nodes of a graph.
///
/// Values live until the last node that uses them has run, so that a deep network needs no more memory than its widest part.
struct GraphRun {
  let file: ONNXFile
  /// What the graphs around this one have made.
  var outer: [String: ONNXValue] = [:]
  /// The attributes of the node whose function this is.
  var functionAttributes: [String: ONNXAttribute] = [:]
  var depth = 0

  /// The values of the graph's outputs.
  func outputs(of graph: ONNXGraph, given: [String: ONNXValue]) throws -> [ONNXValue] {
    guard depth < 64 else { throw ONNXError("The model's graphs and functions call each other more than 64 deep.") }
    var values = given
    for (name, tensor) in graph.initializers where values[name] == nil { values[name] = .tensor(tensor) }
    var lastUse: [String: Int] = [:]
    for (place, node) in graph.nodes.enumerated() {
      for name in node.inputs + node.outerNames { lastUse[name] = place }
    }
    for port in graph.outputs { lastUse[port.name] = .max }
    for (place, node) in graph.nodes.enumerated() {
      martlet_poll()
      let results = try self.results(of: node, values)
      for (name, result) in zip(node.outputs, results) where !name.isEmpty { values[name] = result }
      for name in Set(node.inputs) where lastUse[name] == place { values[name] = nil }
    }
    return try graph.outputs.map { port in
      guard let value = values[port.name] ?? outer[port.name] else {
        throw ONNXError("The output '\(port.name)' is made by no node.")
      }
      return value
    }
  }

  private func results(of node: ONNXNode, _ values: [String: ONNXValue]) throws -> [ONNXValue] {
    let key = OperatorTable.key(node.domain, node.operation)
    do {
      let operands = try node.inputs.map { name -> ONNXValue? in
        if name.isEmpty { return nil }
        guard let value = values[name] ?? outer[name] else {
          throw ONNXError("its input '\(name)' is made by no node.")
        }
        return value
      }
      var node = node
      if depth > 0 { node.attributes = try resolved(node.attributes) }
      if let function = file.functions[key] { return try call(function, node, operands) }
      guard let operation = OperatorTable.all[key] else { throw ONNXError("There is no such operator.") }
      var inner = self
      if node.attributes.contains(where: { if case .graph = $0.value { true } else { false } }) {
        inner.outer.merge(values) { $1 }
      }
      inner.depth += 1
      return try operation(
        OperatorCall(node: node, operands: operands, version: file.versions[node.domain] ?? 1, run: inner))
    } catch let error as ONNXError {
      throw error.at(node.title)
    }
  }

  private func call(_ function: ONNXFunction, _ node: ONNXNode, _ operands: [ONNXValue?]) throws -> [ONNXValue] {
    var given: [String: ONNXValue] = [:]
    for (port, operand) in zip(function.graph.inputs, operands) { given[port.name] = operand ?? ONNXValue.none }
    for port in function.graph.inputs where given[port.name] == nil { given[port.name] = ONNXValue.none }
    let inner = GraphRun(
      file: file, functionAttributes: function.defaults.merging(node.attributes) { $1 }, depth: depth + 1)
    return try inner.outputs(of: function.graph, given: given)
  }

  /// Attributes with what a function's node has put in the place of their references.
  private func resolved(_ attributes: [String: ONNXAttribute]) throws -> [String: ONNXAttribute] {
    attributes.compactMapValues { attribute in
      if case .reference(let name) = attribute { functionAttributes[name] } else { attribute }
    }
  }
}

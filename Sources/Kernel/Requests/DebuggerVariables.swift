import JSON
import Session

/// Variables in the form of the debug protocol.
enum DebuggerVariables {
  /// The reference that stands for all variables.
  private static let globals = 1
  /// How many parts are told when a frontend does not say how many it wants: JupyterLab draws all that it gets.
  private static let usualCount = 100
  private static let largestCount = 10_000

  /// For frontends that go from stack frames to scopes to variables.
  static let scopes: JSONValue = [
    "scopes": [["name": "Globals", "variablesReference": .integer(globals), "expensive": false]]
  ]

  static func all(_ kernel: KernelServices) -> JSONValue {
    ["variables": .array(kernel.evaluator.variables().map { variable($0, kernel) })]
  }

  static func parts(_ arguments: JSONValue, _ kernel: KernelServices) throws(RequestError) -> JSONValue {
    guard let reference = arguments["variablesReference"]?.integer else {
      throw RequestError("'variablesReference' is not a number.")
    }
    if reference == globals { return all(kernel) }
    let start = max(arguments["start"]?.integer ?? 0, 0)
    let wanted = arguments["count"]?.integer ?? 0
    let count = wanted > 0 ? min(wanted, largestCount) : usualCount
    guard start < Int.max - count,
      let children = kernel.evaluator.children(ofVariable: reference, range: start..<start + count)
    else {
      throw RequestError("Nothing has the reference \(reference) any more. Ask for the variables again.")
    }
    var variables = children.map { variable($0, kernel) }
    if wanted <= 0, children.count == count { variables.append(rest(after: start + count)) }
    return ["variables": .array(variables)]
  }

  /// Says that there is more than a frontend that does not count will see.
  private static func rest(after count: Int) -> JSONValue {
    [
      "name": "…", "value": .string("(the first \(count) are listed)"), "type": "", "evaluateName": "…",
      "variablesReference": 0,
    ]
  }

  static func rich(_ arguments: JSONValue, _ kernel: KernelServices) throws(RequestError) -> JSONValue {
    guard let name = arguments["variableName"]?.string else { throw RequestError("'variableName' is not text.") }
    guard let output = kernel.evaluator.richDescription(of: name) else {
      throw RequestError("There is no variable '\(name)'.")
    }
    return ["data": .object(output.data), "metadata": .object(output.metadata)]
  }
}

// MARK: - One variable

extension DebuggerVariables {
  /// Longer values are left to the places that show nothing else.
  private static let longestShown = 80

  private static func variable(_ description: VariableDescription, _ kernel: KernelServices) -> JSONValue {
    let type = description.typeAndShape
    var variable: [String: JSONValue] = [
      "name": .string(description.name), "evaluateName": .string(description.expression),
      "type": .string(kernel.debugger.client == "jupyterlab" ? type + shown(description) : type),
      "value": .string(description.value), "variablesReference": .integer(description.reference),
    ]
    if description.childCount > 0 {
      variable[description.shape == nil ? "namedVariables" : "indexedVariables"] = .integer(description.childCount)
    }
    if let shape = description.shape { variable["shape"] = .array(shape.map { .integer($0) }) }
    return .object(variable)
  }

  /// JupyterLab's tree shows names and types and, but for four types of Python, no values. So that it reads `n: Int = 42`,
  /// the value stands with the type there, where it cannot be unfolded.
  private static func shown(_ description: VariableDescription) -> String {
    guard description.childCount == 0, !description.value.isEmpty, description.value != "(Function)" else { return "" }
    let value = description.value
    return " = " + (value.count > longestShown ? value.prefix(longestShown) + "…" : value)
  }
}

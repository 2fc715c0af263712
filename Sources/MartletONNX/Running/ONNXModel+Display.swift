import MartletDisplay

extension ONNXModel: CustomStringConvertible, RichDisplayable {
  /// What goes in, what comes out, and what it is made of.
  public var description: String {
    func line(_ port: Port) -> String {
      "  \(port.name): \(port.elementType.map { "\($0) " } ?? "")\(port.shapeText)"
    }
    let counted = operators.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) ×\($0.value)" }
    return
      ([
        "ONNX model\(producer.isEmpty ? "" : " of \(producer)"), \(parameterCount) numbers, \(byteCount) bytes",
        "inputs",
      ]
      + inputs.map(line) + ["outputs"] + outputs.map(line)
      + ["operators (\(versionText))", "  " + counted.joined(separator: ", ")]).joined(separator: "\n")
  }

  private var versionText: String {
    operatorVersions.sorted { $0.key < $1.key }.map { "\($0.key.isEmpty ? "ai.onnx" : $0.key) \($0.value)" }
      .joined(separator: ", ")
  }

  public func displayBundle() -> DisplayBundle {
    func rows(_ title: String, _ ports: [Port]) -> String {
      ports.map { port in
        "<tr><td>\(title)</td><td><code>\(port.name.htmlEscaped)</code></td><td>\(port.elementType.map { "\($0)" } ?? "")</td><td>\(port.shapeText.htmlEscaped)</td></tr>"
      }.joined()
    }
    let counted = operators.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let chips = counted.map { "\($0.key.htmlEscaped)&nbsp;×\($0.value)" }.joined(separator: ", ")
    let head =
      "ONNX model\(producer.isEmpty ? "" : " of \(producer)"), \(parameterCount) numbers, \(byteCount) bytes, \(versionText)"
      .htmlEscaped
    return [
      .plainText: .text(description),
      .html: .text(
        "<table><caption>\(head)</caption>\(rows("input", inputs))\(rows("output", outputs))<tr><td>operators</td><td colspan=\"3\">\(chips)</td></tr></table>"
      ),
    ]
  }
}

extension ONNXTensor: CustomStringConvertible {
  public var description: String {
    if let texts { return "\(elementType) \(shape): \(texts.prefix(20))" }
    let numbers = (doubles?.scalars ?? []).prefix(20).map { "\($0)" }
    return "\(elementType) \(shape): [\(numbers.joined(separator: ", "))\(count > 20 ? ", …" : "")]"
  }
}

extension ONNXValue: CustomStringConvertible {
  public var description: String {
    switch self {
    case .tensor(let tensor): tensor.description
    case .sequence(let values): "[\(values.map(\.description).joined(separator: ", "))]"
    case .map(let entries): "{\(entries.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}"
    case .none: "nothing"
    }
  }
}

extension ONNXOutputs: CustomStringConvertible {
  public var description: String { zip(names, values).map { "\($0): \($1)" }.joined(separator: "\n") }
}

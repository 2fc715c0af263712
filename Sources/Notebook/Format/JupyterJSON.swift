import JSON

/// JSON in the layout of notebook files: members in alphabetical order, one space of indent for each level.
enum JupyterJSON {
  static func text(of value: JSONValue) -> String {
    var text = ""
    append(value, to: &text, level: 0)
    return text
  }

  private static func append(_ value: JSONValue, to text: inout String, level: Int) {
    switch value {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    // JSON has no word for infinity or not-a-number.
    case .number(let value): text += value.isFinite ? "\(value)" : "null"
    case .string(let value): append(value, to: &text)
    case .array(let elements):
      appendList(elements, between: ("[", "]"), to: &text, level: level) { element, text in
        append(element, to: &text, level: level + 1)
      }
    case .object(let members):
      appendList(members.sorted { $0.key < $1.key }, between: ("{", "}"), to: &text, level: level) { member, text in
        append(member.key, to: &text)
        text += ": "
        append(member.value, to: &text, level: level + 1)
      }
    }
  }

  private static func appendList<Element>(
    _ elements: [Element], between brackets: (String, String), to text: inout String, level: Int,
    appending append: (Element, inout String) -> Void
  ) {
    text += brackets.0
    for (index, element) in elements.enumerated() {
      text += (index == 0 ? "\n" : ",\n") + String(repeating: " ", count: level + 1)
      append(element, &text)
    }
    if !elements.isEmpty { text += "\n" + String(repeating: " ", count: level) }
    text += brackets.1
  }

  private static func append(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{8}": text += "\\b"
      case "\u{C}": text += "\\f"
      case ..<" ":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}

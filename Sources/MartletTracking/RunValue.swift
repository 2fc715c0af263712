import MartletFrames

/// A parameter's value, as it is kept: its kind and its text.
enum RunValue: Hashable, Sendable {
  case int(Int)
  case double(Double)
  case bool(Bool)
  case text(String)

  /// A number or a truth value as what it is; of anything else, its text.
  init(_ value: Any) {
    self =
      switch value {
      case let value as Int: .int(value)
      case let value as Double: .double(value)
      case let value as Bool: .bool(value)
      case let value as String: .text(value)
      case let value as Float: .double(Double(value))
      case let value as any BinaryInteger: Int(exactly: value).map(RunValue.int) ?? .text("\(value)")
      default: .text("\(value)")
      }
  }

  init?(kind: String, text: String) {
    switch kind {
    case "int": if let value = Int(text) { self = .int(value) } else { return nil }
    case "double": if let value = Double(text) { self = .double(value) } else { return nil }
    case "bool": self = .bool(text == "true")
    default: self = .text(text)
    }
  }

  var kind: String {
    switch self {
    case .int: "int"
    case .double: "double"
    case .bool: "bool"
    case .text: "text"
    }
  }

  var text: String {
    switch self {
    case .int(let value): "\(value)"
    case .double(let value): "\(value)"
    case .bool(let value): "\(value)"
    case .text(let value): value
    }
  }

  var number: Double? {
    switch self {
    case .int(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }

  /// A column of the values of several runs, of the narrowest type that holds all of them.
  static func column(_ name: String, _ values: [RunValue?]) -> AnyColumn {
    let present = values.compactMap { $0 }
    if present.allSatisfy({ $0.kind == "int" }) {
      return AnyColumn(Column(name, values.map { if case .int(let value)? = $0 { value } else { nil } }))
    }
    if present.allSatisfy({ $0.number != nil }) { return AnyColumn(Column(name, values.map { $0?.number })) }
    if present.allSatisfy({ $0.kind == "bool" }) {
      return AnyColumn(Column(name, values.map { if case .bool(let value)? = $0 { value } else { nil } }))
    }
    return AnyColumn(Column(name, values.map { $0?.text }))
  }
}

/// Types as people write them: `[String: Double?]`, not `Dictionary<String, Optional<Double>>`, and without modules.
enum TypeName {
  static func of(_ type: Any.Type) -> String {
    if let indirect = type as? any IndirectVariable.Type { return of(indirect.valueType) }
    let name = sugared(_typeName(type, qualified: false))
    return isProtocol(type) && name != "Any" && name != "AnyObject" ? "any " + name : name
  }

  /// Whether values of the type can be of any type that conforms to a protocol.
  private static func isProtocol(_ type: Any.Type) -> Bool {
    // A type's metadata begins with its kind; these two are the ABI's numbers for existential types.
    let kind = unsafeBitCast(type, to: UnsafePointer<UInt>.self).pointee
    return kind == 0x303 || kind == 0x307
  }

  /// Replaces the generic forms of arrays, dictionaries and optionals by the short ones.
  static func sugared(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "<")) else { return text }
    var reader = Reader(text)
    return reader.types(until: nil)
  }

  /// Reads a type's text once, from left to right.
  private struct Reader {
    private let characters: [Character]
    private var position = 0
    private var depth = 0

    init(_ text: String) { characters = Array(text) }

    /// The text up to a closing bracket, which is not consumed.
    mutating func types(until end: Character?) -> String {
      var result = ""
      var word = ""
      depth += 1
      defer { depth -= 1 }
      while position < characters.count, characters[position] != end || isArrow {
        let character = characters[position]
        position += 1
        switch character {
        case "<" where !word.isEmpty && depth < 64:
          let arguments = list(until: ">")
          result += Self.short(word, arguments)
          word = ""
        case "(" where depth < 64:
          result += word + "(" + types(until: ")") + ")"
          word = ""
          position += 1
        case _ where character.isLetter || character.isNumber || character == "_": word.append(character)
        default:
          result += word + String(character)
          word = ""
        }
      }
      return result + word
    }

    /// Whether the `>` that comes next is an arrow's.
    private var isArrow: Bool { characters[position] == ">" && position > 0 && characters[position - 1] == "-" }

    /// The arguments between brackets, the closing one consumed.
    private mutating func list(until end: Character) -> [String] {
      var arguments: [String] = []
      var depth = 0
      let text = types(until: end)
      position += 1
      var argument = ""
      for character in text {
        if "(<[".contains(character) { depth += 1 }
        if ")>]".contains(character), !(character == ">" && argument.last == "-") { depth -= 1 }
        if character == ",", depth == 0 {
          arguments.append(argument)
          argument = ""
        } else if !(character == " " && argument.isEmpty) {
          argument.append(character)
        }
      }
      return arguments + [argument]
    }

    private static func short(_ name: String, _ arguments: [String]) -> String {
      switch (name, arguments.count) {
      case ("Array", 1): "[\(arguments[0])]"
      case ("Dictionary", 2): "[\(arguments[0]): \(arguments[1])]"
      case ("Optional", 1): (isCompound(arguments[0]) ? "(\(arguments[0]))" : arguments[0]) + "?"
      default: "\(name)<\(arguments.joined(separator: ", "))>"
      }
    }

    /// Whether a `?` behind the type would belong to a part of it only.
    private static func isCompound(_ type: String) -> Bool {
      var depth = 0
      for character in type {
        if "(<[".contains(character) { depth += 1 }
        if ")>]".contains(character) { depth -= 1 }
        if character == " ", depth == 0 { return true }
      }
      return false
    }
  }
}

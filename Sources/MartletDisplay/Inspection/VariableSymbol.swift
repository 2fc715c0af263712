import Glibc

/// What the linker's symbol of a global variable says: its name, and its type.
///
/// The symbol of `let p = Point()` in module `Cell7` is `$s5Cell71pAA5PointVvp`: `$s`, the module, the name, the type,
/// `vp`. In the type, `AA` stands for what was named first, the module, so the type alone could not be read. Its
/// identifiers have to come along, as the labels of two more parameters: `(Cell7: Int, p: Int, Point) -> Int` is a type
/// that the runtime finds by its mangled name, and its third parameter is what was looked for.
struct VariableSymbol {
  private let symbol: String
  /// What stands between the module and `vp`, and where in it the type begins.
  private let module: ArraySlice<UInt8>
  private let identifiers: [ArraySlice<UInt8>]
  private let mangledType: ArraySlice<UInt8>

  /// `nil` when the symbol is not that of a global variable.
  init?(_ symbol: String) {
    let bytes = Array(symbol.utf8)
    guard bytes.count > 6, bytes.starts(with: "$s".utf8), bytes.suffix(2).elementsEqual("vp".utf8) else { return nil }
    let body = bytes.dropFirst(2).dropLast(2)
    guard let moduleEnd = Self.endOfIdentifier(body),
      let nameEnd = Self.endOfIdentifier(body[moduleEnd...])
    else { return nil }
    self.symbol = symbol
    module = body[..<moduleEnd]
    let name = body[moduleEnd..<nameEnd]
    // A private variable's name is followed by an identifier of its file, and by `LL`.
    if let fileEnd = Self.endOfIdentifier(body[nameEnd...]), body[fileEnd...].starts(with: "LL".utf8) {
      identifiers = [name, body[nameEnd..<fileEnd]]
      mangledType = body[(fileEnd + 2)...]
    } else {
      identifiers = [name]
      mangledType = body[nameEnd...]
    }
  }

  /// The variable's name, as `let name` has it.
  var name: String? {
    guard let text = Self.demangled(symbol), let colon = text.firstRange(of: " : "),
      let dot = text[..<colon.lowerBound].firstIndex(of: ".")
    else { return nil }
    let name = text[text.index(after: dot)..<colon.lowerBound]
    // A private one: `(name in _1ED9A0FB…)`.
    let plain = name.first == "(" ? Self.withoutFiles(String(name)) : String(name)
    return plain.filter { $0 != "`" }
  }

  /// The type; `nil` for what the runtime does not find by name: types that cannot be copied, and those behind `some`.
  var type: Any.Type? { typeByName ?? typeByAccessor }

  private var typeByName: Any.Type? {
    // The type of a function begins with the list of its labels, which are none.
    let candidates = mangledType.first == UInt8(ascii: "y") ? [mangledType, mangledType.dropFirst()] : [mangledType]
    for candidate in candidates {
      var text = Array("SiSi".utf8) + module + Array("_".utf8)
      for identifier in identifiers { text += Array("Si".utf8) + identifier }
      text += candidate + Array("tc".utf8)
      guard let function = _typeByName(String(decoding: text, as: UTF8.self)) else { continue }
      // A function type's metadata: its kind, flags and result in a word each, then the parameters' types.
      let parameters = unsafeBitCast(function, to: UnsafeRawPointer.self) + 3 * MemoryLayout<UnsafeRawPointer>.stride
      return parameters.load(
        fromByteOffset: (1 + identifiers.count) * MemoryLayout<UnsafeRawPointer>.stride, as: Any.Type.self)
    }
    return nil
  }

  private typealias Accessor = @convention(c) (Int) -> UnsafeRawPointer?

  /// A private type of the variable's own cell, which the runtime knows no name of, but whose symbol leads to the function
  /// that gives it.
  private var typeByAccessor: Any.Type? {
    guard let symbol = accessorSymbol, let function = dlsym(nil, symbol) else { return nil }
    // Type accessors take the wanted state of the metadata, 0 for all of it, and return its address in the first register.
    let accessor = unsafeBitCast(function, to: Accessor.self)
    return accessor(0).map { unsafeBitCast($0, to: Any.Type.self) }
  }

  /// The type is `AA`, its name, what its file is called, `LL`, and one letter. A private variable has named the file before,
  /// so that the type has `AC` in its place.
  private var accessorSymbol: String? {
    guard mangledType.starts(with: "AA".utf8), mangledType.suffix(3).starts(with: "LL".utf8),
      let nameEnd = Self.endOfIdentifier(mangledType.dropFirst(2))
    else { return nil }
    let name = mangledType[(mangledType.startIndex + 2)..<nameEnd]
    var file = mangledType[nameEnd...].dropLast(3)
    if file.elementsEqual("AC".utf8), identifiers.count == 2 { file = identifiers[1] }
    let text = Array("$s".utf8) + module + name + file + mangledType.suffix(3) + Array("Ma".utf8)
    return String(decoding: text, as: UTF8.self)
  }

  /// The type as far as the symbol's text tells it, for types that are not found.
  var typeText: String {
    guard let text = Self.demangled(symbol), let colon = text.firstRange(of: " : ") else { return "?" }
    let type = Self.withoutFiles(String(text[colon.upperBound...]))
    return type.contains("<<opaque return type") ? "some …" : TypeName.sugared(withoutModules(type))
  }

  /// Private types are written `(Name in _1ED9A0FB…)`.
  private static func withoutFiles(_ text: String) -> String {
    guard let mark = text.firstRange(of: " in _"), let start = text[..<mark.lowerBound].lastIndex(of: "("),
      let end = text[mark.upperBound...].firstIndex(of: ")")
    else { return text }
    let rest = withoutFiles(String(text[text.index(after: end)...]))
    return text[..<start] + text[text.index(after: start)..<mark.lowerBound] + rest
  }

  private func withoutModules(_ text: String) -> String {
    var result = ""
    var word = ""
    for character in text {
      if character.isLetter || character.isNumber || character == "_" {
        word.append(character)
      } else if character == ".", !word.isEmpty {
        word = ""
      } else {
        result += word + String(character)
        word = ""
      }
    }
    return result + word
  }

  /// The end of the identifier with which mangled text begins; `nil` when it begins with none.
  ///
  /// An identifier is its length and its characters. After `0` come parts, among them letters that stand for words of
  /// earlier identifiers (the last of those is a capital); after `00`, Punycode.
  private static func endOfIdentifier(_ text: ArraySlice<UInt8>) -> Int? {
    var position = text.startIndex
    func next() -> UInt8 { position < text.endIndex ? text[position] : 0 }
    func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }
    let zero = UInt8(ascii: "0")
    guard isDigit(next()) else { return nil }
    var hasWords = false
    var isPunycode = false
    if next() == zero {
      position += 1
      isPunycode = next() == zero
      hasWords = !isPunycode
      if isPunycode { position += 1 }
    }
    repeat {
      while hasWords, isLetter(next()) {
        hasWords = next() >= UInt8(ascii: "a")
        position += 1
      }
      if next() == zero {
        position += 1
        break
      }
      var length = 0
      while isDigit(next()), length < text.count {
        length = length * 10 + Int(next() - zero)
        position += 1
      }
      if isPunycode, next() == UInt8(ascii: "_") { position += 1 }
      guard length > 0, length <= text.endIndex - position else { return nil }
      position += length
    } while hasWords
    return position
  }

  private typealias Demangle =
    @convention(c) (UnsafePointer<CChar>, Int, UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<Int>?, UInt32) ->
    UnsafeMutablePointer<CChar>?

  /// The symbol as the runtime's demangler writes it: `Cell7.p : Cell7.Point`.
  private static func demangled(_ symbol: String) -> String? {
    guard let function = dlsym(nil, "swift_demangle") else { return nil }
    // The signature is the one in the runtime's own header, Demangle.h.
    let demangle = unsafeBitCast(function, to: Demangle.self)
    guard let text = demangle(symbol, symbol.utf8.count, nil, nil, 0) else { return nil }
    defer { free(text) }
    return String(cString: text)
  }
}

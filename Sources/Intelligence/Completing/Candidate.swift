/// One of SourceKit's proposals that may be shown, with what decides its place. There can be ten thousand: the rest is read of those
/// that are shown.
struct Candidate {
  let value: SourceKitValue
  /// Without labels.
  let baseName: String
  let kind: Completion.Kind
  /// How many bytes before the offset it replaces.
  let erased: Int
  let nearness: Nearness
  /// Whether its type is the expected one.
  let isConvertible: Bool
  let isDiscouraged: Bool
  /// The number in the name of the earlier cell's module that declares it; 0 for anything else.
  let cell: Int
  /// Its place in SourceKit's answer.
  let order: Int

  /// `nil` for what does not begin with the prefix, in upper or lower case, and what is never shown: generated and internal names,
  /// literals of Xcode's.
  init?(_ value: SourceKitValue, order: Int, prefix: [UInt8], kinds: KindTable) {
    let keys = value.sourceKit.keys
    guard let name = value[keys.name]?.bytes, Self.matches(name, prefix), var kind = kinds[value[keys.kind]] else {
      return nil
    }
    // Inside a call's parentheses SourceKit proposes the rest of the call under the function's own kind.
    let first = value[keys.description]?.bytes?.first
    if first == UInt8(ascii: "(") || first == UInt8(ascii: "[") { kind = .argument }
    let base = name.prefix { $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ":") }
    let baseName = String(decoding: base.filter { $0 != UInt8(ascii: "`") }, as: UTF8.self)
    let module = value[keys.module]?.string
    if kind == .module ? GeneratedNames.hidesModule(baseName) : GeneratedNames.hides(baseName[...], module: module) {
      return nil
    }
    let context = kinds.context(value[keys.context])
    // On a type, SourceKit also proposes its methods as functions that take the value first.
    if kind == .method, context == .type || context == .inherited, Self.takesValueFirst(value[keys.description]) {
      return nil
    }
    // `a.self` is rarely meant where nothing of it was typed.
    if kind == .keyword, context == .type, prefix.isEmpty { return nil }
    cell = module.flatMap { GeneratedNames.cell(ofModule: $0) } ?? 0
    self.value = value
    self.baseName = baseName
    self.kind = kind
    erased = value[keys.erased]?.integer ?? 0
    isConvertible = kinds.isConvertible(value[keys.typeRelation])
    isDiscouraged = value[keys.isDiscouraged]?.isTrue == true
    self.order = order
    nearness = Nearness(kind: kind, name: baseName, module: module, context: context)
  }

  private static func takesValueFirst(_ description: SourceKitValue?) -> Bool {
    guard let bytes = description?.bytes, let start = bytes.firstIndex(of: UInt8(ascii: "(")) else { return false }
    return bytes[start...].starts(with: "(self: ".utf8)
  }

  private static func matches(_ name: UnsafeRawBufferPointer, _ prefix: [UInt8]) -> Bool {
    // Nobody types the backtick of a name that needs some before having seen it.
    let name = name.dropFirst(name.first == UInt8(ascii: "`") ? 1 : 0)
    guard name.count >= prefix.count else { return false }
    return zip(name, prefix).allSatisfy { lowercased($0) == lowercased($1) }
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }
}

/// What SourceKit's identifiers mean, each worked out once: an answer has thousands of them.
final class KindTable {
  private var kinds: [UnsafeMutableRawPointer: Completion.Kind?] = [:]
  private var contexts: [UnsafeMutableRawPointer: Nearness.Context] = [:]
  private let convertible: UnsafeMutableRawPointer

  init(sourceKit: SourceKit) {
    convertible = sourceKit.identifier("source.codecompletion.typerelation.convertible")
  }

  /// The kind of a completion; `nil` for what is never shown.
  subscript(value: SourceKitValue?) -> Completion.Kind? {
    guard let value, let identifier = value.identifier else { return nil }
    if let known = kinds[identifier] { return known }
    let kind = value.string.flatMap { Completion.Kind(sourceKit: $0) }
    kinds[identifier] = .some(kind)
    return kind
  }

  func context(_ value: SourceKitValue?) -> Nearness.Context {
    guard let value, let identifier = value.identifier else { return .other }
    if let known = contexts[identifier] { return known }
    let context = Nearness.Context(value.string)
    contexts[identifier] = context
    return context
  }

  func isConvertible(_ value: SourceKitValue?) -> Bool { value?.identifier == convertible }
}

extension Completion.Kind {
  /// The kind that sourcekitd names; `nil` for what is never shown.
  init?(sourceKit identifier: String) {
    let name = identifier.split(separator: ".").drop { $0 != "swift" }.dropFirst()
    // `ref` for a use, `decl` for a declaration.
    let parts = name.first == "ref" || name.first == "decl" ? name.dropFirst() : name
    switch (parts.first, parts.dropFirst().first) {
    case ("keyword", _): self = .keyword
    case ("pattern", _): self = .argument
    case ("function", "free"): self = .function
    case ("function", "method"), ("function", "subscript"): self = .method
    case ("function", "constructor"): self = .initializer
    case ("function", "operator"): self = .operator
    case ("function", "accessor"): self = .property
    case ("var", "global"), ("var", "local"), ("var", "parameter"): self = .variable
    case ("var", _): self = .property
    case ("struct", _): self = .struct
    case ("class", _), ("actor", _): self = .class
    case ("enum", _): self = .enum
    case ("enumelement", _): self = .enumCase
    case ("protocol", _): self = .protocol
    case ("typealias", _), ("associatedtype", _), ("generic_type_param", _), ("opaquetype", _): self = .type
    case ("module", _): self = .module
    case ("macro", _): self = .macro
    default: return nil
    }
  }
}

/// One of SourceKit's proposals that may be shown.
struct Candidate {
  /// How near to the cursor something is declared.
  enum Nearness: Int {
    case argument, expected, local, cell, ownMember, inheritedMember, toolkit, library, keyword, rareKeyword, module
  }

  /// Without labels.
  let baseName: String
  let kind: Completion.Kind
  let description: String
  let typeName: String
  let documentation: String
  /// What SourceKit would insert, with its `<#placeholders#>`.
  let insertion: String
  /// How many bytes before the offset it replaces.
  let erased: Int
  let nearness: Nearness
  /// Whether its type is the expected one.
  let isConvertible: Bool
  let isDiscouraged: Bool
  /// Its place in SourceKit's answer.
  let order: Int

  /// `nil` for what is never shown: generated and internal names, literals of Xcode's, things that cannot be typed.
  init?(_ value: SourceKitValue, order: Int) {
    guard let identifier = value["kind"]?.string, var kind = Completion.Kind(sourceKit: identifier),
      let name = value["name"]?.string, let description = value["description"]?.string
    else { return nil }
    let module = value["modulename"]?.string
    let insertion = value["sourcetext"]?.string ?? description
    let context = value["context"]?.string?.split(separator: ".").last.map(String.init) ?? "none"
    // Inside a call's parentheses SourceKit proposes the rest of the call under the function's own kind.
    let isRestOfCall = description.hasPrefix("(") || description.hasPrefix("[")
    if isRestOfCall { kind = .argument }
    let baseName = isRestOfCall ? String(name.prefix { $0 != ":" }) : String(name.prefix { $0 != "(" && $0 != ":" })
    if kind == .module ? GeneratedNames.hidesModule(baseName) : GeneratedNames.hides(baseName[...], module: module) {
      return nil
    }
    self.baseName = baseName
    self.kind = kind
    self.description = GeneratedNames.removingCells(from: description)
    typeName = TypeName.shown(value["typename"]?.string ?? "")
    documentation = value["doc.brief"]?.string ?? ""
    self.insertion = insertion
    erased = value["num_bytes_to_erase"]?.integer ?? 0
    isConvertible = value["typerelation"]?.string?.hasSuffix(".convertible") == true
    isDiscouraged = value["not_recommended"]?.isTrue == true
    self.order = order
    nearness = Self.nearness(kind: kind, name: baseName, module: module, context: context)
  }

  /// Whether the name begins with what was typed, in upper or lower case.
  func matches(_ prefix: String) -> Bool {
    if prefix.isEmpty { return !(kind == .keyword && baseName == "self" && nearness == .ownMember) }
    return baseName.utf8.count >= prefix.utf8.count && baseName.lowercased().hasPrefix(prefix.lowercased())
  }

  private static func nearness(kind: Completion.Kind, name: String, module: String?, context: String) -> Nearness {
    switch (kind, context) {
    case (.argument, _): .argument
    case (_, "exprspecific"): .expected
    case (.module, _): .module
    case (_, "local"): .local
    case (_, "thisclass"): .ownMember
    case (_, "superclass"), (_, "otherclass"): .inheritedMember
    case (.keyword, _): commonKeywords.contains(name) ? .keyword : .rareKeyword
    default:
      switch module {
      case let module? where GeneratedNames.cell(ofModule: module) != nil: .cell
      case let module? where module.hasPrefix("Martlet"): .toolkit
      default: .library
      }
    }
  }

  /// What notebooks are written with; the others are offered after everything else.
  private static let commonKeywords: Set<String> = [
    "let", "var", "func", "struct", "enum", "class", "extension", "import", "if", "else", "for", "while", "guard",
    "return", "switch", "case", "in", "true", "false", "nil", "try", "try?", "try!", "await", "do", "catch", "throw",
    "self", "protocol", "static", "init", "break", "continue", "where", "some", "any", "mutating", "defer", "repeat",
  ]
}

extension Completion.Kind {
  /// The kind that sourcekitd names; `nil` for what is never shown.
  init?(sourceKit identifier: String) {
    let name = identifier.split(separator: ".").drop { $0 != "swift" }.dropFirst()
    // `ref` for a use, `decl` for a declaration.
    let parts = name.first == "ref" || name.first == "decl" ? name.dropFirst() : name
    switch (parts.first, parts.dropFirst().first, parts.last) {
    case ("keyword", _, _): self = .keyword
    case ("pattern", _, _): self = .argument
    case ("function", "free", _): self = .function
    case ("function", "method", _): self = .method
    case ("function", "constructor", _): self = .initializer
    case ("function", "subscript", _): self = .method
    case ("function", "operator", _): self = .operator
    case ("function", "accessor", _): self = .property
    case ("var", "global", _), ("var", "local", _), ("var", "parameter", _): self = .variable
    case ("var", _, _): self = .property
    case ("struct", _, _): self = .struct
    case ("class", _, _), ("actor", _, _): self = .class
    case ("enum", _, _): self = .enum
    case ("enumelement", _, _): self = .enumCase
    case ("protocol", _, _): self = .protocol
    case ("typealias", _, _), ("associatedtype", _, _), ("generic_type_param", _, _), ("opaquetype", _, _): self = .type
    case ("module", _, _): self = .module
    case ("macro", _, _): self = .macro
    default: return nil
    }
  }
}

/// How near to the cursor something is declared, and so how likely it is meant; in the order in which it is offered.
enum Nearness: Int {
  case argument, expected, local, cell, ownMember, inheritedMember, keyword, toolkit, standardLibrary, library,
    rareKeyword
  case module

  /// SourceKit's word for where something comes from.
  enum Context {
    case expression, local, type, inherited, other

    init(_ identifier: String?) {
      switch identifier?.split(separator: ".").last {
      case "exprspecific": self = .expression
      case "local": self = .local
      case "thisclass": self = .type
      case "superclass", "otherclass": self = .inherited
      default: self = .other
      }
    }
  }

  init(kind: Completion.Kind, name: String, module: String?, context: Context) {
    switch (kind, context) {
    case (.argument, _): self = .argument
    case (_, .expression): self = .expected
    case (.module, _): self = .module
    case (_, .local): self = .local
    case (_, .type): self = .ownMember
    case (_, .inherited): self = .inheritedMember
    case (.keyword, _): self = Self.commonKeywords.contains(name) ? .keyword : .rareKeyword
    default: self = Self.nearness(ofModule: module ?? "")
    }
  }

  private static func nearness(ofModule module: String) -> Nearness {
    if GeneratedNames.cell(ofModule: module) != nil { return .cell }
    if module.hasPrefix("Martlet") { return .toolkit }
    return standardModules.contains(module) ? .standardLibrary : .library
  }

  private static let standardModules: Set<String> = ["Swift", "_Concurrency", "_StringProcessing"]

  /// What notebooks are written with; the others are offered after everything else.
  private static let commonKeywords: Set<String> = [
    "let", "var", "func", "struct", "enum", "class", "extension", "import", "if", "else", "for", "while", "guard",
    "return", "switch", "case", "in", "true", "false", "nil", "try", "try?", "try!", "await", "do", "catch", "throw",
    "self", "protocol", "static", "init", "break", "continue", "where", "some", "any", "mutating", "defer", "repeat",
  ]
}

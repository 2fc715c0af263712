/// The names that Martlet puts into cells and modules for itself: they are never offered and never shown.
enum GeneratedNames {
  /// Whether a declaration is hidden.
  ///
  /// - Parameters:
  ///   - name: its base name.
  ///   - module: where it is declared; `nil` for keywords and local names.
  static func hides(_ name: Substring, module: String?) -> Bool {
    if name.hasPrefix("_martlet") || name.hasPrefix("_Martlet") || name.hasPrefix("martlet_") { return true }
    guard let module else { return false }
    if hiddenModules.contains(module) || module.hasPrefix("_Builtin") || module.hasSuffix("Shims") { return true }
    // A leading underscore is a library's way to say "not for you"; in cells it is the user's own choice.
    return name.hasPrefix("_") && cell(ofModule: module) == nil
  }

  /// Whether a module is hidden where modules are offered.
  static func hidesModule(_ name: String) -> Bool {
    name.hasPrefix("_") || hiddenModules.contains(name) || supportModules.contains(name) || cell(ofModule: name) != nil
  }

  /// The number in a cell module's name; 0 is the cell that is being typed.
  static func cell(ofModule name: some StringProtocol) -> Int? {
    guard name.hasPrefix("Cell"), name.count <= 12 else { return nil }
    let digits = name.dropFirst(4)
    return digits.allSatisfy(\.isNumber) ? Int(digits) : nil
  }

  /// A type or declaration without the modules of cells: `[Point]` for `[Cell7.Point]`.
  static func removingCells(from text: String) -> String {
    guard text.contains("Cell") else { return text }
    var result = ""
    var word = ""
    for character in text {
      if character.isLetter || character.isNumber || character == "_" {
        word.append(character)
        continue
      }
      if character == ".", cell(ofModule: word) != nil, !result.hasSuffix(".") {
        word = ""
        continue
      }
      result += word
      word = ""
      result.append(character)
    }
    return result + word
  }

  /// C libraries under the toolkit, which re-exports them to itself.
  private static let hiddenModules: Set<String> = ["CMartletRuntime", "COpenBLAS", "CVectorMath", "CZlib"]

  /// Headers of the toolchain that are modules for technical reasons.
  private static let supportModules: Set<String> = [
    "availability_domain", "CDispatch", "CUUID", "feature_availability", "lifetimebound", "ptrauth", "ptrcheck",
    "SwiftGlibc", "SwiftOverlayShims",
  ]
}

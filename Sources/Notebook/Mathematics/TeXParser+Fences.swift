extension TeXParser {
  /// `\left( … \right)`: brackets as tall as what is between them.
  mutating func fenced() throws(Unknown) -> String {
    let opening = try fence()
    var content = try row { $0 == .command("right") || $0 == .command("middle") }
    while next == .command("middle") {
      index += 1
      content += try fence()
      content += try row { $0 == .command("right") || $0 == .command("middle") }
    }
    try expect(.command("right"))
    return "<mrow>\(opening)<mrow>\(content)</mrow>\(try fence())</mrow>"
  }

  /// - Parameter height: in em; `nil` for a bracket as tall as what it encloses.
  mutating func fence(height: String? = nil) throws(Unknown) -> String {
    skipSpaces()
    guard let token = next else { throw Unknown() }
    index += 1
    let sign: String
    switch token {
    case .character("."): return ""
    case .character(let character) where "()[]|/<>".contains(character):
      sign = character == "<" ? "⟨" : character == ">" ? "⟩" : String(character)
    case .command("{"): sign = "{"
    case .command("}"): sign = "}"
    case .command("|"): sign = "‖"
    case .command(let name):
      guard let found = TeXSymbols.operators[name] else { throw Unknown() }
      sign = found
    default: throw Unknown()
    }
    let size = height.map { " minsize=\"\($0)em\" maxsize=\"\($0)em\"" } ?? ""
    return "<mo fence=\"true\" stretchy=\"true\" symmetric=\"true\"\(size)>\(HTMLText.escaped(sign))</mo>"
  }

  /// `\begin{name} … \end{name}`.
  mutating func environment() throws(Unknown) -> String {
    let name = try words()
    let plain = name.hasSuffix("*") ? String(name.dropLast()) : name
    let fences = [
      "matrix": ("", ""), "smallmatrix": ("", ""), "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "Bmatrix": ("{", "}"),
      "vmatrix": ("|", "|"), "Vmatrix": ("‖", "‖"), "cases": ("{", ""), "array": ("", ""), "aligned": ("", ""),
      "align": ("", ""), "split": ("", ""), "gathered": ("", ""), "gather": ("", ""), "equation": ("", ""),
    ]
    guard let (opening, closing) = fences[plain] else { throw Unknown() }
    if plain == "array" { _ = try words() }
    let columns = ["aligned", "align", "split"].contains(plain) ? "right left" : plain == "cases" ? "left" : "center"
    let table = try table(columns: columns, until: name)
    func sign(_ text: String) -> String { text.isEmpty ? "" : "<mo fence=\"true\" stretchy=\"true\">\(text)</mo>" }
    return "<mrow>\(sign(opening))\(table)\(sign(closing))</mrow>"
  }

  /// Rows of cells up to the environment's end, or to the end of the formula.
  mutating func table(columns: String, until name: String?) throws(Unknown) -> String {
    let alignments = columns.split(separator: " ").map(String.init)
    var rows: [String] = []
    var cells: [String] = []
    while true {
      let cell = try row { $0 == .character("&") || $0 == .command("\\") || $0 == .command("end") }
      let style = "text-align:\(alignments[cells.count % alignments.count])"
      cells.append("<mtd style=\"\(style)\"><mrow>\(cell)</mrow></mtd>")
      let token = next
      if token != nil { index += 1 }
      if token == .character("&") { continue }
      let isEmpty = cells.count == 1 && cell.isEmpty
      if !isEmpty || token == .command("\\") { rows.append("<mtr>\(cells.joined())</mtr>") }
      cells = []
      if token == .command("\\") { continue }
      if let name {
        guard token == .command("end"), try words() == name else { throw Unknown() }
      } else if token != nil {
        throw Unknown()
      }
      let display = alignments.count == 2 ? " displaystyle=\"true\"" : ""
      return "<mtable\(display) class=\"tex-\(alignments.count == 2 ? "aligned" : "grid")\">\(rows.joined())</mtable>"
    }
  }
}

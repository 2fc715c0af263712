/// What an einsum's text says: the axes of each operand and of the result, each named by a label.
struct EinsumPlan {
  /// A letter, or an axis that `...` stands for, counted from the last.
  enum Label: Hashable {
    case letter(Character)
    case unnamed(Int)
  }

  let operands: [[Label]]
  let result: [Label]

  /// Stops the cell, with what was expected, when the text is no einsum or does not fit the shapes.
  init(_ text: String, shapes: [[Int]]) {
    let compact = text.filter { $0 != " " }
    let sides = compact.split(separator: ">", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    var left = sides[0]
    if sides.count == 2 {
      guard left.popLast() == "-" else { Self.stop(text, "the result follows '->'") }
    }
    let terms = left.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard terms.count == shapes.count else {
      Self.stop(text, "it names \(terms.count) operands and \(shapes.count) were given")
    }
    operands = zip(terms, shapes).map { term, shape in
      Self.labels(term, unnamed: shape.count - term.filter { $0 != "." }.count, rank: shape.count, text)
    }
    let all = operands.joined()
    let mostUnnamed = operands.map { $0.count { if case .unnamed = $0 { true } else { false } } }.max() ?? 0
    if sides.count == 2 {
      result = Self.labels(sides[1], unnamed: mostUnnamed, rank: nil, text)
      if let stray = result.first(where: { label in !all.contains(label) }) {
        Self.stop(text, "the result has \(stray.name), which no operand has")
      }
      if Set(result).count != result.count { Self.stop(text, "the result names an axis twice") }
    } else {
      let letters = Set(all.filter { label in all.count { $0 == label } == 1 }).compactMap {
        if case .letter(let letter) = $0 { letter } else { nil }
      }
      result = (0..<mostUnnamed).reversed().map { .unnamed($0) } + letters.sorted().map { .letter($0) }
    }
  }

  private static func labels(_ term: String, unnamed: Int, rank: Int?, _ text: String) -> [Label] {
    let parts = term.split(separator: "...", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.joined().allSatisfy({ $0.isASCII && $0.isLetter }) else {
      stop(text, "'\(term)' is to be letters, one for each axis, and at most one '...'")
    }
    if parts.count < 2, let rank, unnamed != 0 {
      stop(text, "'\(term)' names \(term.count) axes and its operand has \(rank)")
    }
    guard unnamed >= 0 else { stop(text, "'\(term)' names more axes than its operand has") }
    let before = parts.first.map { $0.map { Label.letter($0) } } ?? []
    if parts.count < 2 { return before }
    return before + (0..<unnamed).reversed().map { .unnamed($0) } + parts[1].map { .letter($0) }
  }

  static func stop(_ text: String, _ problem: String) -> Never {
    fatalError("einsum(\"\(text)\"): \(problem). An example: einsum(\"ij,jk->ik\", a, b) is the matrix product.")
  }
}

extension EinsumPlan.Label {
  var name: String {
    switch self {
    case .letter(let letter): "'\(letter)'"
    case .unnamed: "'...'"
    }
  }
}

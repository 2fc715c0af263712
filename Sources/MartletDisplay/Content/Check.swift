/// Holds a claim of the text against the facts: a green tick where it is true, and a stopped cell where it is not.
///
///     check(score > 0.95, "more than 95 % are read correctly")     // ✓ more than 95 % are read correctly
///
/// - Parameters:
///   - isTrue: what must hold.
///   - claim: the claim in words.
public func check(_ isTrue: Bool, _ claim: String, file: StaticString = #fileID, line: UInt = #line) {
  Claim(words: claim, holds: isTrue).settle(found: nil, file: file, line: line)
}

/// Holds a number against the one that it should be: the two may be `tolerance` apart.
///
///     check(model.intercept, closeTo: 152.13348416, within: 1e-6, "the intercept is that of scikit-learn")
///
/// - Parameters:
///   - value: the number found.
///   - expected: the number that it should be.
///   - tolerance: the largest difference that counts as equal; at least 0. Default 1e-6.
///   - claim: the claim in words; by default the two numbers.
public func check(
  _ value: Double, closeTo expected: Double, within tolerance: Double = 1e-6, _ claim: String? = nil,
  file: StaticString = #fileID, line: UInt = #line
) {
  // Infinities of one sign are equal, and their difference is not a number.
  let holds = value == expected || abs(value - expected) <= tolerance
  Claim(words: claim ?? "\(value) ≈ \(expected)", holds: holds)
    .settle(found: "expected \(expected) ± \(tolerance), found \(value)", file: file, line: line)
}

/// Holds numbers against those that they should be, one by one: each pair may be `tolerance` apart.
///
///     check(byHand, closeTo: model.coefficients.scalars, within: 1e-6, "both ways give the same weights")
///
/// - Parameters:
///   - values: the numbers found.
///   - expected: the numbers that they should be, as many.
///   - tolerance: the largest difference that counts as equal; at least 0. Default 1e-6.
///   - claim: the claim in words; by default how many numbers agree.
public func check(
  _ values: [Double], closeTo expected: [Double], within tolerance: Double = 1e-6, _ claim: String? = nil,
  file: StaticString = #fileID, line: UInt = #line
) {
  let apart = zip(values, expected).enumerated().first { !($1.0 == $1.1 || abs($1.0 - $1.1) <= tolerance) }
  let found =
    values.count != expected.count
    ? "expected \(expected.count) numbers, found \(values.count)"
    : apart.map { "number \($0.offset): expected \($0.element.1) ± \(tolerance), found \($0.element.0)" }
  Claim(words: claim ?? "\(expected.count) numbers agree within \(tolerance)", holds: found == nil)
    .settle(found: found, file: file, line: line)
}

/// A claim of a notebook, and whether it holds. `martlet run --check` counts them by their own format.
struct Claim: RichDisplayable {
  static let format: MIMEType = "application/vnd.martlet.check+json"
  let words: String
  let holds: Bool

  func displayBundle() -> DisplayBundle {
    let colour = holds ? "#2e7d32" : "#c62828"
    return [
      .plainText: .text(text),
      .html: .text("<div style=\"color:\(colour)\">\(text.htmlEscaped)</div>"),
      Self.format: .json("{\"holds\":\(holds)}"),
    ]
  }

  private var text: String { "\(holds ? "✓" : "✗") \(words)" }

  /// Shows the claim, and stops the cell when it does not hold.
  func settle(found: String?, file: StaticString, line: UInt) {
    display(self)
    if !holds { fatalError("not so: \(words)\(found.map { " (\($0))" } ?? "")", file: file, line: line) }
  }
}

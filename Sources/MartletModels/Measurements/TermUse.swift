import MartletFrames
import MartletNumerics

/// In how many texts words of a list are used: insults, names of competitors, whatever is to be kept out or looked for.
///
///     let insults = try TermUse(["You fool!", "Nice day.", "A fool and a knave"], terms: ["fool", "knave"])
///     insults.texts          // [0, 2]
///     insults.share          // 0.6666666666666666
///
/// A list knows no irony, no spelling of its own making and no context: it finds what to read, not what to think of it.
public struct TermUse: Measurement, Equatable {
  /// The terms, in lower case.
  public let terms: [String]
  /// For each text, how often each term is in it: shape `[texts, terms]`.
  public let counts: Tensor<Int>

  /// - Parameters:
  ///   - texts: at least one.
  ///   - terms: words, or several words with spaces between them; upper and lower case are the same.
  /// - Throws: ``FitError`` of kind `parameter` where there are no texts, or a term has no word.
  /// - Complexity: O(words · longest term).
  public init(_ texts: [String], terms: [String]) throws(FitError) {
    try SampleChecks.parameter(!texts.isEmpty, "texts", "with at least one", "none")
    let wanted = terms.map(TextWords.of)
    try SampleChecks.parameter(
      !terms.isEmpty && wanted.allSatisfy { !$0.isEmpty } && Set(wanted).count == wanted.count, "terms",
      "different, each with a word", terms)
    self.terms = wanted.map { $0.joined(separator: " ") }
    let places = Dictionary(uniqueKeysWithValues: wanted.enumerated().map { ($1, $0) })
    let lengths = Set(wanted.map(\.count)).sorted()
    var counts = [Int](repeating: 0, count: texts.count * wanted.count)
    for (row, text) in texts.enumerated() {
      let words = TextWords.of(text)
      for length in lengths where length <= words.count {
        for start in 0...words.count - length {
          guard let place = places[Array(words[start..<start + length])] else { continue }
          counts[row * wanted.count + place] += 1
        }
      }
    }
    self.counts = Tensor(counts, shape: [texts.count, wanted.count])
  }

  /// The places of texts with at least one of the terms.
  public var texts: [Int] { counts.sum(axis: 1).scalars.enumerated().filter { $1 > 0 }.map(\.offset) }

  /// Which part of the texts has at least one of the terms. (Hugging Face Evaluate: the `ratio` of `toxicity`)
  public var share: Double { Double(texts.count) / Double(counts.shape[0]) }

  public static let title = "Use of terms"

  public var facts: [String] { ["\(texts.count) of \(counts.shape[0]) texts have one of \(terms.count) terms"] }

  /// A row for each term, the commonest first: `term`, `texts` that have it, and `times` that it is there.
  public var frame: DataFrame {
    let times = counts.sum(axis: 0).scalars
    let order = terms.indices.sorted { (-times[$0], $0) < (-times[$1], $1) }
    return TableNames.frame([
      AnyColumn(Column("term", order.map { terms[$0] })),
      AnyColumn(Column("texts", order.map { term in counts.column(term).scalars.count { $0 > 0 } })),
      AnyColumn(Column("times", order.map { times[$0] })),
    ])
  }
}

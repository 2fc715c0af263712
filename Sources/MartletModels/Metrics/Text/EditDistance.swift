import MartletNumerics

/// How many elements have to be replaced, inserted or deleted to turn one sequence into another, at least.
///
/// - Complexity: O(a.count · b.count) time, O(b.count) memory.
///
/// Reference: Levenshtein (1966), Binary codes capable of correcting deletions, insertions and reversals.
public func editDistance<Element: Equatable>(_ a: [Element], _ b: [Element]) -> Int {
  var row = Array(0...b.count)
  for (i, element) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in b.enumerated() {
      let replaced = diagonal + (element == other ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[b.count]
}

/// How many words a recogniser got wrong for each word that was said: edits over the references' words, of all texts together.
///
///     wordErrorRate(predicted: ["the cat sat"], actual: ["the cat sat down"])      // 0.25
///
/// Words are what white space separates. 0 is perfect; above 1 where there is more wrong than was said. Stops the cell unless
/// there are as many predictions as references, and a word in these.
public func wordErrorRate(predicted: [String], actual: [String]) -> Double {
  ErrorRate.of("wordErrorRate", predicted, actual) { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
}

/// How many characters are wrong for each that was meant: edits over the references' characters, of all texts together.
///
///     characterErrorRate(predicted: ["mat"], actual: ["cat"])      // 0.3333333333333333
///
/// Stops the cell unless there are as many predictions as references, and a character in these.
public func characterErrorRate(predicted: [String], actual: [String]) -> Double {
  ErrorRate.of("characterErrorRate", predicted, actual) { Array($0.unicodeScalars) }
}

/// The fraction of texts that are exactly as they should be.
///
///     exactMatch(predicted: ["Paris", "Rome "], actual: ["Paris", "Rome"])      // 0.5
///
/// - Parameter normalizes: whether case, punctuation, the articles a, an and the, and runs of white space do not count, as in
///   the SQuAD benchmark.
public func exactMatch(predicted: [String], actual: [String], normalizes: Bool = false) -> Double {
  MetricChecks.pairs(predicted.count, actual.count, "exactMatch", nil)
  let change = normalizes ? ErrorRate.normalized : { $0 }
  return Double(zip(predicted, actual).count { change($0) == change($1) }) / Double(actual.count)
}

/// How surprised a language model is by each token on the mean: the exponential of the mean of `−log p`.
///
///     perplexity(logProbabilities: [log(0.5), log(0.25)])      // 2.82842712474619
///
/// - Parameter logProbabilities: of each token, given those before it; natural logarithms, at least one.
public func perplexity(logProbabilities: [Double]) -> Double {
  guard !logProbabilities.isEmpty else { fatalError("perplexity needs at least one token.") }
  return exp(-logProbabilities.reduce(0, +) / Double(logProbabilities.count))
}

private enum ErrorRate {
  static func of<Element: Equatable>(
    _ name: String, _ predicted: [String], _ actual: [String], _ parts: (String) -> [Element]
  ) -> Double {
    MetricChecks.pairs(predicted.count, actual.count, name, nil)
    let references = actual.map(parts)
    let total = references.reduce(0) { $0 + $1.count }
    guard total > 0 else { fatalError("\(name) needs references that are not empty.") }
    let edits = zip(predicted, references).reduce(0) { $0 + editDistance(parts($1.0), $1.1) }
    return Double(edits) / Double(total)
  }

  static func normalized(_ text: String) -> String {
    let kept = text.lowercased().unicodeScalars.filter { !($0.isASCII && $0.properties.generalCategory.isMark) }
    let words = String(String.UnicodeScalarView(kept)).split(whereSeparator: \.isWhitespace)
    return words.filter { !["a", "an", "the"].contains($0) }.joined(separator: " ")
  }
}

extension Unicode.GeneralCategory {
  /// Punctuation and symbols.
  fileprivate var isMark: Bool {
    switch self {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
      true
    default: false
    }
  }
}

/// How much of a reference a summary has, how much of the summary is in the reference, and both in one number.
public struct ROUGEScore: Sendable, Equatable, Codable {
  /// The share of the summary that is in the reference.
  public let precision: Double
  /// The share of the reference that is in the summary.
  public let recall: Double
  /// The harmonic mean of both.
  public var f1: Double { precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0 }

  init(found: Int, predicted: Int, actual: Int) {
    precision = predicted > 0 ? Double(found) / Double(predicted) : 0
    recall = actual > 0 ? Double(found) / Double(actual) : 0
  }
}

/// Compares a summary with a reference by their rows of `length` words. (ROUGE-1, ROUGE-2, …)
///
///     rouge(predicted: "the cat sat", actual: "the cat sat down").recall      // 0.75
///
/// Words are runs of letters a to z and digits, in lower case. Stops the cell unless `length` is at least 1.
///
/// Reference: Lin (2004), ROUGE: a package for automatic evaluation of summaries. (rouge-score, without its stemmer)
public func rouge(predicted: String, actual: String, length: Int = 1) -> ROUGEScore {
  guard length > 0 else { fatalError("rouge needs a length of at least 1; found \(length).") }
  let own = NGramCounts(SummaryWords.split(predicted), length: length)
  let other = NGramCounts(SummaryWords.split(actual), length: length)
  return ROUGEScore(found: own.overlap(other), predicted: own.total, actual: other.total)
}

/// Compares a summary with a reference by the longest sequence of words that both have in that order, with others between.
/// (ROUGE-L)
///
/// - Complexity: O(a · b) for texts of `a` and `b` words.
public func rougeL(predicted: String, actual: String) -> ROUGEScore {
  let (own, other) = (SummaryWords.split(predicted), SummaryWords.split(actual))
  var row = [Int](repeating: 0, count: other.count + 1)
  for word in own {
    var diagonal = 0
    for (place, reference) in other.enumerated() {
      let longest = word == reference ? diagonal + 1 : max(row[place], row[place + 1])
      diagonal = row[place + 1]
      row[place + 1] = longest
    }
  }
  return ROUGEScore(found: row[other.count], predicted: own.count, actual: other.count)
}

enum SummaryWords {
  static func split(_ text: String) -> [String] {
    text.lowercased().unicodeScalars.split { !("a"..."z").contains($0) && !("0"..."9").contains($0) }.map(String.init)
  }
}

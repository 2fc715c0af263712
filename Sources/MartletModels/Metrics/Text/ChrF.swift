/// How many rows of one to six characters of a translation are in its reference and the other way round, as a percentage of all
/// texts together: `(1 + β²)PR / (β²P + R)` of the shares' means over lengths, with `β = 2`, so that recall counts more.
///
///     chrF(predicted: ["the cat sat"], actual: ["the cat sat"])      // 100.0
///
/// White space does not count. Suited to languages that change the ends of words, where ``bleu(predicted:actual:lowercases:)``
/// finds no whole word. Stops the cell unless there is one reference for each text.
///
/// Reference: Popović (2015), chrF: character n-gram F-score for automatic MT evaluation. (sacrebleu: `corpus_chrf`)
public func chrF(predicted: [String], actual: [String]) -> Double {
  MetricChecks.pairs(predicted.count, actual.count, "chrF", nil)
  let characters = { (text: String) in text.unicodeScalars.filter { !$0.properties.isWhitespace }.map { $0 } }
  let texts = zip(predicted, actual).map { (characters($0), characters($1)) }
  var (precision, recall, lengths) = (0.0, 0.0, 0.0)
  for length in 1...6 {
    var (found, own, other) = (0, 0, 0)
    for (text, reference) in texts {
      let (a, b) = (NGramCounts(text, length: length), NGramCounts(reference, length: length))
      found += a.overlap(b)
      own += a.total
      other += b.total
    }
    guard own > 0, other > 0 else { continue }
    lengths += 1
    precision += Double(found) / Double(own)
    recall += Double(found) / Double(other)
  }
  guard precision + recall > 0 else { return 0 }
  return 100 / lengths * 5 * precision * recall / (4 * precision + recall)
}

import MartletNumerics

/// How many rows of one to four words of a translation are in its references, as a percentage of all texts together.
///
/// `100 · min(1, exp(1 − r / c)) · exp(¼ ∑ log pₙ)`, where `pₙ` is the share of the translation's rows of `n` words that are in a
/// reference, each as often as there, `c` the translations' and `r` the nearest references' length in words. A share of nothing
/// counts `1 / 2ᵏ` of a row at its `k`-th such length.
///
///     bleu(predicted: ["the cat sat on the mat"], actual: [["the cat sat on a mat"]])      // 48.89230224…
///
/// Words are split as the international workshops on translation do it (`13a`): punctuation stands alone. Compare only figures
/// of the same texts. Stops the cell unless there is one list of references for each text, none of them empty.
///
/// References: Papineni and others (2002), BLEU: a method for automatic evaluation of machine translation; Post (2018), A call
/// for clarity in reporting BLEU scores. (sacrebleu: `corpus_bleu`)
public func bleu(predicted: [String], actual: [[String]], lowercases: Bool = false) -> Double {
  MetricChecks.pairs(predicted.count, actual.count, "bleu", nil)
  let words = { (text: String) in TranslationWords.split(lowercases ? text.lowercased() : text) }
  var (found, possible) = ([Int](repeating: 0, count: 4), [Int](repeating: 0, count: 4))
  var (length, reference) = (0, 0)
  for (text, references) in zip(predicted, actual) {
    guard !references.isEmpty else { fatalError("bleu needs at least one reference for each text.") }
    let (own, others) = (words(text), references.map(words))
    length += own.count
    // The reference that is nearest in length, the shorter of two.
    reference += others.map(\.count).min { (abs($0 - own.count), $0) < (abs($1 - own.count), $1) } ?? 0
    for order in 1...4 {
      let counts = NGramCounts(own, length: order)
      found[order - 1] += counts.overlap(.most(others.map { NGramCounts($0, length: order) }))
      possible[order - 1] += counts.total
    }
  }
  guard found[0] > 0 else { return 0 }
  var (logs, halving, orders) = (0.0, 1.0, 0)
  for order in 0..<4 where possible[order] > 0 {
    if found[order] == 0 { halving *= 2 }
    logs += log(found[order] > 0 ? Double(found[order]) : 1 / halving) - log(Double(possible[order]))
    orders += 1
  }
  // A text without rows of four words has no share of them.
  guard orders == 4 else { return 0 }
  let brevity = length < reference ? exp(1 - Double(reference) / Double(length)) : 1
  return 100 * brevity * exp(logs / 4)
}

/// Splits text into words as the mteval script of 2009 does it.
enum TranslationWords {
  static func split(_ text: String) -> [String] {
    var plain = text
    for (code, mark) in [("<skipped>", ""), ("-\n", ""), ("\n", " ")] { plain = replaced(plain, code, mark) }
    if plain.contains("&") {
      for (code, mark) in [("&quot;", "\""), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")] {
        plain = replaced(plain, code, mark)
      }
    }
    let marks = Array(plain.unicodeScalars)
    var spaced = ""
    for (place, mark) in marks.enumerated() {
      let before = place > 0 ? marks[place - 1] : " "
      let after = place + 1 < marks.count ? marks[place + 1] : " "
      if standsAlone(mark) {
        spaced += " \(mark) "
      } else if mark == "." || mark == "," {
        // Within a number it stays where it is.
        spaced += isDigit(before) && isDigit(after) ? "\(mark)" : " \(mark) "
      } else if mark == "-", isDigit(before) {
        spaced += " - "
      } else {
        spaced.unicodeScalars.append(mark)
      }
    }
    return spaced.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  private static func isDigit(_ mark: Unicode.Scalar) -> Bool { ("0"..."9").contains(mark) }

  private static func standsAlone(_ mark: Unicode.Scalar) -> Bool {
    switch mark {
    case "{"..."~", "["..."`", " "..."&", "("..."+", ":"..."@", "/": true
    default: false
    }
  }

  private static func replaced(_ text: String, _ old: String, _ new: String) -> String {
    var (rest, result) = (text[...], "")
    while let found = rest.firstRange(of: old) {
      result += rest[..<found.lowerBound] + new
      rest = rest[found.upperBound...]
    }
    return result + rest
  }
}

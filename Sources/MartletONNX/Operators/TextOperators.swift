import Foundation
import MartletNumerics

/// Texts: changed, joined, cut and counted.
enum TextOperators {
  static let table: [String: ONNXOperator] = [
    "StringNormalizer": normalize, "StringConcat": concatenate, "StringSplit": split, "RegexFullMatch": matches,
    "TfIdfVectorizer": count,
  ]

  private static func normalize(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let isSensitive = call.integer("is_case_sensitive", 0) == 1
    let stops = call.texts("stopwords") ?? []
    let hidden = Set(isSensitive ? stops : stops.map { $0.lowercased() })
    guard x.rank == 1 || (x.rank == 2 && x.shape[0] == 1) else {
      throw ONNXError("Texts in a row are needed; the shape is \(x.shape).")
    }
    var texts = try x.textScalars().filter { !hidden.contains(isSensitive ? $0 : $0.lowercased()) }
    switch call.text("case_change_action", "NONE") {
    case "LOWER": texts = texts.map { $0.lowercased() }
    case "UPPER": texts = texts.map { $0.uppercased() }
    default: break
    }
    if texts.isEmpty { texts = [""] }
    return call.result(ONNXTensor(texts, shape: x.rank == 1 ? [texts.count] : [1, texts.count]))
  }

  private static func concatenate(_ call: OperatorCall) throws -> [ONNXValue] {
    let (a, b) = (try call.tensor(0), try call.tensor(1))
    let shape = try Extent.broadcast(a.shape, b.shape)
    let (x, y) = (try a.broadcast(to: shape).textScalars(), try b.broadcast(to: shape).textScalars())
    return call.result(ONNXTensor(zip(x, y).map { $0 + $1 }, shape: shape))
  }

  private static func split(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let delimiter = call.text("delimiter", "")
    let most = call.optionalInteger("maxsplit") ?? Int.max
    let parts = try x.textScalars().map { pieces($0, delimiter, most < 0 ? Int.max : most) }
    let width = parts.map(\.count).max() ?? 0
    try Extent.count(x.shape + [width])
    let padded = parts.flatMap { $0 + [String](repeating: "", count: width - $0.count) }
    return [
      .tensor(ONNXTensor(padded, shape: x.shape + [width])),
      .tensor(ONNXTensor(Tensor(parts.map(\.count), shape: x.shape))),
    ]
  }

  /// Without a delimiter, at white space, of which several count as one.
  private static func pieces(_ text: String, _ delimiter: String, _ most: Int) -> [String] {
    if text.isEmpty { return [] }
    if !delimiter.isEmpty {
      var (parts, rest): ([String], Substring) = ([], text[...])
      while parts.count < most, let range = rest.range(of: delimiter) {
        parts.append(String(rest[..<range.lowerBound]))
        rest = rest[range.upperBound...]
      }
      return parts + [String(rest)]
    }
    let trimmed = text.drop { $0.isWhitespace }
    return trimmed.split(maxSplits: most, whereSeparator: \.isWhitespace).enumerated().map { place, part in
      place == most ? String(part.drop { $0.isWhitespace }) : String(part)
    }
  }

  private static func matches(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let pattern = call.text("pattern", "")
    guard let expression = try? NSRegularExpression(pattern: "^(?:\(pattern))$") else {
      throw ONNXError("'\(pattern)' is no regular expression.")
    }
    let found = try x.textScalars().map {
      expression.firstMatch(in: $0, range: NSRange($0.startIndex..., in: $0)) != nil
    }
    return call.result(ONNXTensor(Tensor(found, shape: x.shape)))
  }

  /// How often each n-gram of a vocabulary is there, with gaps of up to `max_skip_count`.
  private static func count(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let words = try x.texts ?? x.integers().scalars.map { "\($0)" }
    let pool = call.texts("pool_strings") ?? call.integers("pool_int64s")?.map { "\($0)" } ?? []
    let starts = call.integers("ngram_counts") ?? []
    let places = call.integers("ngram_indexes") ?? []
    let (shortest, longest, gap) = (
      call.integer("min_gram_length", 1), call.integer("max_gram_length", 1), call.integer("max_skip_count", 0)
    )
    guard x.rank == 1 || x.rank == 2, shortest > 0, longest >= shortest, longest <= max(starts.count, 1),
      (0...1 << 16).contains(gap),
      starts.allSatisfy({ (0...pool.count).contains($0) }), zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 }),
      places.allSatisfy({ $0 >= 0 && $0 < Extent.most })
    else { throw ONNXError("The vocabulary of n-grams is damaged.") }
    var vocabulary: [[String]: Int] = [:]
    var number = 0
    for (i, start) in starts.enumerated() {
      let end = i + 1 < starts.count ? starts[i + 1] : pool.count
      for first in stride(from: start, to: end, by: i + 1) where first + i < end {
        if i + 1 >= shortest && i + 1 <= longest { vocabulary[Array(pool[first...first + i])] = number }
        number += 1
      }
    }
    guard number == places.count else { throw ONNXError("There are \(places.count) places for \(number) n-grams.") }
    let width = (places.max() ?? -1) + 1
    let (rows, length) = x.rank == 1 ? (1, x.shape[0]) : (x.shape[0], x.shape[1])
    var counts = [Double](repeating: 0, count: try Extent.count([rows, width]))
    for row in 0..<rows {
      let line = Array(words[row * length..<(row + 1) * length])
      for n in shortest...longest {
        for distance in 1...gap + 1 where n > 1 || distance == 1 {
          for start in line.indices where start + (n - 1) * distance < line.count {
            if let found = vocabulary[(0..<n).map { line[start + $0 * distance] }] {
              counts[row * width + places[found]] += 1
            }
          }
        }
      }
    }
    let weights = call.numbers("weights")
    var factors = [Double](repeating: 1, count: width)
    if let weights {
      guard weights.count == places.count else {
        throw ONNXError("There are \(weights.count) weights for \(number) n-grams.")
      }
      for (place, weight) in zip(places, weights) { factors[place] = weight }
    }
    let mode = call.text("mode", "TF")
    let result = counts.enumerated().map { place, count in
      mode == "IDF"
        ? (count > 0 ? factors[place % width] : 0) : mode == "TFIDF" ? count * factors[place % width] : count
    }
    return call.result(ONNXTensor(Matrix(result, shape: x.rank == 1 ? [width] : [rows, width]).asFloat))
  }
}

import Foundation

extension FastTextClassifier.Model {
  enum CodingKeys: String, CodingKey {
    case classes, counts, loss, features, dimensions, vectors, codes, centres, pieceLength, weights
  }
}

extension FastTextClassifier.Model: Encodable where Label: Encodable {
  /// Writes words and vectors.
  public func encode(to encoder: any Encoder) throws {
    var file = encoder.container(keyedBy: CodingKeys.self)
    try file.encode(classes, forKey: .classes)
    try file.encode(features, forKey: .features)
    try file.encode(dimensions, forKey: .dimensions)
    try file.encode(loss, forKey: .loss)
    try file.encode(counts, forKey: .counts)
    switch vectors.content {
    case .exact(let numbers): try file.encode(numbers, forKey: .vectors)
    case .quantized(let codes, let centres, let length):
      try file.encode(Data(codes), forKey: .codes)
      try file.encode(centres, forKey: .centres)
      try file.encode(length, forKey: .pieceLength)
    }
    try file.encode(weights, forKey: .weights)
  }
}

extension FastTextClassifier.Model: Decodable where Label: Decodable {

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    let classes = try file.decode([Label].self, forKey: .classes)
    let features = try file.decode(FastTextFeatures.self, forKey: .features)
    let dimensions = try file.decode(Int.self, forKey: .dimensions)
    let loss = try file.decodeIfPresent(FastTextLoss.self, forKey: .loss) ?? .softmax
    let counts = try file.decodeIfPresent([Int].self, forKey: .counts) ?? classes.map { _ in 1 }
    let weights = try file.decode([Float].self, forKey: .weights)
    let content: FastTextVectors.Content
    if let codes = try file.decodeIfPresent(Data.self, forKey: .codes) {
      content = .quantized(
        codes: Array(codes), centres: try file.decode([Float].self, forKey: .centres),
        pieceLength: try file.decode(Int.self, forKey: .pieceLength))
    } else {
      content = .exact(try file.decode([Float].self, forKey: .vectors))
    }
    let rows = classes.count - (loss == .hierarchicalSoftmax ? 1 : 0)
    let fits =
      dimensions > 0 && dimensions < 1 << 20 && classes.count > 1 && Set(classes).count == classes.count
      && counts.count == classes.count && counts.allSatisfy { 0..<1 << 48 ~= $0 }
      && content.fits(rows: features.rowCount, width: dimensions) && weights.count >= rows * dimensions
      && weights.count <= classes.count * dimensions && weights.allSatisfy(\.isFinite)
    guard fits else {
      throw DecodingError.dataCorruptedError(
        forKey: .vectors, in: file, debugDescription: "Expected a finite vector for each feature and each class.")
    }
    self.init(
      classes: classes, counts: counts, loss: loss, features: features, dimensions: dimensions,
      vectors: FastTextVectors(content: content, width: dimensions), weights: weights)
  }
}

extension FastTextVectors.Content {
  /// Whether there is a finite vector for each of so many features.
  fileprivate func fits(rows: Int, width: Int) -> Bool {
    switch self {
    case .exact(let numbers): return numbers.count == rows * width && numbers.allSatisfy(\.isFinite)
    case .quantized(let codes, let centres, let length):
      guard length > 0, width.isMultiple(of: length), codes.count == rows * (width / length) else { return false }
      let count = centres.count / width
      return centres.count == count * width && (1...256).contains(count) && codes.allSatisfy { $0 < count }
        && centres.allSatisfy(\.isFinite)
    }
  }
}

extension FastTextFeatures: Codable {
  enum CodingKeys: String, CodingKey { case words, wordNGrams, shortest, longest, buckets, features }

  func encode(to encoder: any Encoder) throws {
    var file = encoder.container(keyedBy: CodingKeys.self)
    try file.encode((0..<words.count).map { words[$0] }, forKey: .words)
    try file.encode(wordNGrams, forKey: .wordNGrams)
    try file.encodeIfPresent(characterNGrams?.lowerBound, forKey: .shortest)
    try file.encodeIfPresent(characterNGrams?.upperBound, forKey: .longest)
    try file.encode(buckets, forKey: .buckets)
    let rows = rowOfFeature.sorted { $0.value < $1.value }
    try file.encode(rows.map(\.key), forKey: .features)
  }

  init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    let names = try file.decode([String].self, forKey: .words)
    let wordNGrams = try file.decode(Int.self, forKey: .wordNGrams)
    let shortest = try file.decodeIfPresent(Int.self, forKey: .shortest)
    let longest = try file.decodeIfPresent(Int.self, forKey: .longest)
    let buckets = try file.decode(Int.self, forKey: .buckets)
    let features = try file.decode([Int].self, forKey: .features)
    let words = TermTable(names)
    let range = shortest.flatMap { low in longest.flatMap { 1...1_000 ~= low && low <= $0 ? low...$0 : nil } }
    let fits =
      words.count == names.count && 1...1_000 ~= wordNGrams && 1...Int(Int32.max) ~= buckets
      && (shortest == nil) == (range == nil) && Set(features).count == features.count
    guard fits else {
      throw DecodingError.dataCorruptedError(
        forKey: .words, in: file, debugDescription: "Expected different words and features, and lengths above 0.")
    }
    self.init(words: words, wordNGrams: wordNGrams, characterNGrams: range, buckets: buckets)
    self = kept(Dictionary(uniqueKeysWithValues: features.enumerated().map { ($1, $0) }))
  }
}

extension FastTextClassifier.Model {
  enum CodingKeys: String, CodingKey { case classes, features, dimensions, vectors, weights }
}

extension FastTextClassifier.Model: Encodable where Label: Encodable {
  /// Writes words and vectors.
  public func encode(to encoder: any Encoder) throws {
    var file = encoder.container(keyedBy: CodingKeys.self)
    try file.encode(classes, forKey: .classes)
    try file.encode(features, forKey: .features)
    try file.encode(dimensions, forKey: .dimensions)
    try file.encode(vectors, forKey: .vectors)
    try file.encode(weights, forKey: .weights)
  }
}

extension FastTextClassifier.Model: Decodable where Label: Decodable {

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    classes = try file.decode([Label].self, forKey: .classes)
    features = try file.decode(FastTextFeatures.self, forKey: .features)
    dimensions = try file.decode(Int.self, forKey: .dimensions)
    vectors = try file.decode([Float].self, forKey: .vectors)
    weights = try file.decode([Float].self, forKey: .weights)
    let fits =
      dimensions > 0 && dimensions < 1 << 20 && classes.count > 1 && Set(classes).count == classes.count
      && vectors.count == features.rowCount * dimensions && weights.count == classes.count * dimensions
      && vectors.allSatisfy(\.isFinite) && weights.allSatisfy(\.isFinite)
    guard fits else {
      throw DecodingError.dataCorruptedError(
        forKey: .vectors, in: file, debugDescription: "Expected a finite vector for each feature and each class.")
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

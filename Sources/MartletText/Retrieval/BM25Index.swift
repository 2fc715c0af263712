import MartletModels

/// Finds the documents that answer a few words, by the formula BM25 over an inverted index.
///
/// A document's score is the sum over the query's words of `idf · tf / (tf + k1 · (1 − b + b · length / mean length))`: rare
/// words count more, repeated ones less and less, and long documents are held back.
///
///     let index = try BM25Index(["the cat sat on the mat", "the dog ate my homework", "cats and dogs"])
///     index.search("cat mat").map(\.document)         // [0]
///     index.search(phrase: "ate my").map(\.document)  // [1]
///
/// Words are runs of letters, digits and underscores in small letters; there is no stemming: `cats` is not `cat`.
///
/// Reference: Robertson and Zaragoza (2009), The probabilistic relevance framework: BM25 and beyond.
public struct BM25Index: Sendable {
  /// Where a word is in a document: in which one, and as which of its words.
  struct Posting: Sendable, Equatable, Codable {
    let document: Int32
    var positions: [Int32]
  }

  /// How rare and frequent words count.
  public let weighting: BM25Weighting
  let stopWords: StopWords
  let stripAccents: AccentStripping
  let words: SearchWords
  let terms: TermTable
  let postings: [[Posting]]
  let rarities: [Double]
  /// How many words each document has.
  public let lengths: [Int]
  let meanLength: Double

  /// - Parameters:
  ///   - documents: the texts; empty ones are never found.
  ///   - weighting: how rare and frequent words count.
  ///   - stopWords: words that are left out.
  ///   - stripAccents: whether `café` is found as `cafe`.
  /// - Throws: ``FitError`` of kind `parameter`.
  /// - Complexity: O(characters).
  public init(
    _ documents: [String], weighting: BM25Weighting = BM25Weighting(), stopWords: StopWords = .none,
    stripAccents: AccentStripping = .none
  ) throws(FitError) {
    let words = SearchWords(stopWords: stopWords, stripAccents: stripAccents)
    var (terms, postings, lengths): (TermTable, [[Posting]], [Int]) = (TermTable(), [], [])
    for (document, text) in documents.enumerated() {
      let found = words.words(of: text)
      for (position, word) in found.enumerated() {
        let number = terms.insert(word.text)
        if number == postings.count { postings.append([]) }
        if postings[number].last?.document == Int32(document) {
          postings[number][postings[number].count - 1].positions.append(Int32(position))
        } else {
          postings[number].append(Posting(document: Int32(document), positions: [Int32(position)]))
        }
      }
      lengths.append(found.count)
    }
    try self.init(terms, postings, lengths, weighting, stopWords, stripAccents)
  }

  init(
    _ terms: TermTable, _ postings: [[Posting]], _ lengths: [Int], _ weighting: BM25Weighting, _ stopWords: StopWords,
    _ stripAccents: AccentStripping
  ) throws(FitError) {
    try weighting.check()
    self.terms = terms
    self.postings = postings
    self.lengths = lengths
    self.weighting = weighting
    self.stopWords = stopWords
    self.stripAccents = stripAccents
    words = SearchWords(stopWords: stopWords, stripAccents: stripAccents)
    rarities = weighting.rarities(postings.map(\.count), documents: lengths.count)
    meanLength = max(Double(lengths.reduce(0, +)) / Double(max(lengths.count, 1)), .leastNormalMagnitude)
  }

  /// How many documents are indexed.
  public var documentCount: Int { lengths.count }
  /// How many different words there are.
  public var termCount: Int { terms.count }

  /// How well each document answers; 0 for those without any of the words.
  public func scores(_ query: String) -> [Double] {
    var scores = [Double](repeating: 0, count: documentCount)
    for number in words.words(of: query).compactMap({ terms.number(of: $0.text) }) {
      for posting in postings[number] { scores[Int(posting.document)] += score(number, posting) }
    }
    return scores
  }

  private func score(_ number: Int, _ posting: Posting) -> Double {
    let share = Double(lengths[Int(posting.document)]) / meanLength
    return rarities[number] * weighting.weight(Double(posting.positions.count), share: share)
  }

  /// The documents that have any of the words, best first.
  /// - Parameter count: at most so many.
  public func search(_ query: String, count: Int = 10) -> [SearchHit] {
    var found: [Int: Double] = [:]
    for number in words.words(of: query).compactMap({ terms.number(of: $0.text) }) {
      for posting in postings[number] { found[Int(posting.document), default: 0] += score(number, posting) }
    }
    return SearchHit.best(found.map { ($0.key, $0.value) }, count)
  }

  /// The documents that have all the words in a row, best first; a row counts as one word does.
  public func search(phrase: String, count: Int = 10) -> [SearchHit] {
    let numbers = words.words(of: phrase).map { terms.number(of: $0.text) }
    guard let first = numbers.first, !numbers.contains(nil) else { return [] }
    // Not nil: just checked.
    let rows = numbers.dropFirst().map { number in
      Dictionary(postings[number!].map { ($0.document, Set($0.positions)) }, uniquingKeysWith: { a, _ in a })
    }
    var found: [(document: Int, count: Int)] = []
    for posting in postings[first!] {
      let starts = posting.positions.filter { start in
        rows.enumerated().allSatisfy { $1[posting.document]?.contains(start + Int32($0) + 1) == true }
      }
      if !starts.isEmpty { found.append((Int(posting.document), starts.count)) }
    }
    let rarity = weighting.rarities([found.count], documents: documentCount)[0]
    return SearchHit.best(
      found.map {
        ($0.document, rarity * weighting.weight(Double($0.count), share: Double(lengths[$0.document]) / meanLength))
      },
      count)
  }

  /// A text with the query's words marked, or the part of it that has most of them.
  ///
  ///     index.highlight("the cat sat on the mat", query: "cat")      // "the **cat** sat on the mat"
  /// - Parameters:
  ///   - text: a text, usually a document that was found.
  ///   - query: the words.
  ///   - around: how many words of the text are kept, those with most marks; `nil` for all.
  ///   - start: what stands before a marked word.
  ///   - end: what stands after it.
  public func highlight(
    _ text: String, query: String, around: Int? = nil, start: String = "**", end: String = "**"
  ) -> String {
    let wanted = Set(words.words(of: query).map(\.text))
    let all = words.words(of: text)
    let marks = all.map { wanted.contains($0.text) }
    var (first, last) = (0, all.count)
    if let around, around > 0, around < all.count {
      var best = (0, -1)
      for place in 0...all.count - around {
        let found = marks[place..<place + around].count { $0 }
        if found > best.1 { best = (place, found) }
      }
      (first, last) = (best.0, best.0 + around)
    }
    var place = first == 0 ? text.startIndex : all[first].range.lowerBound
    var marked = first == 0 ? "" : "… "
    for word in first..<last where marks[word] {
      marked += text[place..<all[word].range.lowerBound] + start + text[all[word].range] + end
      place = all[word].range.upperBound
    }
    let stop = last == all.count ? text.endIndex : all[last - 1].range.upperBound
    return marked + text[place..<max(place, stop)] + (last == all.count ? "" : " …")
  }
}

extension BM25Index: Codable {
  private enum CodingKeys: String, CodingKey { case terms, postings, lengths, weighting, stopWords, stripAccents }

  /// Writes words and where they are.
  public func encode(to encoder: any Encoder) throws {
    var file = encoder.container(keyedBy: CodingKeys.self)
    try file.encode((0..<terms.count).map { terms[$0] }, forKey: .terms)
    try file.encode(postings, forKey: .postings)
    try file.encode(lengths, forKey: .lengths)
    try file.encode(weighting, forKey: .weighting)
    try file.encode(stopWords, forKey: .stopWords)
    try file.encode(stripAccents, forKey: .stripAccents)
  }

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    let names = try file.decode([String].self, forKey: .terms)
    let postings = try file.decode([[Posting]].self, forKey: .postings)
    let lengths = try file.decode([Int].self, forKey: .lengths)
    let terms = TermTable(names)
    let fits = postings.joined().allSatisfy { posting in
      lengths.indices.contains(Int(posting.document)) && !posting.positions.isEmpty
        && posting.positions.allSatisfy { $0 >= 0 && Int($0) < lengths[Int(posting.document)] }
    }
    guard terms.count == names.count, postings.count == names.count, lengths.allSatisfy({ $0 >= 0 }), fits else {
      throw DecodingError.dataCorruptedError(
        forKey: .postings, in: file,
        debugDescription: "Expected different words, and places of each within the documents.")
    }
    do {
      try self.init(
        terms, postings, lengths, try file.decode(BM25Weighting.self, forKey: .weighting),
        try file.decode(StopWords.self, forKey: .stopWords),
        try file.decode(AccentStripping.self, forKey: .stripAccents))
    } catch let error as FitError {
      throw DecodingError.dataCorruptedError(forKey: .weighting, in: file, debugDescription: error.description)
    }
  }
}

import MartletModels
import MartletNumerics

/// Explains what a model says of one text by the words that speak for and against it.
///
///     let spam = ModelFunction<[String]>(pipeline)       // anything that takes texts
///     try LIMEText(seed: 0).explain(spam, "win a free prize now", output: "spam").chart()
///
/// Words are left out at random, each everywhere at once, and a linear model is fitted to what the model says of what is
/// left; texts count the more the fewer words they lack.
///
/// Reference: Ribeiro, Singh and Guestrin (2016), "Why should I trust you?": explaining the predictions of any classifier.
public struct LIMEText: Sendable {
  /// From which distance on texts hardly count, in hundredths of the cosine distance. (lime: `kernel_width`)
  public var kernelWidth: Double
  /// How many texts to make. (lime: `num_samples`)
  public var samples: Int
  /// How many words to keep. (lime: `num_features`)
  public var mostTerms: Int
  /// For the same texts every time.
  public var seed: UInt64?

  /// - Parameters:
  ///   - kernelWidth: from which distance on texts hardly count, in hundredths of the cosine distance; above 0.
  ///   - samples: how many texts to make; at least 10.
  ///   - mostTerms: how many words to keep; at least 1.
  ///   - seed: for the same texts every time; `nil` for others each time.
  public init(kernelWidth: Double = 25, samples: Int = 5000, mostTerms: Int = 10, seed: UInt64? = nil) {
    self.kernelWidth = kernelWidth
    self.samples = samples
    self.mostTerms = mostTerms
    self.seed = seed
  }

  /// Why the model says what it says of a text.
  ///
  /// - Parameters:
  ///   - function: the model; of several outputs `output` is explained.
  ///   - text: with at least one word.
  ///   - output: a class by its name; `nil` for the only output, or the second of two classes.
  /// - Throws: ``FitError`` of kind `parameter`, or when the model cannot answer.
  public func explain(
    _ function: ModelFunction<[String]>, _ text: String, output: String? = nil
  ) throws(FitError) -> LocalSurrogate {
    let place = try OutputNames.place(of: output, in: function.outputNames)
    try SampleChecks.parameter(kernelWidth > 0, "kernelWidth", "above 0", kernelWidth)
    try SampleChecks.parameter((10...1_000_000).contains(samples), "samples", "from 10 to 1000000", samples)
    try SampleChecks.parameter(mostTerms > 0, "mostTerms", "at least 1", mostTerms)
    let parts = TextParts(text)
    try SampleChecks.parameter(!parts.words.isEmpty, "text", "with at least one word", "'\(text)'")
    var random = PCG64(seed: seed ?? Random.nextSeed())
    let count = parts.words.count
    var known = [[Bool](repeating: true, count: count)]
    for _ in 1..<samples {
      var row = known[0]
      for word in random.distinctPlaces(random.integer(in: 1...count), below: count) { row[word] = false }
      known.append(row)
    }
    let answers = try function(known.map(parts.text)).column(place).scalars
    let weights = known.map { row in
      // The cosine of the row and of all words: the root of the share that is left.
      let cosine = (Double(row.count { $0 }) / Double(count)).squareRoot()
      return Neighbourhood.nearness((1 - cosine) * 100, width: kernelWidth)
    }
    let design = Matrix(known.map { $0.map { $0 ? 1.0 : 0 } })
    return try Neighbourhood(design: design, weights: weights, names: parts.words)
      .surrogate(answers, most: mostTerms, outputName: function.outputNames[place])
  }
}

/// A text cut at its words, so that words can be left out.
struct TextParts: Sendable {
  /// The different words, in order of appearance.
  let words: [String]
  /// Words and what stands between them; with the place of the word where it is one.
  private let parts: [(text: String, word: Int?)]

  init(_ text: String) {
    var places: [String: Int] = [:]
    var words: [String] = []
    var parts: [(text: String, word: Int?)] = []
    var rest = Substring(text)
    while let first = rest.first {
      let isWord = Self.isPartOfWord(first)
      let part = String(rest.prefix { Self.isPartOfWord($0) == isWord })
      rest = rest.dropFirst(part.count)
      guard isWord else {
        parts.append((part, nil))
        continue
      }
      let place = places[part] ?? words.count
      if place == words.count {
        places[part] = place
        words.append(part)
      }
      parts.append((part, place))
    }
    (self.words, self.parts) = (words, parts)
  }

  private static func isPartOfWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }

  /// The text without the words that are not known.
  func text(_ known: [Bool]) -> String {
    parts.reduce(into: "") { text, part in
      if part.word.map({ known[$0] }) ?? true { text += part.text }
    }
  }
}

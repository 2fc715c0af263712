import MartletFrames
import MartletNumerics

/// How long texts are, in words and in characters.
///
///     let lengths = TextLengths(["a short one", "this one has five words"])
///     lengths.words          // [3, 5]
///     lengths.meanWords      // 4.0
///
/// Words are runs of letters, digits and apostrophes. (Hugging Face Evaluate: `word_length`)
public struct TextLengths: Measurement, Equatable {
  /// How many words each text has.
  public let words: [Int]
  /// How many characters each text has, as a reader counts them.
  public let characters: [Int]

  /// - Parameter texts: at least one. Stops the cell where there is none.
  public init(_ texts: [String]) {
    guard !texts.isEmpty else { fatalError("TextLengths needs at least one text; found none.") }
    words = texts.map { TextWords.of($0).count }
    characters = texts.map(\.count)
  }

  /// The mean number of words.
  public var meanWords: Double { mean(words.map(Double.init)) }

  public static let title = "Text lengths"

  public var facts: [String] {
    ["\(words.count) texts of \(FrameNumberFormat.texts([meanWords])[0]) words in the mean"]
  }

  /// A row for words and one for characters: `unit`, `least`, `median`, `mean`, `ninetieth`, `most`; of ten texts, nine are no
  /// longer than the ninetieth.
  public var frame: DataFrame {
    let lengths = [words, characters].map { $0.map(Double.init) }
    let quantiles = lengths.map { MartletNumerics.quantiles($0, [0, 0.5, 0.9, 1]) }
    return TableNames.frame([
      AnyColumn(Column("unit", ["words", "characters"])), AnyColumn(Column("least", quantiles.map { $0[0] })),
      AnyColumn(Column("median", quantiles.map { $0[1] })), AnyColumn(Column("mean", lengths.map { mean($0) })),
      AnyColumn(Column("ninetieth", quantiles.map { $0[2] })), AnyColumn(Column("most", quantiles.map { $0[3] })),
    ])
  }
}

/// A text's words in lower case: runs of letters, digits and apostrophes.
enum TextWords {
  static func of(_ text: String) -> [String] {
    text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "'" || $0 == "’") }.map(String.init)
  }
}

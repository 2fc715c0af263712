import Foundation

extension DataFrame {
  /// Reads an ARFF file, as Weka and OpenML use it.
  ///
  ///     try DataFrame(arff: "iris.arff")
  ///
  /// Numeric and real attributes give `Double`, integers `Int`, nominal ones and strings `String`, dates by ISO 8601
  /// `Date`. `?` is a missing value. Rows may be sparse: `{2 5.1, 4 yes}` names only what is not zero (or, for a nominal
  /// attribute, not its first value).
  /// - Throws: ``ARFFError`` with the line; nominal values that were not declared are refused.
  ///
  /// Reference: Witten and Frank (1999), the Attribute-Relation File Format of Weka.
  public init(arff path: String) throws(ARFFError) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ARFFError(line: nil, message: "'\(path)' cannot be read. Is it there?")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw ARFFError(line: nil, message: "'\(path)' is not text in UTF-8. Save it as UTF-8 first.")
    }
    try self.init(arffText: text)
  }

  /// Reads an ARFF text; see ``init(arff:)``.
  public init(arffText text: String) throws(ARFFError) {
    var reader = ARFFReader()
    var number = 0
    // A line feed after a carriage return is one character with it.
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: { ["\n", "\r\n", "\r"].contains($0) }) {
      number += 1
      try reader.read(line, number)
    }
    self = try reader.frame()
  }
}

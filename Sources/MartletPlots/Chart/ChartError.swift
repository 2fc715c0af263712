/// Why a chart cannot be drawn.
public struct ChartError: Error, Sendable {
  /// The fact behind the message.
  enum Fact: Sendable {
    case unknownColumn(String, known: [String])
    case noTable(column: String)
    case lengthsDiffer(mark: String, [String])
    case notNumbers(mark: String, channel: String)
    case notAMatrix(rows: Int, lengths: [Int])
    case wrongLabels(what: String, expected: Int, found: Int)
    case wrongPixels(image: Int, width: Int, found: Int)
    /// In the words of the mark or chart that cannot use what it was given.
    case unsuitable(String)
    case wrongPairs(Int)
    case tooManyPanels(Int, most: Int)
    case noRasterizer(reason: String)
    case cannotDraw(reason: String)
    case wrongPictureSize(width: Double, height: Double, most: Int)
    case unknownFormat(path: String)
    case cannotWrite(path: String, reason: String)
  }

  let fact: Fact

  init(_ fact: Fact) { self.fact = fact }
}

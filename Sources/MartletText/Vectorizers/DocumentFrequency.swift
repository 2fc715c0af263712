/// In how many documents a term is: their number, or their share of all.
///
///     CountVectorizer(minimumDocumentFrequency: 2, maximumDocumentFrequency: 0.9)
public enum DocumentFrequency: Sendable, Equatable, Codable, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
  /// This many documents.
  case count(Int)
  /// This share of the documents, from 0 to 1.
  case share(Double)

  /// A number of documents.
  public init(integerLiteral value: Int) { self = .count(value) }
  /// A share of the documents.
  public init(floatLiteral value: Double) { self = .share(value) }

  /// The number of documents out of `total`, perhaps with a fraction.
  func documents(of total: Int) -> Double {
    switch self {
    case .count(let count): Double(count)
    case .share(let share): share * Double(total)
    }
  }

  var isValid: Bool {
    switch self {
    case .count(let count): count >= 1
    case .share(let share): (0...1).contains(share)
    }
  }
}

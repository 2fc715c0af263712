/// A set of categories, which are whole numbers from 0 to 65,535: a bit for each.
struct CategorySet: Sendable, Equatable, Codable {
  /// One more than the largest category there may be.
  static let limit = 1 << 16

  private(set) var words: [UInt64]

  init(_ members: some Sequence<Int>) {
    words = []
    for member in members {
      while words.count <= member >> 6 { words.append(0) }
      words[member >> 6] |= 1 << UInt64(member & 63)
    }
  }

  /// The categories in ascending order.
  var members: [Int] { (0..<words.count * 64).filter { words[$0 >> 6] >> UInt64($0 & 63) & 1 == 1 } }

  /// Whether a feature's value is one of the categories.
  func contains(_ value: Double) -> Bool {
    guard value >= 0, value < Double(words.count * 64) else { return false }
    let category = Int(value)
    return words[category >> 6] >> UInt64(category & 63) & 1 == 1
  }

  func encode(to encoder: any Encoder) throws { try members.encode(to: encoder) }

  init(from decoder: any Decoder) throws {
    let members = try [Int](from: decoder)
    guard members.allSatisfy({ 0..<Self.limit ~= $0 }) else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription:
            "categories are from 0 to \(Self.limit - 1); found \(members.filter { $0 < 0 || $0 >= Self.limit })"
        ))
    }
    self.init(members)
  }
}

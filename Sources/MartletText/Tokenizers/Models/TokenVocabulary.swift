import MartletNumerics

/// The tokens of a model and their numbers, told apart by their bytes.
struct TokenVocabulary: Sendable {
  private var table = TermTable(capacity: 1 << 12)
  private var ids: [Int] = []
  private var tokens: [Int: Int] = [:]

  /// A file that announces higher numbers is refused.
  static let highest = 1 << 24

  init() {}

  /// A vocabulary as an object of numbers by tokens.
  init(_ part: TokenizerPart, _ name: String) throws(TokenizerError) {
    guard let members = part.tree[name]?.members else {
      throw .missing(
        name, "an object of numbers", in: part.place, found: JSONFinding(kind: part.tree[name]?.kind ?? "nothing"))
    }
    table = TermTable(capacity: members.count)
    for (token, value) in members {
      guard let id = value.whole, 0...Self.highest ~= id else {
        throw TokenizerError(
          "\(part.place).\(name): the number of '\(token)' is to be whole and from 0 to \(Self.highest).")
      }
      try add(token, id, part.place)
    }
  }

  mutating func add(_ token: String, _ id: Int, _ place: String) throws(TokenizerError) {
    let number = table.insert(token)
    guard number == ids.count else { throw TokenizerError("\(place): the token '\(token)' is there twice.") }
    guard tokens.updateValue(number, forKey: id) == nil else {
      throw TokenizerError("\(place): the number \(id) belongs to '\(token)' and to another token.")
    }
    ids.append(id)
  }

  var count: Int { ids.count }
  /// One more than the highest number.
  var size: Int { (ids.max() ?? -1) + 1 }

  func id(of token: String) -> Int? { table.number(of: token).map { ids[$0] } }
  func id(of token: UnsafeBufferPointer<UInt8>) -> Int? { table.number(of: token).map { ids[$0] } }
  func token(_ id: Int) -> String? { tokens[id].map { table[$0] } }

  /// Every token and its number, in the order of their numbers.
  var entries: [(token: String, id: Int)] {
    ids.enumerated().sorted { $0.element < $1.element }.map { (table[$0.offset], $0.element) }
  }
}

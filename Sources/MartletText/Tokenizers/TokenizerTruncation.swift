/// How long encodings may be.
public struct TokenizerTruncation: Sendable, Equatable {
  /// Which text of a pair is cut.
  public enum Strategy: String, Sendable {
    /// The longer one.
    case longestFirst = "LongestFirst"
    /// The first.
    case onlyFirst = "OnlyFirst"
    /// The second.
    case onlySecond = "OnlySecond"
  }
  /// Which end of a text is cut off, or filled up.
  public enum Direction: String, Sendable {
    /// The beginning.
    case left = "Left"
    /// The end.
    case right = "Right"
  }

  /// The most tokens of an encoding, added ones included; at least 0.
  public var maximumLength: Int
  /// How many tokens a piece that was cut off shares with the one before; less than what a piece holds.
  public var stride: Int
  /// Which text of a pair is cut.
  public var strategy: Strategy
  /// Which end is cut off.
  public var direction: Direction

  /// - Parameters:
  ///   - maximumLength: the most tokens, added ones included.
  ///   - stride: how many tokens neighbouring pieces share.
  ///   - strategy: which text of a pair is cut.
  ///   - direction: which end is cut off.
  public init(
    maximumLength: Int = 512, stride: Int = 0, strategy: Strategy = .longestFirst, direction: Direction = .right
  ) {
    self.maximumLength = maximumLength
    self.stride = stride
    self.strategy = strategy
    self.direction = direction
  }

  init(_ part: TokenizerPart) throws(TokenizerError) {
    maximumLength = try part.whole("max_length")
    stride = try part.whole("stride", default: 0)
    guard let strategy = Strategy(rawValue: try part.optionalText("strategy") ?? "LongestFirst"),
      let direction = Direction(rawValue: try part.optionalText("direction") ?? "Right"), maximumLength >= 0,
      stride >= 0
    else {
      throw TokenizerError(
        "\(part.place): expected a length and a stride of at least 0, a known strategy and direction.")
    }
    self.strategy = strategy
    self.direction = direction
  }

  /// Cuts an encoding, and keeps what is cut off in pieces.
  func cut(_ encoding: inout TokenEncoding, to length: Int) throws(TokenizerError) {
    guard encoding.count > length else { return }
    guard length > 0 else {
      encoding.overflowing = [encoding]
      let rest = encoding
      encoding = TokenEncoding()
      encoding.overflowing = [rest]
      return
    }
    guard stride < length else {
      throw TokenizerError(
        "The stride of truncation is \(stride); it is to be less than the \(length) tokens that a piece holds.")
    }
    var ranges: [Range<Int>] = []
    switch direction {
    case .right:
      var start = 0
      repeat {
        ranges.append(start..<min(start + length, encoding.count))
        start += length - stride
      } while ranges[ranges.count - 1].upperBound < encoding.count
    case .left:
      var end = encoding.count
      repeat {
        ranges.append(max(end - length, 0)..<end)
        end -= length - stride
      } while ranges[ranges.count - 1].lowerBound > 0
    }
    var kept = encoding[ranges[0]]
    kept.overflowing = ranges.dropFirst().map { encoding[$0] }
    encoding = kept
  }

  /// Cuts one or two encodings so that together with `added` tokens they are not too long.
  func apply(
    _ first: inout TokenEncoding, _ second: inout TokenEncoding?, added: Int
  ) throws(TokenizerError) {
    let most = max(maximumLength - added, 0)
    guard var other = second else { return try cut(&first, to: strategy == .onlySecond ? first.count : most) }
    defer { second = other }
    guard first.count + other.count > most else { return }
    switch strategy {
    case .onlyFirst: try cut(&first, to: max(most - other.count, 0))
    case .onlySecond: try cut(&other, to: max(most - first.count, 0))
    case .longestFirst:
      var (short, long) = (min(first.count, other.count), max(first.count, other.count))
      let isSwapped = first.count > other.count
      long = short > most ? short : max(short, most - short)
      if short + long > most { (short, long) = (most / 2, most / 2 + most % 2) }
      try cut(&first, to: isSwapped ? long : short)
      try cut(&other, to: isSwapped ? short : long)
    }
  }
}

/// How encodings of one batch are made equally long.
public struct TokenizerPadding: Sendable, Equatable {
  /// How long: `nil` for as long as the longest of the batch.
  public var length: Int?
  /// Lengths are multiples of this; `nil` for any.
  public var multiple: Int?
  /// Which end is filled up.
  public var direction: TokenizerTruncation.Direction
  /// The token that fills up, and its number and type.
  public var token: String
  public var id: Int
  public var typeID: Int

  /// - Parameters:
  ///   - length: `nil` for as long as the longest of the batch.
  ///   - multiple: lengths are multiples of this.
  ///   - direction: which end is filled up.
  ///   - token: the token that fills up.
  ///   - id: its number.
  ///   - typeID: its type.
  public init(
    length: Int? = nil, multiple: Int? = nil, direction: TokenizerTruncation.Direction = .right,
    token: String = "[PAD]", id: Int = 0, typeID: Int = 0
  ) {
    self.length = length
    self.multiple = multiple
    self.direction = direction
    self.token = token
    self.id = id
    self.typeID = typeID
  }

  init(_ part: TokenizerPart) throws(TokenizerError) {
    length = part.tree["strategy"]?["Fixed"]?.whole
    multiple = part.tree["pad_to_multiple_of"]?.whole
    token = try part.optionalText("pad_token") ?? "[PAD]"
    id = try part.whole("pad_id", default: 0)
    typeID = try part.whole("pad_type_id", default: 0)
    guard let direction = TokenizerTruncation.Direction(rawValue: try part.optionalText("direction") ?? "Right"),
      length ?? 0 >= 0, length ?? 0 <= 1 << 24, multiple ?? 1 > 0
    else {
      throw TokenizerError("\(part.place): expected a sensible length and multiple, and Left or Right as direction.")
    }
    self.direction = direction
  }

  /// Fills all up to the same length.
  func apply(_ encodings: inout [TokenEncoding]) {
    var wanted = length ?? encodings.map(\.count).max() ?? 0
    if let multiple, wanted % multiple > 0 { wanted += multiple - wanted % multiple }
    for place in encodings.indices { fill(&encodings[place], to: wanted) }
  }

  private func fill(_ encoding: inout TokenEncoding, to wanted: Int) {
    for place in encoding.overflowing.indices { fill(&encoding.overflowing[place], to: wanted) }
    guard encoding.count < wanted else { return }
    var filling = TokenEncoding()
    for _ in encoding.count..<wanted { filling.append(id, token, type: typeID, attention: 0, isSpecial: true) }
    let overflowing = encoding.overflowing
    if direction == .right {
      encoding.append(contentsOf: filling)
    } else {
      filling.append(contentsOf: encoding)
      encoding = filling
      encoding.overflowing = overflowing
    }
  }
}

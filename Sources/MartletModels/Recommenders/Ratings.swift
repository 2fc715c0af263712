import MartletFrames
import MartletNumerics

/// Who has rated, bought or played what, and how much.
///
///     let ratings = try Ratings(users: ["ann", "ann", "bo"], items: ["tea", "jam", "tea"], values: [5, 3, 4])
///     ratings.users        // ["ann", "bo"]
///     ratings.density      // 0.75: three of four pairs are known
public struct Ratings<User: Hashable & Sendable, Item: Hashable & Sendable>: Sendable {
  /// Everybody, in order of appearance.
  public let users: [User]
  /// Everything, in order of appearance.
  public let items: [Item]
  /// Who, what and how much, by their places in ``users`` and ``items``.
  let entries: [RatingEntry]

  /// - Parameters:
  ///   - users, items, values: one for each rating, at least one; a user rates an item once.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  public init(users: [User], items: [Item], values: [Double]) throws(FitError) {
    guard users.count == items.count, items.count == values.count else {
      throw FitError(
        .shape, expected: "a user, an item and a value for each rating",
        found: "\(users.count) users, \(items.count) items and \(values.count) values",
        advice: "Cut the three lists from the same rows.")
    }
    guard !users.isEmpty else {
      throw FitError(
        .tooFewSamples, expected: "at least one rating", found: "none", advice: "Check the filter that left so few.")
    }
    try SampleChecks.finite(values, "rating", width: 1)
    let (userPlaces, itemPlaces) = (DistinctPlaces(users), DistinctPlaces(items))
    var seen: [Int: Int] = [:]
    var entries: [RatingEntry] = []
    for (row, value) in values.enumerated() {
      let entry = RatingEntry(user: userPlaces.codes[row], item: itemPlaces.codes[row], value: value)
      if let first = seen.updateValue(row, forKey: entry.user * itemPlaces.distinct.count + entry.item) {
        throw FitError(
          .parameter, expected: "each user to rate an item once",
          found: "\(users[row]) and \(items[row]) in rows \(first) and \(row)",
          advice: "Take their mean or the last one.")
      }
      entries.append(entry)
    }
    (self.users, self.items, self.entries) = (userPlaces.distinct, itemPlaces.distinct, entries)
  }

  /// How many ratings there are.
  public var count: Int { entries.count }
  /// How many of all pairs are known, from 0 to 1.
  public var density: Double { Double(count) / Double(users.count * items.count) }
  /// The mean of all ratings.
  public var mean: Double { entries.reduce(0) { $0 + $1.value } / Double(count) }
  /// Each rating's user.
  public var ratedUsers: [User] { entries.map { users[$0.user] } }
  /// Each rating's item.
  public var ratedItems: [Item] { entries.map { items[$0.item] } }
  /// Each rating.
  public var values: [Double] { entries.map(\.value) }

  /// The ratings of some rows, such as those of a fold.
  /// - Throws: ``FitError`` of kind `tooFewSamples` when there are none.
  public func rows(_ rows: [Int]) throws(FitError) -> Ratings {
    try Ratings(
      users: rows.map { users[entries[$0].user] }, items: rows.map { items[entries[$0].item] },
      values: rows.map { entries[$0].value })
  }
}

extension Ratings where User == String, Item == String {
  /// The ratings of a frame.
  ///
  ///     try Ratings(frame, user: "customer", item: "article", value: "stars")
  /// - Throws: ``FitError`` of kind `table` when a column is missing or has gaps.
  public init(_ frame: DataFrame, user: String, item: String, value: String) throws(FitError) {
    let (users, items) = (
      try SampleChecks.table { () throws(FrameError) in try frame[user, String.self] },
      try SampleChecks.table { () throws(FrameError) in try frame[item, String.self] }
    )
    let values = try SampleChecks.table { () throws(FrameError) in try frame.matrix(of: [value]) }
    guard users.missingCount == 0, items.missingCount == 0 else {
      throw FitError(
        .table, expected: "users and items without gaps", found: "\(users.missingCount + items.missingCount) missing",
        advice: "Drop those rows: frame.dropMissing().")
    }
    try self.init(users: users.compactMap { $0 }, items: items.compactMap { $0 }, values: values.scalars)
  }
}

/// One rating.
struct RatingEntry: Sendable, Hashable {
  let user: Int
  let item: Int
  let value: Double
}

/// Different elements in order of appearance, and the place of each element's value among them.
struct DistinctPlaces<Element: Hashable> {
  private(set) var distinct: [Element] = []
  private(set) var codes: [Int] = []

  init(_ elements: [Element]) {
    var places: [Element: Int] = [:]
    for element in elements {
      let place = places[element, default: distinct.count]
      if place == distinct.count {
        places[element] = place
        distinct.append(element)
      }
      codes.append(place)
    }
  }
}

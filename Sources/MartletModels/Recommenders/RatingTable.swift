import MartletNumerics

/// Ratings by user and by item, and what is usual for each: what all recommenders have in common.
struct RatingTable<User: Hashable & Sendable, Item: Hashable & Sendable>: Sendable {
  let users: [User]
  let items: [Item]
  let userPlaces: [User: Int]
  let itemPlaces: [Item: Int]
  /// What each user has rated: places of items, and values.
  let byUser: [[(item: Int, value: Double)]]
  /// Who has rated each item: places of users, and values.
  let byItem: [[(user: Int, value: Double)]]
  let usual: UsualRatings
  /// The ratings in their order, from which all else follows.
  let ratings: Ratings<User, Item>
  let shrinkage: Double

  /// - Parameter shrinkage: as how many usual ratings count besides those that a user or item has.
  init(_ ratings: Ratings<User, Item>, shrinkage: Double) {
    (users, items) = (ratings.users, ratings.items)
    (self.ratings, self.shrinkage) = (ratings, shrinkage)
    userPlaces = Dictionary(uniqueKeysWithValues: users.enumerated().map { ($1, $0) })
    itemPlaces = Dictionary(uniqueKeysWithValues: items.enumerated().map { ($1, $0) })
    var byUser = [[(item: Int, value: Double)]](repeating: [], count: users.count)
    var byItem = [[(user: Int, value: Double)]](repeating: [], count: items.count)
    for entry in ratings.entries {
      byUser[entry.user].append((entry.item, entry.value))
      byItem[entry.item].append((entry.user, entry.value))
    }
    (self.byUser, self.byItem) = (byUser, byItem)
    usual = UsualRatings(byUser: byUser, byItem: byItem, mean: ratings.mean, shrinkage: shrinkage)
  }

  func knownItems(of user: User) -> Set<Item> {
    guard let place = userPlaces[user] else { return [] }
    return Set(byUser[place].map { items[$0.item] })
  }
}

extension RatingTable: Codable where User: Codable, Item: Codable {
  private enum CodingKeys: String, CodingKey { case users, items, values, shrinkage }

  /// Writes the ratings in their order, so that everybody and everything gets the same place again.
  func encode(to encoder: any Encoder) throws {
    var file = encoder.container(keyedBy: CodingKeys.self)
    try file.encode(ratings.ratedUsers, forKey: .users)
    try file.encode(ratings.ratedItems, forKey: .items)
    try file.encode(ratings.values, forKey: .values)
    try file.encode(shrinkage, forKey: .shrinkage)
  }

  /// Reads what was encoded; throws `DecodingError` where it makes no ratings.
  init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    let (users, items) = (try file.decode([User].self, forKey: .users), try file.decode([Item].self, forKey: .items))
    let shrinkage = try ModelChecks.spread(file, .shrinkage)
    do {
      self.init(
        try Ratings(users: users, items: items, values: try file.decode([Double].self, forKey: .values)),
        shrinkage: shrinkage)
    } catch let error as FitError {
      throw DecodingError.dataCorruptedError(forKey: .values, in: file, debugDescription: "\(error)")
    }
  }
}

/// The mean of all ratings, and how far each item and each user is from it.
///
/// `item = ∑ (r − mean) / (shrinkage + count)`, then `user = ∑ (r − mean − item) / (shrinkage + count)`.
struct UsualRatings: Sendable, Hashable {
  let mean: Double
  let users: [Double]
  let items: [Double]

  init(
    byUser: [[(item: Int, value: Double)]], byItem: [[(user: Int, value: Double)]], mean: Double, shrinkage: Double
  ) {
    self.mean = mean
    let items = byItem.map { ratings in
      ratings.reduce(0) { $0 + $1.value - mean } / max(shrinkage + Double(ratings.count), 1)
    }
    self.items = items
    users = byUser.map { ratings in
      ratings.reduce(0) { $0 + $1.value - mean - items[$1.item] } / max(shrinkage + Double(ratings.count), 1)
    }
  }

  /// What is usual for a user and an item, as far as they are known.
  func value(_ user: Int?, _ item: Int?) -> Double {
    mean + (user.map { users[$0] } ?? 0) + (item.map { items[$0] } ?? 0)
  }
}

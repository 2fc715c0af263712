import MartletNumerics

/// Recommends what like-minded users liked, or what is like the items that a user liked.
///
/// `r(u, i) = usual(u, i) + ∑ s · (r′ − usual′) / ∑ |s|` over the neighbours with the largest similarity `s`: the cosine of
/// what is unusual about both, less where they have little in common.
///
///     let model = try NeighborRecommender(.items, neighbors: 20).fit(ratings)
///     model.recommend(for: "ann", count: 3)
///
/// Items change less than users do: their neighbours are steadier, and can say why. Where nobody alike is known, what is
/// usual for the user and the item counts.
///
/// References: Resnick et al. (1994), GroupLens; Sarwar et al. (2001), Item-based collaborative filtering.
public struct NeighborRecommender: Sendable, Hashable {
  /// Whose neighbours are looked for.
  public enum Side: String, Sendable, Hashable, Codable { case users, items }

  public var side: Side
  /// How many neighbours count at most; above 0.
  public var neighbors: Int
  /// As how many common ratings without likeness count: similarities are multiplied by `common / (common + shrinkage)`.
  public var shrinkage: Double

  /// - Parameters:
  ///   - side: whose neighbours are looked for.
  ///   - neighbors: how many count at most.
  ///   - shrinkage: how much few common ratings are mistrusted; at least 0.
  public init(_ side: Side = .items, neighbors: Int = 20, shrinkage: Double = 5) {
    self.side = side
    self.neighbors = neighbors
    self.shrinkage = shrinkage
  }

  /// - Throws: ``FitError`` of kind `parameter`.
  /// - Complexity: O(∑ ratings of each user²) for items, the other way round for users; memory O(pairs in common).
  public func fit<User, Item>(_ ratings: Ratings<User, Item>) throws(FitError) -> Model<User, Item> {
    try SampleChecks.parameter(neighbors > 0, "neighbors", "above 0", neighbors)
    try SampleChecks.parameter(shrinkage >= 0, "shrinkage", "of at least 0", shrinkage)
    let table = RatingTable(ratings, shrinkage: shrinkage)
    func unusual(_ user: Int, _ item: Int, _ value: Double) -> Double { value - table.usual.value(user, item) }
    let rows =
      side == .items
      ? table.byUser.enumerated().map { user, row in row.map { ($0.item, unusual(user, $0.item, $0.value)) } }
      : table.byItem.enumerated().map { item, row in row.map { ($0.user, unusual($0.user, item, $0.value)) } }
    let count = side == .items ? table.items.count : table.users.count
    return Model(
      table: table, side: side, neighbors: neighbors,
      similar: Similarities.all(rows, count: count, shrinkage: shrinkage))
  }

  /// What `NeighborRecommender` has learned.
  public struct Model<User: Hashable & Sendable, Item: Hashable & Sendable>: RecommenderModel {
    let table: RatingTable<User, Item>
    let side: Side
    let neighbors: Int
    /// For each user or item those that have something in common with it, the most alike first.
    let similar: [[(place: Int, similarity: Double)]]

    public var items: [Item] { table.items }
    public func knownItems(of user: User) -> Set<Item> { table.knownItems(of: user) }

    public func predict(_ user: User, _ item: Item) -> Double {
      let (user, item) = (table.userPlaces[user], table.itemPlaces[item])
      let usual = table.usual.value(user, item)
      guard let user, let item else { return usual }
      let known =
        side == .items
        ? Dictionary(
          uniqueKeysWithValues: table.byUser[user].map { ($0.item, $0.value - table.usual.value(user, $0.item)) })
        : Dictionary(
          uniqueKeysWithValues: table.byItem[item].map { ($0.user, $0.value - table.usual.value($0.user, item)) })
      var (sum, weight, count) = (0.0, 0.0, 0)
      for (place, similarity) in similar[side == .items ? item : user] where similarity > 0 {
        guard let value = known[place] else { continue }
        sum += similarity * value
        weight += similarity
        count += 1
        if count == neighbors { break }
      }
      return weight == 0 ? usual : usual + sum / weight
    }

    /// The items most like one, the most alike first, with the cosine of what is unusual about them; empty for users.
    public func similarItems(to item: Item, count: Int = 10) -> [Recommendation<Item>] {
      guard side == .items, let place = table.itemPlaces[item] else { return [] }
      return similar[place].prefix(max(count, 0)).map { Recommendation(item: items[$0.place], score: $0.similarity) }
    }
  }
}

/// How alike rows of few numbers are.
enum Similarities {
  /// - Parameter rows: lists of places and numbers; two places have a row in common when both are in it.
  static func all(
    _ rows: [[(Int, Double)]], count: Int, shrinkage: Double
  ) -> [[(place: Int, similarity: Double)]] {
    var dots = [[Int: (dot: Double, first: Double, second: Double, common: Int)]](repeating: [:], count: count)
    for row in rows {
      for (a, x) in row {
        for (b, y) in row where b > a {
          var pair = dots[a][b] ?? (0, 0, 0, 0)
          pair = (pair.dot + x * y, pair.first + x * x, pair.second + y * y, pair.common + 1)
          dots[a][b] = pair
        }
      }
    }
    var similar = [[(place: Int, similarity: Double)]](repeating: [], count: count)
    for (a, pairs) in dots.enumerated() {
      for (b, pair) in pairs {
        let length = (pair.first * pair.second).squareRoot()
        guard length > 0 else { continue }
        let common = Double(pair.common)
        let similarity = pair.dot / length * common / (common + shrinkage)
        similar[a].append((b, similarity))
        similar[b].append((a, similarity))
      }
    }
    return similar.map {
      $0.sorted { $0.similarity == $1.similarity ? $0.place < $1.place : $0.similarity > $1.similarity }
    }
  }
}

import CMartletRuntime
import MartletNumerics

/// Recommends from what users did, such as plays or purchases: there is no dislike, only more and less sure liking.
///
/// What was done counts as liked with confidence `1 + confidence · amount`, everything else as not liked with confidence 1;
/// `∑ c (liked − x_u · y_i)² + penalty · (|x|² + |y|²)` is made small by alternating least squares.
///
///     let model = try ImplicitFactorization(factors: 16, seed: 1).fit(plays)
///     model.recommend(for: "ann", count: 5)
///
/// Scores are about 1 for what is surely liked and about 0 for what is not. Somebody new is shown what is most popular.
///
/// Reference: Hu, Koren and Volinsky (2008), Collaborative filtering for implicit feedback datasets.
public struct ImplicitFactorization: Sendable, Hashable {
  /// How many hidden tastes; above 0.
  public var factors: Int
  /// How much surer each amount makes; above 0. (α)
  public var confidence: Double
  /// How strongly everything is drawn towards 0; above 0.
  public var penalty: Double
  /// How many passes.
  public var epochs: Int
  /// What the start depends on; `nil` takes one from `Random`.
  public var seed: UInt64?

  public init(
    factors: Int = 16, confidence: Double = 20, penalty: Double = 1, epochs: Int = 15, seed: UInt64? = nil
  ) {
    self.factors = factors
    self.confidence = confidence
    self.penalty = penalty
    self.epochs = epochs
    self.seed = seed
  }

  /// - Parameter amounts: how often or how much; above 0.
  /// - Throws: ``FitError`` of kind `parameter`.
  /// - Complexity: O(amounts · factors² + (users + items) · factors³) an epoch.
  public func fit<User, Item>(_ amounts: Ratings<User, Item>) throws(FitError) -> Model<User, Item> {
    try SampleChecks.parameter(factors > 0, "factors", "above 0", factors)
    try SampleChecks.parameter(confidence > 0 && confidence.isFinite, "confidence", "above 0", confidence)
    try SampleChecks.parameter(penalty > 0 && penalty.isFinite, "penalty", "above 0", penalty)
    try SampleChecks.parameter(epochs > 0, "epochs", "above 0", epochs)
    let least = amounts.values.min() ?? 1
    try SampleChecks.parameter(least > 0, "amounts", "above 0", least)
    let table = RatingTable(amounts, shrinkage: 0)
    var random = PCG64(seed: seed ?? Random.nextSeed())
    var users = TasteRows(count: table.users.count, width: factors, using: &random)
    var items = TasteRows(count: table.items.count, width: factors, using: &random)
    let (userLists, itemLists) = (
      table.byUser.map { row in row.map { (place: $0.item, amount: $0.value) } },
      table.byItem.map { row in row.map { (place: $0.user, amount: $0.value) } }
    )
    let progress = FitProgress.begin("epochs", of: epochs)
    for _ in 0..<epochs {
      martlet_poll()
      defer { progress?.advance() }
      try solve(&users, for: userLists, given: items)
      try solve(&items, for: itemLists, given: users)
    }
    return Model(table: table, users: users, itemRows: items)
  }

  /// `x = (YᵀY + Yᵀ(C − I)Y + λI)⁻¹ YᵀC·liked`, where `C − I` is 0 but for what was done.
  private func solve(
    _ rows: inout TasteRows, for lists: [[(place: Int, amount: Double)]], given others: TasteRows
  ) throws(FitError) {
    let width = factors
    let matrix = Matrix(others.factors, shape: [others.offsets.count, width])
    let all = (matrix.transposed() • matrix).scalars
    for (row, list) in lists.enumerated() {
      var normal = all
      var right = [Double](repeating: 0, count: width)
      for (place, amount) in list {
        let (extra, features) = (confidence * amount, others.row(place))
        for a in 0..<width {
          right[a] += (1 + extra) * features[a]
          for b in 0..<width { normal[a * width + b] += extra * features[a] * features[b] }
        }
      }
      for a in 0..<width { normal[a * width + a] += penalty }
      let solution = try PositiveSystem.solve(normal, right)
      for factor in 0..<width { rows.factors[row * width + factor] = solution[factor] }
    }
  }

  /// What `ImplicitFactorization` has learned.
  public struct Model<User: Hashable & Sendable, Item: Hashable & Sendable>: RecommenderModel {
    let table: RatingTable<User, Item>
    let users: TasteRows
    let itemRows: TasteRows

    public var items: [Item] { table.items }
    public func knownItems(of user: User) -> Set<Item> { table.knownItems(of: user) }

    /// How sure it is that a user likes an item; for somebody new, the part of users who have had to do with it.
    public func predict(_ user: User, _ item: Item) -> Double {
      guard let item = table.itemPlaces[item] else { return 0 }
      guard let user = table.userPlaces[user] else {
        return Double(table.byItem[item].count) / Double(table.users.count)
      }
      return zip(users.row(user), itemRows.row(item)).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }
}

import CMartletRuntime
import MartletNumerics

/// Recommends by a few hidden tastes: each user and each item has a place among them, near where they agree.
///
/// `r(u, i) = mean + b_u + b_i + p_u · q_i`, with the squared misses and `penalty · (b² + |p|² + |q|²)` small.
///
///     let model = try MatrixFactorization(factors: 8, seed: 1).fit(ratings)
///     model.predict("ann", "tea")
///     model.recommend(for: "ann", count: 3)
///
/// A user that was never seen is taken for the mean of all users, an item for the mean of all items; with neither, it says
/// the mean rating.
///
/// References: Koren, Bell and Volinsky (2009), Matrix factorization techniques for recommender systems; Zhou et al. (2008)
/// for alternating least squares.
public struct MatrixFactorization: Sendable, Hashable {
  /// How the tastes are looked for.
  public enum Solver: Sendable, Hashable {
    /// Rating after rating in random order, each moving its user and item a little.
    case gradientDescent(learningRate: Double = 0.01)
    /// All users' best places for given items, then all items' for given users, by turns.
    case alternatingLeastSquares
  }

  /// How many hidden tastes; at least 0, which leaves what is usual.
  public var factors: Int
  public var solver: Solver
  /// How strongly everything is drawn towards 0, for each rating; at least 0.
  public var penalty: Double
  /// How many passes over the ratings.
  public var epochs: Int
  /// What the start depends on; `nil` takes one from `Random`.
  public var seed: UInt64?

  /// - Parameters:
  ///   - factors: how many hidden tastes.
  ///   - solver: how they are looked for.
  ///   - penalty: how strongly everything is drawn towards 0.
  ///   - epochs: how many passes over the ratings.
  ///   - seed: for the same result every time.
  public init(
    factors: Int = 10, solver: Solver = .alternatingLeastSquares, penalty: Double = 0.05, epochs: Int = 30,
    seed: UInt64? = nil
  ) {
    self.factors = factors
    self.solver = solver
    self.penalty = penalty
    self.epochs = epochs
    self.seed = seed
  }

  /// - Throws: ``FitError`` of kind `parameter`, or `notConverged` when steps were too large.
  /// - Complexity: O(ratings · factors) an epoch by gradient descent; O(ratings · factors² + (users + items) · factors³) by
  ///   least squares.
  public func fit<User, Item>(_ ratings: Ratings<User, Item>) throws(FitError) -> Model<User, Item> {
    try SampleChecks.parameter(factors >= 0, "factors", "of at least 0", factors)
    try SampleChecks.parameter(penalty >= 0 && penalty.isFinite, "penalty", "of at least 0", penalty)
    try SampleChecks.parameter(epochs > 0, "epochs", "above 0", epochs)
    if case .gradientDescent(let rate) = solver {
      try SampleChecks.parameter(rate > 0 && rate.isFinite, "learningRate", "above 0", rate)
    }
    let table = RatingTable(ratings, shrinkage: 0)
    var tastes = Tastes(
      users: table.users.count, items: table.items.count, factors: factors, seed: seed ?? Random.nextSeed())
    var history: [Double] = []
    let progress = FitProgress.begin("epochs", of: epochs)
    for epoch in 0..<epochs {
      martlet_poll()
      defer { progress?.advance() }
      switch solver {
      case .gradientDescent(let rate):
        tastes.descend(ratings.entries, mean: ratings.mean, rate: rate, penalty: penalty, epoch: epoch)
      case .alternatingLeastSquares:
        try tastes.solveUsers(table.byUser, mean: ratings.mean, penalty: penalty)
        try tastes.solveItems(table.byItem, mean: ratings.mean, penalty: penalty)
      }
      history.append(tastes.error(ratings.entries, mean: ratings.mean))
      guard history[epoch].isFinite else {
        throw FitError(
          .notConverged, expected: "errors that a number can hold", found: "\(history[epoch]) in epoch \(epoch + 1)",
          advice: "Take a smaller learning rate, or scale the ratings.")
      }
    }
    return Model(table: table, tastes: tastes, mean: ratings.mean, history: history)
  }

  /// What `MatrixFactorization` has learned.
  public struct Model<User: Hashable & Sendable, Item: Hashable & Sendable>: RecommenderModel {
    let table: RatingTable<User, Item>
    let tastes: Tastes
    let mean: Double
    /// How much more than the mean a typical user likes each item, and each user a typical item.
    let (newUsers, newItems): ([Double], [Double])
    /// The root mean squared miss of the ratings that it learns from, after each epoch.
    public let history: [Double]

    public var items: [Item] { table.items }
    public func knownItems(of user: User) -> Set<Item> { table.knownItems(of: user) }

    init(table: RatingTable<User, Item>, tastes: Tastes, mean: Double, history: [Double]) {
      (self.table, self.tastes, self.mean, self.history) = (table, tastes, mean, history)
      func values(_ rows: TasteRows, with other: (offset: Double, factors: [Double])) -> [Double] {
        rows.offsets.indices.map { place in
          zip(rows.row(place), other.factors).reduce(rows.offsets[place] + other.offset) { $0 + $1.0 * $1.1 }
        }
      }
      newUsers = values(tastes.items, with: tastes.users.typical)
      newItems = values(tastes.users, with: tastes.items.typical)
    }

    public func predict(_ user: User, _ item: Item) -> Double {
      switch (table.userPlaces[user], table.itemPlaces[item]) {
      case (let user?, let item?): mean + tastes.value(user, item)
      case (nil, let item?): mean + newUsers[item]
      case (let user?, nil): mean + newItems[user]
      case (nil, nil): mean
      }
    }

    /// Where a user is among the tastes; `nil` for somebody new.
    public func factors(of user: User) -> [Double]? { table.userPlaces[user].map { tastes.users.row($0) } }
    /// Where an item is among the tastes; `nil` for something new.
    public func factors(ofItem item: Item) -> [Double]? { table.itemPlaces[item].map { tastes.items.row($0) } }
  }
}

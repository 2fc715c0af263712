import MartletFrames
import MartletNumerics

/// Something that has learned who likes what.
public protocol RecommenderModel<User, Item>: Sendable {
  associatedtype User: Hashable & Sendable
  associatedtype Item: Hashable & Sendable
  /// Everything it knows, in order.
  var items: [Item] { get }
  /// How much a user is expected to like an item. Where it knows one of them only, or none, it falls back on what is
  /// usual.
  func predict(_ user: User, _ item: Item) -> Double
  /// What it was told of a user already.
  func knownItems(of user: User) -> Set<Item>
}

/// An item, and how much it is expected to be liked.
public struct Recommendation<Item: Hashable & Sendable>: Sendable, Hashable, CustomStringConvertible {
  public let item: Item
  /// Larger for what is liked more, in the model's unit.
  public let score: Double

  public init(item: Item, score: Double) {
    self.item = item
    self.score = score
  }

  /// The item and its score, as in `tea (4.5)`.
  public var description: String { "\(item) (\(FrameNumberFormat.texts([score])[0]))" }
}

extension RecommenderModel {
  /// The items that a user is expected to like most, without those that are known already.
  ///
  ///     model.recommend(for: "ann", count: 3)
  /// - Parameters:
  ///   - user: somebody known, or new: then what most people like.
  ///   - count: at most how many.
  ///   - excludesKnown: whether items are left out that the user has rated.
  ///   - excluding: items that are left out besides, such as those out of stock.
  /// - Complexity: a prediction for each item.
  public func recommend(
    for user: User, count: Int = 10, excludesKnown: Bool = true, excluding: Set<Item> = []
  ) -> [Recommendation<Item>] {
    let known = excludesKnown ? knownItems(of: user) : []
    let scored = items.enumerated().compactMap { place, item -> (place: Int, score: Double)? in
      known.contains(item) || excluding.contains(item) ? nil : (place, predict(user, item))
    }
    // The first of equals comes first.
    let best = scored.sorted { $0.score == $1.score ? $0.place < $1.place : $0.score > $1.score }.prefix(max(count, 0))
    return best.map { Recommendation(item: items[$0.place], score: $0.score) }
  }

  /// How well ratings that it has not seen are predicted: the root of the mean squared miss.
  public func rootMeanSquaredError(_ ratings: Ratings<User, Item>) -> Double {
    let predicted = ratings.entries.map { predict(ratings.users[$0.user], ratings.items[$0.item]) }
    return MartletModels.rootMeanSquaredError(predicted: predicted, actual: ratings.values)
  }

  /// How good the first places are for users with ratings that it has not seen.
  ///
  ///     let quality = model.ranking(test, relevantFrom: 4)
  ///     quality.precision
  /// - Parameters:
  ///   - ratings: the test's ratings.
  ///   - count: how many places count.
  ///   - least: from which rating on an item is relevant; by default all that are rated.
  public func ranking(_ ratings: Ratings<User, Item>, count: Int = 10, relevantFrom least: Double = -.infinity)
    -> RankingQuality
  {
    var wanted = [Set<Item>](repeating: [], count: ratings.users.count)
    for entry in ratings.entries where entry.value >= least { wanted[entry.user].insert(ratings.items[entry.item]) }
    var sums = (precision: 0.0, recall: 0.0, gain: 0.0, hits: 0.0, users: 0)
    for (user, relevant) in zip(ratings.users, wanted) where !relevant.isEmpty {
      let ranked = recommend(for: user, count: count).map(\.item)
      sums.users += 1
      sums.precision += precision(atRank: count, ranked: ranked, relevant: relevant)
      sums.recall += recall(atRank: count, ranked: ranked, relevant: relevant)
      sums.hits += hitRate(atRank: count, ranked: ranked, relevant: relevant)
      // What was not ranked comes after all that was, so that the best order is that of all relevant items.
      let missed = relevant.subtracting(ranked).count
      let gains = ranked.map { relevant.contains($0) ? 1.0 : 0 } + [Double](repeating: 1, count: missed)
      let places = gains.indices.map { Double(gains.count - $0) }
      if !gains.isEmpty { sums.gain += normalizedDiscountedGain(relevance: gains, scores: places, k: count) }
    }
    let users = Double(max(sums.users, 1))
    return RankingQuality(
      users: sums.users, precision: sums.precision / users, recall: sums.recall / users,
      hitRate: sums.hits / users, discountedGain: sums.gain / users)
  }
}

/// How good recommendations are, as means over users.
public struct RankingQuality: Sendable, Hashable {
  /// How many users had something relevant.
  public let users: Int
  /// The part of the places that was relevant.
  public let precision: Double
  /// The part of the relevant items that was found.
  public let recall: Double
  /// How many users were shown anything relevant.
  public let hitRate: Double
  /// How early the relevant items came, from 0 to 1. (NDCG)
  public let discountedGain: Double
}

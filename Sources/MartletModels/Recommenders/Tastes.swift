import MartletNumerics

/// Places among hidden tastes, one row each, with a number for how much is liked in general.
struct TasteRows: Sendable, Hashable, Codable {
  var factors: [Double]
  var offsets: [Double]
  let width: Int

  init(count: Int, width: Int, using random: inout PCG64) {
    factors = random.normals(count * width, standardDeviation: 0.1)
    offsets = [Double](repeating: 0, count: count)
    self.width = width
  }

  func row(_ place: Int) -> [Double] { Array(factors[place * width..<(place + 1) * width]) }

  /// The mean of all rows: somebody or something of whom nothing is known.
  var typical: (offset: Double, factors: [Double]) {
    let count = Double(offsets.count)
    let sums = offsets.indices.reduce(into: [Double](repeating: 0, count: width)) { sums, place in
      for factor in 0..<width { sums[factor] += factors[place * width + factor] }
    }
    return (offsets.reduce(0, +) / count, sums.map { $0 / count })
  }
}

extension TasteRows {
  /// Whether there are so many rows of the same width, and finite numbers in them.
  func fits(count: Int) -> Bool {
    offsets.count == count && width >= 0 && width <= factors.count + 1 && factors.count == count * width
      && factors.allSatisfy(\.isFinite) && offsets.allSatisfy(\.isFinite)
  }
}

/// The tastes of users and items, and how they are learned.
struct Tastes: Sendable, Hashable {
  var users: TasteRows
  var items: TasteRows
  private let width: Int
  /// What the order of ratings depends on.
  private var orderSeed: UInt64

  /// Tastes that were learned before.
  init(users: TasteRows, items: TasteRows) {
    (self.users, self.items, width) = (users, items, users.width)
    orderSeed = 0
  }

  init(users: Int, items: Int, factors: Int, seed: UInt64) {
    var random = PCG64(seed: seed)
    self.users = TasteRows(count: users, width: factors, using: &random)
    self.items = TasteRows(count: items, width: factors, using: &random)
    width = factors
    orderSeed = random.next()
  }

  /// How much more than the mean a user likes an item.
  func value(_ user: Int, _ item: Int) -> Double {
    var sum = users.offsets[user] + items.offsets[item]
    for place in 0..<width { sum += users.factors[user * width + place] * items.factors[item * width + place] }
    return sum
  }

  func error(_ entries: [RatingEntry], mean: Double) -> Double {
    let squares = entries.reduce(0.0) { sum, entry in
      let miss = entry.value - mean - value(entry.user, entry.item)
      return sum + miss * miss
    }
    return (squares / Double(entries.count)).squareRoot()
  }

  /// One pass over the ratings in random order.
  mutating func descend(_ entries: [RatingEntry], mean: Double, rate: Double, penalty: Double, epoch: Int) {
    var order = PCG64(seed: orderSeed &+ UInt64(epoch))
    for place in order.permutation(entries.count) {
      let entry = entries[place]
      let miss = entry.value - mean - value(entry.user, entry.item)
      users.offsets[entry.user] += rate * (miss - penalty * users.offsets[entry.user])
      items.offsets[entry.item] += rate * (miss - penalty * items.offsets[entry.item])
      for factor in 0..<width {
        let (u, i) = (entry.user * width + factor, entry.item * width + factor)
        let (p, q) = (users.factors[u], items.factors[i])
        users.factors[u] += rate * (miss * q - penalty * p)
        items.factors[i] += rate * (miss * p - penalty * q)
      }
    }
  }

  mutating func solveUsers(
    _ rows: [[(item: Int, value: Double)]], mean: Double, penalty: Double
  ) throws(FitError) {
    let lists = rows.map { row in row.map { (place: $0.item, value: $0.value - mean) } }
    try Self.solve(&users, for: lists, given: items, penalty: penalty)
  }

  mutating func solveItems(
    _ rows: [[(user: Int, value: Double)]], mean: Double, penalty: Double
  ) throws(FitError) {
    let lists = rows.map { row in row.map { (place: $0.user, value: $0.value - mean) } }
    try Self.solve(&items, for: lists, given: users, penalty: penalty)
  }

  /// The least squares of each row by itself: its offset and factors, for given others.
  private static func solve(
    _ rows: inout TasteRows, for lists: [[(place: Int, value: Double)]], given others: TasteRows, penalty: Double
  ) throws(FitError) {
    let width = rows.width
    let size = width + 1
    for (row, list) in lists.enumerated() {
      var normal = [Double](repeating: 0, count: size * size)
      var right = [Double](repeating: 0, count: size)
      for (place, value) in list {
        let features = [1] + others.row(place)
        let target = value - others.offsets[place]
        for a in 0..<size {
          right[a] += features[a] * target
          for b in 0..<size { normal[a * size + b] += features[a] * features[b] }
        }
      }
      // The penalty counts for each rating, so that those who rate much are drawn as strongly.
      for a in 0..<size { normal[a * size + a] += max(penalty, 1e-9) * Double(max(list.count, 1)) }
      let solution = try PositiveSystem.solve(normal, right)
      rows.offsets[row] = solution[0]
      for factor in 0..<width { rows.factors[row * width + factor] = solution[factor + 1] }
    }
  }
}

/// Linear equations with a symmetric, positive matrix.
enum PositiveSystem {
  static func solve(_ matrix: [Double], _ right: [Double]) throws(FitError) -> [Double] {
    do {
      let size = right.count
      return try Matrix(matrix, shape: [size, size]).solvePositiveDefinite(Matrix(right, shape: [size, 1])).scalars
    } catch {
      throw FitError(
        .notConverged, expected: "equations with a single solution", found: "\(error)",
        advice: "Take a larger penalty, or scale the ratings.")
    }
  }
}

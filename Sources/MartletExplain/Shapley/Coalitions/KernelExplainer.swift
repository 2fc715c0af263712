import MartletFrames
import MartletModels
import MartletNumerics

/// Shapley values of any model as a weighted regression over coalitions of features.
///
///     let explainer = try KernelExplainer(ModelFunction(model), background: x[0..<50, .all], seed: 0)
///     try explainer.explain(x[0..<3, .all]).waterfall(0)
///
/// Exact where all coalitions are asked about, which up to 11 features are no more than the default number of samples.
/// With more features the smallest and the largest coalitions, which weigh most, are taken whole, and of those between
/// some are drawn, each with its opposite.
///
/// Reference: Lundberg and Lee (2017), A unified approach to interpreting model predictions.
public struct KernelExplainer: Explainer {
  /// How many coalitions to ask about at most.
  public let samples: Int
  private let seed: UInt64
  private let game: CoalitionGame
  public var featureNames: [String] { game.featureNames }
  public var outputNames: [String] { game.function.outputNames }

  /// - Parameters:
  ///   - function: the model.
  ///   - background: samples that stand for what is not known, shape `[m, features]`; 50 to 200 are usual.
  ///   - samples: how many coalitions to ask about at most, at least twice the number of features; `nil` for
  ///     `2 · features + 2048`. (shap: `nsamples`)
  ///   - seed: for the same coalitions every time; `nil` for others in each explainer.
  ///   - featureNames: one for each column.
  /// - Throws: ``FitError`` of kind `shape` or `parameter`.
  public init(
    _ function: ModelFunction<Matrix>, background: Matrix, samples: Int? = nil, seed: UInt64? = nil,
    featureNames: [String]? = nil
  ) throws(FitError) {
    game = try CoalitionGame(function, background, featureNames)
    let least = 2 * game.featureCount
    try SampleChecks.parameter(samples ?? least >= least, "samples", "at least \(least)", samples ?? 0)
    self.samples = samples ?? 2 * game.featureCount + 2048
    self.seed = seed ?? Random.nextSeed()
  }

  /// - Parameters:
  ///   - function: the model, as `ModelFunction(columnsOf: model)` where it was fitted to a table.
  ///   - background: rows that stand for what is not known.
  ///   - samples: how many coalitions to ask about at most.
  ///   - seed: for the same coalitions every time.
  /// - Throws: ``FitError``, of kind `table` when the background lacks columns of the model.
  public init(
    _ function: ModelFunction<Matrix>, background: DataFrame, samples: Int? = nil, seed: UInt64? = nil
  ) throws(FitError) {
    let game = try CoalitionGame(function, background)
    try self.init(function, background: game.background, samples: samples, seed: seed, featureNames: game.featureNames)
  }

  /// - Throws: ``FitError`` when samples and model do not fit together.
  /// - Complexity: O(n · samples · m) questions to the model.
  public func explainAll(_ x: Matrix) throws(FitError) -> [Explanation] {
    try game.explain(x, try KernelCoalitions(width: game.featureCount, most: samples, seed: seed).design())
  }
}

/// Coalitions, neither empty nor full, with the weights of the regression.
struct KernelCoalitions {
  private(set) var coalitions: [[Bool]] = []
  private(set) var weights: [Double] = []
  private let width: Int

  init(width: Int, most: Int, seed: UInt64) {
    self.width = width
    guard width > 1 else { return }
    // The whole weight of the coalitions of a size and of their opposites.
    var sizes = (1...width / 2).map { size in
      (size: size, weight: Double(width - 1) / Double(size * (width - size)) * (2 * size == width ? 1 : 2))
    }
    var room = most
    while let (size, weight) = sizes.first, let count = Self.count(of: size, width, most: room) {
      addAll(of: size, weight: weight / Double(count))
      room -= count
      sizes.removeFirst()
    }
    if !sizes.isEmpty { draw(sizes, room: max(room, 2), seed: seed) }
  }

  /// How many coalitions of a size there are together with their opposites; `nil` for more than `most`.
  private static func count(of size: Int, _ width: Int, most: Int) -> Int? {
    var count = 2 * size == width ? 1.0 : 2.0
    for place in 0..<size { count *= Double(width - place) / Double(place + 1) }
    return count.rounded() <= Double(most) ? Int(count.rounded()) : nil
  }

  private mutating func addAll(of size: Int, weight: Double) {
    var members = Array(0..<size)
    while true {
      add(members, weight: weight)
      if 2 * size != width { addOpposite(weight: weight) }
      // The next subset in lexical order.
      guard let place = members.indices.last(where: { members[$0] < width - size + $0 }) else { return }
      members[place] += 1
      for later in members.indices.dropFirst(place + 1) { members[later] = members[later - 1] + 1 }
    }
  }

  private mutating func draw(_ sizes: [(size: Int, weight: Double)], room: Int, seed: UInt64) {
    var random = PCG64(seed: seed)
    let total = sizes.reduce(0) { $0 + $1.weight }
    let pairs = room / 2
    let first = coalitions.count
    for _ in 0..<pairs {
      var left = random.uniform() * total
      let size =
        sizes.first { entry in
          left -= entry.weight
          return left <= 0
        }?.size ?? sizes[sizes.count - 1].size
      add(random.distinctPlaces(size, below: width), weight: 1)
      addOpposite(weight: 1)
    }
    let share = total / Double(2 * pairs)
    for place in first..<coalitions.count { weights[place] = share }
  }

  private mutating func add(_ members: [Int], weight: Double) {
    var coalition = [Bool](repeating: false, count: width)
    for member in members { coalition[member] = true }
    coalitions.append(coalition)
    weights.append(weight)
  }

  private mutating func addOpposite(weight: Double) {
    coalitions.append(coalitions[coalitions.count - 1].map { !$0 })
    weights.append(weight)
  }

  /// The least squares with contributions that add up, as weights of the answers: first the drawn coalitions', then those
  /// of the full and the empty one. The last feature has what the others leave.
  func design() throws(FitError) -> CoalitionDesign {
    let all = coalitions + [[Bool](repeating: true, count: width), [Bool](repeating: false, count: width)]
    guard width > 1 else { return CoalitionDesign(coalitions: all, weights: Matrix([1, -1], shape: [1, 2])) }
    let rows = coalitions.map { known in
      (0..<width - 1).map { (known[$0] ? 1.0 : 0) - (known[width - 1] ? 1 : 0) }
    }
    let x = Matrix(rows)
    let weighted = x * Matrix(weights).reshaped(-1, 1)
    let solved: Matrix
    do {
      solved = try (x.transposed() • weighted).solve(weighted.transposed())
    } catch {
      throw FitError(
        .notConverged, expected: "coalitions that tell all features apart", found: error.description,
        advice: "Ask about more samples.")
    }
    let knowsLast = Matrix(coalitions.map { $0[width - 1] ? 1 : 0 })
    let full = -(solved • knowsLast)
    let empty = -(solved.sum(axis: 1)) - full
    let others = Matrix.concatenated([solved, full.reshaped(-1, 1), empty.reshaped(-1, 1)], axis: 1)
    let ends = Matrix([Double](repeating: 0, count: coalitions.count) + [1, -1])
    let last = ends - others.sum(axis: 0)
    return CoalitionDesign(coalitions: all, weights: Matrix.concatenated([others, last.reshaped(1, -1)], axis: 0))
  }
}

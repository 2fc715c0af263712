import CMartletRuntime
import MartletNumerics

/// Minimises `½‖w‖² + ∑ᵢ costᵢ max(0, |yᵢ − w · xᵢ| − ε)`, or with the misses squared, by one multiplier for each sample.
///
/// `w = ∑ᵢ βᵢ xᵢ`, where the multipliers minimise `½‖w‖² + ½ ∑ᵢ λᵢβᵢ² − ∑ᵢ yᵢβᵢ + ε ∑ᵢ |βᵢ|` for `|βᵢ| ≤ limitᵢ`: with plain misses
/// `λᵢ = 0` and `limitᵢ = costᵢ`, with squared ones `λᵢ = 1 / 2costᵢ` and no limit. With the others fixed the best `βᵢ` is known. It
/// ends when both problems' values nearly meet, which bounds what is still to gain.
///
/// Reference: Ho and Lin (2012), Large-scale linear support vector regression.
struct DualCoordinateDescent {
  private let targets: [Double]
  private let costs: [Double]
  private let margin: Double
  private let squaresMisses: Bool
  private let fitsIntercept: Bool
  private var multipliers: [Double]
  private var random: PCG64
  private(set) var weights: [Double]
  private(set) var intercept = 0.0
  /// What was still to gain at the end, as a fraction of what no weights would cost.
  private(set) var gap = 0.0

  init(
    targets: [Double], costs: [Double], margin: Double, squaresMisses: Bool, fitsIntercept: Bool, width: Int,
    seed: UInt64
  ) {
    self.targets = targets
    self.costs = costs
    self.margin = margin
    self.squaresMisses = squaresMisses
    self.fitsIntercept = fitsIntercept
    multipliers = [Double](repeating: 0, count: targets.count)
    weights = [Double](repeating: 0, count: width)
    random = PCG64(seed: seed)
  }

  /// Goes round until the gap is small enough, and gives how many rounds it took.
  mutating func solve(_ samples: some LinearSamples, tolerance: Double, maximumRounds: Int) -> Int {
    let own = fitsIntercept ? 1.0 : 0
    let norms = samples.withRows { rows in targets.indices.map { rows.square($0) + own } }
    // A sample that costs nothing has no say.
    var order = costs.indices.filter { costs[$0] > 0 }
    let worst = order.reduce(0) { $0 + cost(of: targets[$1], $1) }
    if worst == 0 { return 0 }
    let progress = FitProgress.begin("rounds")
    for round in 1...maximumRounds {
      martlet_poll()
      random.shuffle(&order)
      samples.withRows { rows in for sample in order { step(sample, rows, norms[sample]) } }
      progress?.advance()
      // A look at the gap takes half as long as a round.
      if round % 10 == 0 || round < 5 || round == maximumRounds {
        gap = samples.withRows { rows in largestGain(rows, order) } / worst
        if gap <= tolerance { return round }
      }
    }
    return maximumRounds
  }

  /// What a miss costs.
  private func cost(of miss: Double, _ sample: Int) -> Double {
    let beyond = max(0, abs(miss) - margin)
    return costs[sample] * (squaresMisses ? beyond * beyond : beyond)
  }

  private func score(_ sample: Int, _ rows: SampleRows) -> Double {
    rows.range(sample).reduce(intercept) { $0 + rows.values[$1] * weights[rows.feature($1, of: sample)] }
  }

  private func ridge(_ sample: Int) -> Double { squaresMisses ? 0.5 / costs[sample] : 0 }

  /// Moves one multiplier to where it is best.
  private mutating func step(_ sample: Int, _ rows: SampleRows, _ norm: Double) {
    let (old, ridge) = (multipliers[sample], ridge(sample))
    let curvature = norm + ridge
    let slope = score(sample, rows) + ridge * old - targets[sample]
    let new: Double
    if curvature > 0 {
      let free = old - slope / curvature
      let size = max(0, abs(free) - margin / curvature)
      new = (free < 0 ? -1 : 1) * (squaresMisses ? size : min(size, costs[sample]))
    } else {
      // Without any feature its miss stays what it is.
      new = abs(slope) > margin ? (slope > 0 ? -1 : 1) * costs[sample] : 0
    }
    guard new != old else { return }
    multipliers[sample] = new
    if fitsIntercept { intercept += new - old }
    for place in rows.range(sample) {
      weights[rows.feature(place, of: sample)] += (new - old) * rows.values[place]
    }
  }

  /// How far the value is above the dual problem's.
  private func largestGain(_ rows: SampleRows, _ order: [Int]) -> Double {
    var gain = weights.reduce(intercept * intercept) { $0 + $1 * $1 }
    for sample in order {
      let (own, ridge) = (multipliers[sample], ridge(sample))
      gain += cost(of: targets[sample] - score(sample, rows), sample)
      gain += 0.5 * ridge * own * own - targets[sample] * own + margin * abs(own)
    }
    return gain
  }
}

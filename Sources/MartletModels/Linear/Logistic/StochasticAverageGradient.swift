import CMartletRuntime
import MartletNumerics

/// Minimises a logistic loss by steps for one sample at a time: its gradient now, minus what it was when the sample was last
/// looked at, plus the mean of what all were.
///
/// That direction is right on average and ever less noisy, so that steps of one length arrive. After each step the penalty
/// pulls the weights in: squares shrink them, absolute values cut them at zero.
///
/// Of a sparse sample only the features that it has are touched; the others' steps, which are all alike, are made up for when
/// they are next needed.
///
/// Reference: Defazio, Bach and Lacoste-Julien (2014), SAGA: a fast incremental gradient method with support for
/// non-strongly convex composite objectives.
final class StochasticAverageGradient {
  private let codes: [Int]
  /// A sample's weight over the mean of all.
  private let importance: [Double]
  private let rows, width, count: Int
  private let fitsIntercept: Bool
  private let length: Double
  private let pull: PenaltyPull
  /// Feature after feature, the weights of all classes, the intercepts last; and the means of the gradients in that order.
  private let weights, means: UnsafeMutablePointer<Double>
  /// Probability minus truth of each sample's classes when it was last looked at, times its importance.
  private let errors: UnsafeMutablePointer<Double>
  /// How many of a round's steps each feature has taken.
  private let taken: UnsafeMutablePointer<Int>
  private var random: PCG64

  init<Samples>(_ loss: LogisticLoss<Samples>, seed: UInt64?) {
    codes = loss.samples.codes
    (rows, width, count, fitsIntercept) = (loss.rows, loss.width, loss.samples.codes.count, loss.fitsIntercept)
    let scale = Double(count) / loss.totalWeight
    let importance = codes.indices.map { scale * (loss.samples.weights?[$0] ?? 1) }
    self.importance = importance
    let squares = loss.features.withRows { rows in importance.indices.map { importance[$0] * (rows.square($0) + 1) } }
    // The loss bends by a quarter along the score of two classes, by no more than a half along those of several.
    let bend = (squares.max() ?? 0) * (rows == 1 ? 0.25 : 0.5)
    length = bend > 0 ? 1 / (3 * bend) : 1
    pull = PenaltyPull(length: length, squares: loss.penalty, sizes: loss.absolutePenalty, steps: count)
    weights = .allocate(capacity: rows * (width + 1))
    weights.initialize(repeating: 0, count: rows * (width + 1))
    means = .allocate(capacity: rows * (width + 1))
    means.initialize(repeating: 0, count: rows * (width + 1))
    errors = .allocate(capacity: count * rows)
    taken = .allocate(capacity: width)
    taken.initialize(repeating: 0, count: width)
    random = PCG64(seed: seed ?? Random.nextSeed())
    // At zero all classes are equally likely, and the mean gradient is the loss's.
    let slopes = loss.evaluate([Double](repeating: 0, count: loss.parameterCount)).gradient
    for place in slopes.indices { means[self.place(ofParameter: place)] = slopes[place] }
    let even = rows == 1 ? 0.5 : 1 / Double(rows)
    for sample in codes.indices {
      for row in 0..<rows { errors[sample * rows + row] = importance[sample] * (even - truth(sample, row)) }
    }
  }

  deinit {
    weights.deallocate()
    means.deallocate()
    errors.deallocate()
    taken.deallocate()
  }

  private func truth(_ sample: Int, _ row: Int) -> Double { codes[sample] == (rows == 1 ? 1 : row) ? 1 : 0 }

  /// The loss has its parameters class after class, the intercepts last.
  private func place(ofParameter place: Int) -> Int {
    place < rows * width ? place % width * rows + place / width : place
  }

  /// Goes on until no component of the gradient, as far as the penalty leaves it, is larger than the tolerance.
  func minimize<Samples>(_ loss: LogisticLoss<Samples>, tolerance: Double, maximumIterations: Int) -> LogisticSolution {
    let progress = FitProgress.begin("iterations")
    var point = [Double](repeating: 0, count: loss.parameterCount)
    for iteration in 1...maximumIterations {
      loss.features.withRows { rows in rows.columns == nil ? advanceDense(rows) : advanceSparse(rows) }
      progress?.advance()
      for parameter in point.indices { point[parameter] = weights[place(ofParameter: parameter)] }
      if loss.largestSlope(at: point) <= tolerance {
        return LogisticSolution(point: point, iterations: iteration, hasConverged: true)
      }
    }
    return LogisticSolution(point: point, iterations: maximumIterations, hasConverged: false)
  }

  /// As many steps as there are samples, each of which has every feature.
  private func advanceDense(_ x: SampleRows) {
    let pulls = !pull.isNone
    withUnsafeTemporaryAllocation(of: Double.self, capacity: rows) { scores in
      for step in 0..<count {
        if step & 1_023 == 0 { martlet_poll() }
        let sample = random.integer(below: count)
        let features = x.values + sample * width
        score(features, nil, width, scores)
        replaceByChanges(scores, sample)
        for feature in 0..<width { move(feature, features[feature], scores) }
        if pulls { for place in 0..<rows * width { weights[place] = pull.once(weights[place]) } }
        moveIntercepts(scores)
      }
    }
  }

  /// As many steps as there are samples, each of which touches the features that its sample has.
  private func advanceSparse(_ x: SampleRows) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: rows) { scores in
      for step in 0..<count {
        if step & 1_023 == 0 { martlet_poll() }
        let sample = random.integer(below: count)
        let stored = x.range(sample)
        let (values, columns) = (x.values + stored.lowerBound, x.columns.map { $0 + stored.lowerBound })
        for place in 0..<stored.count { catchUp(Int(columns?[place] ?? 0), to: step) }
        score(values, columns, stored.count, scores)
        replaceByChanges(scores, sample)
        for place in 0..<stored.count {
          let feature = Int(columns?[place] ?? 0)
          move(feature, values[place], scores)
          for row in 0..<rows { weights[feature * rows + row] = pull.once(weights[feature * rows + row]) }
          taken[feature] = step + 1
        }
        moveIntercepts(scores)
      }
    }
    for feature in 0..<width {
      catchUp(feature, to: count)
      taken[feature] = 0
    }
  }

  /// Makes the steps of a feature that no sample had until now.
  private func catchUp(_ feature: Int, to step: Int) {
    let missed = step - taken[feature]
    if missed == 0 { return }
    for place in feature * rows..<(feature + 1) * rows {
      weights[place] = pull.often(weights[place], move: length * means[place], missed)
    }
    taken[feature] = step
  }

  @inline(__always)
  private func score(
    _ values: UnsafePointer<Double>, _ columns: UnsafePointer<Int32>?, _ stored: Int,
    _ scores: UnsafeMutableBufferPointer<Double>
  ) {
    for row in 0..<rows {
      var sum = weights[rows * width + row]
      for place in 0..<stored { sum += values[place] * weights[(columns.map { Int($0[place]) } ?? place) * rows + row] }
      scores[row] = sum
    }
  }

  /// Turns a sample's scores into the changes of its errors, which are noted.
  private func replaceByChanges(_ scores: UnsafeMutableBufferPointer<Double>, _ sample: Int) {
    if rows == 1 {
      scores[0] = SoftProbability.sigmoid(scores[0])
    } else {
      _ = SoftProbability.softmax(scores, 0..<rows)
    }
    for row in 0..<rows {
      let error = importance[sample] * (scores[row] - truth(sample, row))
      scores[row] = error - errors[sample * rows + row]
      errors[sample * rows + row] = error
    }
  }

  @inline(__always)
  private func move(_ feature: Int, _ value: Double, _ changes: UnsafeMutableBufferPointer<Double>) {
    for row in 0..<rows {
      let (place, change) = (feature * rows + row, changes[row] * value)
      weights[place] -= length * (change + means[place])
      means[place] += change / Double(count)
    }
  }

  private func moveIntercepts(_ changes: UnsafeMutableBufferPointer<Double>) {
    if fitsIntercept { move(width, 1, changes) }
  }
}

/// What a penalty does to a weight after each step of one length.
struct PenaltyPull {
  /// What is left of a weight after the squares' pull, and what the absolute values take before it.
  private let shrink, threshold: Double
  /// The powers of ``shrink``, and the sums of the first of them, as far as a round's steps.
  private let powers, sums: [Double]

  init(length: Double, squares: Double, sizes: Double, steps: Int) {
    let shrink = 1 / (1 + length * squares)
    self.shrink = shrink
    threshold = length * sizes
    var (powers, sums) = ([1.0], [0.0])
    if threshold == 0 {
      for step in 0..<steps {
        powers.append(powers[step] * shrink)
        sums.append(sums[step] + powers[step + 1])
      }
    }
    (self.powers, self.sums) = (powers, sums)
  }

  /// Whether it leaves weights as they are.
  var isNone: Bool { shrink == 1 && threshold == 0 }

  /// A weight after one pull.
  @inline(__always)
  func once(_ weight: Double) -> Double { shrink * (weight - min(max(weight, -threshold), threshold)) }

  /// A weight after so many equal moves, each followed by a pull.
  func often(_ weight: Double, move: Double, _ times: Int) -> Double {
    if threshold == 0 { return weight * powers[times] - move * sums[times] }
    var weight = weight
    for _ in 0..<times {
      let next = once(weight - move)
      // Where it rests, as most weights do at zero, it stays.
      if next == weight { break }
      weight = next
    }
    return weight
  }
}

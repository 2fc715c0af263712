import MartletNumerics

/// What a logistic loss is compared with: the samples' classes, and how much each counts.
struct LogisticSamples: Sendable {
  /// The number of each sample's class.
  let codes: [Int]
  /// `nil` for all 1.
  let weights: [Double]?

  /// How many samples one piece of work has.
  static let pieceLength = 8_192

  /// Turns the scores of several classes into probability minus truth times the sample's weight, and gives the weighted sum
  /// of the losses.
  func replaceByErrors(_ scores: inout [Double], _ intercepts: [Double]) -> Double {
    let rows = intercepts.count
    return scores.withUnsafeMutableBufferPointer { scores in
      // Each piece changes the scores of its own samples.
      nonisolated(unsafe) let scores = scores
      return Parallel.mapRanges(codes.count, length: Self.pieceLength) { range in
        let own = UnsafeMutableBufferPointer(rebasing: scores[range.lowerBound * rows..<range.upperBound * rows])
        return replaceByErrors(own, intercepts, of: range)
      }.reduce(0, +)
    }
  }

  /// The same for consecutive samples, whose scores these are.
  func replaceByErrors(
    _ scores: UnsafeMutableBufferPointer<Double>, _ intercepts: [Double], of range: Range<Int>
  ) -> Double {
    let rows = intercepts.count
    var loss = 0.0
    for sample in range {
      let first = (sample - range.lowerBound) * rows
      let row = first..<first + rows
      for (place, intercept) in zip(row, intercepts) { scores[place] += intercept }
      let (own, weight) = (scores[first + codes[sample]], weights?[sample] ?? 1)
      loss += weight * (SoftProbability.softmax(scores, row) - own)
      scores[first + codes[sample]] -= 1
      if weight != 1 { for place in row { scores[place] *= weight } }
    }
    return loss
  }

  /// Turns the scores of consecutive samples of two classes into the second's probability minus truth times the sample's
  /// weight, and gives the weighted sum of the losses.
  ///
  /// - Parameter room: as long as the scores.
  func replaceByErrors(
    _ scores: UnsafeMutableBufferPointer<Double>, _ room: UnsafeMutableBufferPointer<Double>, of range: Range<Int>
  ) -> Double {
    // Never empty: ranges have samples. With e = exp(−|s|), p = 1 / (1 + e) for s ≥ 0 and e / (1 + e) below, and
    // log(1 + exp(s)) = max(s, 0) + log(1 + e): nothing overflows.
    let (start, falls) = (scores.baseAddress!, room.baseAddress!)
    for i in 0..<range.count { falls[i] = -abs(start[i]) }
    Double._apply(.exp, falls, falls, range.count)
    var loss = 0.0
    codes.withUnsafeBufferPointer { codes in
      for i in 0..<range.count {
        let (score, truth) = (start[i], codes[range.lowerBound + i] == 1 ? 1.0 : 0.0)
        let weight = weights?[range.lowerBound + i] ?? 1
        loss += weight * (max(score, 0) - truth * score)
        start[i] = weight * ((score >= 0 ? 1 : falls[i]) / (1 + falls[i]) - truth)
      }
    }
    Double._apply(.log1p, falls, falls, range.count)
    guard let weights else {
      for i in 0..<range.count { loss += falls[i] }
      return loss
    }
    for i in 0..<range.count { loss += weights[range.lowerBound + i] * falls[i] }
    return loss
  }
}

/// What a logistic loss adds up over samples.
struct LogisticSums: Sendable {
  var loss: Double
  /// The errors' products with the features: the rows of weights one after the other.
  var gradient: [Double]
  /// One for each row of weights.
  var errors: [Double]

  static func + (a: LogisticSums, b: LogisticSums) -> LogisticSums {
    LogisticSums(
      loss: a.loss + b.loss, gradient: zip(a.gradient, b.gradient).map { $0 + $1 },
      errors: zip(a.errors, b.errors).map { $0 + $1 })
  }
}

extension LinearSamples {
  /// The sums for several classes, by two products.
  func logisticSums(weights: Matrix, intercepts: [Double], _ samples: LogisticSamples) -> LogisticSums {
    var scores = (self • weights.transposed()).scalars
    let loss = samples.replaceByErrors(&scores, intercepts)
    // d loss / d W = errorsᵀ X
    let errors = Matrix(scores, shape: [samples.codes.count, intercepts.count])
    return LogisticSums(loss: loss, gradient: (errors.transposed() • self).scalars, errors: errors.sum(axis: 0).scalars)
  }

  /// The sums for two classes, by two products.
  func logisticSums(weights: [Double], intercept: Double, _ samples: LogisticSamples) -> LogisticSums {
    var scores = (self • Matrix(weights, shape: [weights.count, 1])).scalars
    var room = scores
    var loss = 0.0
    scores.withUnsafeMutableBufferPointer { scores in
      for i in scores.indices { scores[i] += intercept }
      loss = room.withUnsafeMutableBufferPointer { samples.replaceByErrors(scores, $0, of: 0..<scores.count) }
    }
    return LogisticSums(
      loss: loss, gradient: (Matrix(scores, shape: [1, scores.count]) • self).scalars, errors: [scores.reduce(0, +)])
  }
}

import MartletNumerics

/// Where the centres of a clustering begin.
public enum CentreStart: Sendable, Equatable {
  /// Samples far from each other: each is drawn with a probability that grows with its squared distance from those
  /// drawn before. (scikit-learn: `k-means++`)
  case kMeansPlusPlus
  /// Samples drawn at random.
  case random
  /// These centres, shape `[clusters, features]`.
  case given(Matrix)

  /// As many centres as asked for, one after the other.
  func centres(_ count: Int, of samples: ClusterSamples, _ random: inout MT19937) -> [Double] {
    switch self {
    case .given(let centres): return centres.scalars
    case .random:
      let places = random.choice(
        count, of: samples.count, withReplacement: false, weights: Self.probabilities(samples))
      return places.flatMap { samples.row($0) }
    case .kMeansPlusPlus: return Self.spread(count, samples, &random)
    }
  }

  private static func probabilities(_ samples: ClusterSamples) -> [Double] {
    let total = samples.weights?.reduce(0, +) ?? Double(samples.count)
    return (0..<samples.count).map { samples.weight($0) / total }
  }

  /// Of a few candidates for each centre the one is taken that brings the samples nearest.
  ///
  /// Reference: Arthur and Vassilvitskii (2007), k-means++: the advantages of careful seeding.
  private static func spread(_ count: Int, _ samples: ClusterSamples, _ random: inout MT19937) -> [Double] {
    let trials = 2 + Int(log(Double(count)))
    let first = random.choice(1, of: samples.count, weights: probabilities(samples))[0]
    var centres = Array(samples.row(first))
    var distances = [Double](repeating: .infinity, count: samples.count)
    approach(&distances, first, samples)
    var potential = weighted(distances, samples)
    for _ in 1..<max(count, 1) {
      let drawn = (0..<trials).map { _ in random.uniform() * potential }
      let candidates = places(of: drawn, distances, samples)
      let potentials = self.potentials(candidates, distances, samples)
      // Not empty: there are at least two trials.
      let best = potentials.indices.min { potentials[$0] < potentials[$1] }!
      potential = potentials[best]
      approach(&distances, candidates[best], samples)
      centres += samples.row(candidates[best])
    }
    return centres
  }

  private static func weighted(_ distances: [Double], _ samples: ClusterSamples) -> Double {
    distances.indices.reduce(0) { $0 + samples.weight($1) * distances[$1] }
  }

  /// The samples at which the running sum of weighted squared distances reaches the drawn numbers.
  private static func places(of drawn: [Double], _ distances: [Double], _ samples: ClusterSamples) -> [Int] {
    var (places, sum, next) = (drawn.map { _ in distances.count - 1 }, 0.0, 0)
    let order = drawn.indices.sorted { drawn[$0] < drawn[$1] }
    for sample in distances.indices {
      sum += samples.weight(sample) * distances[sample]
      while next < order.count, drawn[order[next]] <= sum {
        places[order[next]] = sample
        next += 1
      }
      if next == order.count { break }
    }
    return places
  }

  /// What the sum of weighted squared distances would be with each candidate.
  private static func potentials(_ candidates: [Int], _ distances: [Double], _ samples: ClusterSamples) -> [Double] {
    let table = CentreTable(
      candidates.flatMap { samples.row($0) }, count: candidates.count, width: samples.width)
    let groups = (candidates.count + 7) / 8
    let pieces = samples.mapPieces { range, start in
      table.withReader { reader in
        var sums = [SIMD8<Double>](repeating: .zero, count: groups)
        for sample in range {
          let now = SIMD8(repeating: distances[sample])
          for group in 0..<groups {
            let candidate = reader.squaredDistances(start + sample * samples.width, group: group)
            sums[group] += samples.weight(sample) * candidate.replacing(with: now, where: now .< candidate)
          }
        }
        return sums
      }
    }
    return candidates.indices.map { place in pieces.reduce(0) { $0 + $1[place / 8][place % 8] } }
  }

  /// Lowers distances to those from a new centre where they are larger.
  private static func approach(_ distances: inout [Double], _ centre: Int, _ samples: ClusterSamples) {
    let before = distances
    let pieces = samples.mapPieces { range, start in
      range.map {
        min(before[$0], squaredDistance(start + $0 * samples.width, start + centre * samples.width, samples.width))
      }
    }
    distances = Array(pieces.joined())
  }
}

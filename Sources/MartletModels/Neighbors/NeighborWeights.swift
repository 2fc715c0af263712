/// How much each neighbour counts.
public enum NeighborWeights: String, Sendable, Codable {
  /// All the same.
  case uniform
  /// The inverse of its distance; where some are at no distance, these alone.
  case distance

  /// The weights of neighbours at these distances.
  func weights(_ distances: ArraySlice<Double>) -> [Double] {
    switch self {
    case .uniform: return distances.map { _ in 1 }
    case .distance:
      let inverses = distances.map { 1 / $0 }
      // Also of distances so small that their inverse is beyond numbers.
      return inverses.contains(.infinity) ? inverses.map { $0 == .infinity ? 1 : 0 } : inverses
    }
  }
}

extension NeighborWeights {
  /// Each class's share of the votes of some neighbours.
  func shares(
    _ places: ArraySlice<Int>, _ distances: ArraySlice<Double>, _ codes: [Int], classCount: Int
  ) -> [Double] {
    let votes = weights(distances)
    var sums = [Double](repeating: 0, count: classCount)
    for (place, vote) in zip(places, votes) { sums[codes[place]] += vote }
    // Divided at the end, so that a class with all votes has exactly 1.
    let total = votes.reduce(0, +)
    return sums.map { $0 / total }
  }

  /// The mean target of some neighbours.
  func mean(_ places: ArraySlice<Int>, _ distances: ArraySlice<Double>, _ targets: [Double]) -> Double {
    let votes = weights(distances)
    return zip(places, votes).reduce(0) { $0 + targets[$1.0] * $1.1 } / votes.reduce(0, +)
  }
}

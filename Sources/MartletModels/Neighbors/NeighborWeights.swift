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

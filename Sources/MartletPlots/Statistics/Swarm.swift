/// Places dots beside each other so that none covers another.
package enum Swarm {
  /// How far each dot must step aside.
  ///
  /// Dots are placed from the lowest to the highest; each goes to the free place nearest to the middle.
  ///
  /// - Parameters:
  ///   - positions: where the dots stand along the axis, in pixels.
  ///   - diameter: of a dot.
  /// - Returns: the distance from the middle of each dot, in pixels; negative on one side.
  /// - Complexity: O(n · m²) for the m dots within one diameter.
  package static func offsets(_ positions: [Double], diameter: Double) -> [Double] {
    var offsets = Array(repeating: 0.0, count: positions.count)
    let order = positions.indices.sorted { (positions[$0], $0) < (positions[$1], $1) }
    var first = 0
    for (rank, dot) in order.enumerated() {
      while positions[dot] - positions[order[first]] >= diameter { first += 1 }
      let blocked = order[first..<rank].map { other in
        let along = positions[dot] - positions[other]
        let reach = (diameter * diameter - along * along).squareRoot()
        return (offsets[other] - reach, offsets[other] + reach)
      }
      offsets[dot] = nearestFree(outside: blocked)
    }
    return offsets
  }

  /// The place nearest to zero that is inside none of the open intervals.
  private static func nearestFree(outside blocked: [(Double, Double)]) -> Double {
    // The ends of intervals are free by themselves: what rounding adds must not close them.
    let tolerance = 1e-9
    func isFree(_ place: Double) -> Bool { !blocked.contains { $0.0 + tolerance < place && place < $0.1 - tolerance } }
    if isFree(0) { return 0 }
    let ends = blocked.flatMap { [$0.0, $0.1] }.sorted { (abs($0), -$0) < (abs($1), -$1) }
    return ends.first(where: isFree) ?? 0
  }

  /// Shares between −1 and 1 that spread any number of dots evenly: the van der Corput sequence.
  package static func spread(_ index: Int) -> Double {
    var (share, weight, rest) = (0.0, 0.5, index + 1)
    while rest > 0 {
      if rest & 1 == 1 { share += weight }
      weight /= 2
      rest >>= 1
    }
    return 2 * share - 1
  }
}

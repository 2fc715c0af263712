import CMartletRuntime
import MartletNumerics

/// The shortest edges that connect all samples: single linkage without a table of distances.
///
/// Reference: Prim (1957), Shortest connection networks and some generalizations.
enum SpanningTree {
  /// - Parameter cores: no sample is nearer to any other than this; `nil` for the distances themselves.
  static func edges(
    _ x: Matrix, _ metric: DistanceMetric, cores: [Double]? = nil
  ) -> [(a: Int, b: Int, distance: Double)] {
    let least = cores.map { $0.map(metric.reduced) }
    let (count, width) = (x.shape[0], x.shape[1])
    var nearest = [(from: Int, distance: Double)](repeating: (0, .infinity), count: count)
    var isConnected = [Bool](repeating: false, count: count)
    var edges: [(a: Int, b: Int, distance: Double)] = []
    var current = 0
    let progress = FitProgress.begin("samples", of: count - 1)
    x.scalars.withUnsafeBufferPointer { samples in
      // Not empty: there are at least two samples.
      let start = samples.baseAddress!
      while edges.count < count - 1 {
        martlet_poll()
        defer { progress?.advance() }
        isConnected[current] = true
        var next = -1
        for other in 0..<count where !isConnected[other] {
          var distance = metric.reducedDistance(start + current * width, start + other * width, width)
          if let least { distance = max(distance, least[current], least[other]) }
          if distance < nearest[other].distance || nearest[other].distance == .infinity {
            nearest[other] = (current, distance)
          }
          if next < 0 || nearest[other].distance < nearest[next].distance { next = other }
        }
        edges.append((nearest[next].from, next, metric.distance(fromReduced: nearest[next].distance)))
        current = next
      }
    }
    return edges
  }
}

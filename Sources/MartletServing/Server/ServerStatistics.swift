import MartletNumerics

/// What a server has done so far.
public struct ServerStatistics: Sendable, Equatable {
  /// How many requests were answered.
  public internal(set) var requests = 0
  /// How many rows a prediction was made for.
  public internal(set) var predictions = 0
  /// How many requests were answered with each HTTP status.
  public internal(set) var statuses: [Int: Int] = [:]
  /// How long requests for predictions took, from their last byte to the answer's first.
  public internal(set) var latency = LatencyHistogram()
  /// How many connections are open.
  public internal(set) var connections = 0
  /// For how many seconds the server has been running.
  public internal(set) var seconds = 0.0

  /// How many requests were refused: those with a status from 400.
  public var refused: Int { statuses.filter { $0.key >= 400 }.values.reduce(0, +) }

  /// The same in the text format that Prometheus reads.
  var exposition: String {
    var lines = [
      "# TYPE martlet_requests_total counter"
    ]
    for status in statuses.keys.sorted() {
      lines.append("martlet_requests_total{status=\"\(status)\"} \(statuses[status, default: 0])")
    }
    lines += [
      "# TYPE martlet_predictions_total counter", "martlet_predictions_total \(predictions)",
      "# TYPE martlet_connections gauge", "martlet_connections \(connections)",
      "# TYPE martlet_uptime_seconds gauge", "martlet_uptime_seconds \(seconds)",
      "# TYPE martlet_latency_seconds histogram",
    ]
    // From 16 µs to 17 s, where the classes have exact borders.
    for exponent in stride(from: 14, through: 34, by: 2) {
      let border = Double(1 << exponent) / 1e9
      lines.append("martlet_latency_seconds_bucket{le=\"\(border)\"} \(latency.count(below: exponent))")
    }
    lines += [
      "martlet_latency_seconds_bucket{le=\"+Inf\"} \(latency.count)",
      "martlet_latency_seconds_sum \(latency.totalSeconds)", "martlet_latency_seconds_count \(latency.count)",
    ]
    return lines.joined(separator: "\n") + "\n"
  }
}

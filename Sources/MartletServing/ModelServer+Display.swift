import Foundation
import MartletDisplay
import MartletModels

extension ModelServer: RichDisplayable, CustomStringConvertible {
  /// The address and what was done so far, in one line.
  public var description: String {
    let counts = statistics
    var parts = [address, isRunning ? "running" : "stopped", "\(counts.predictions) predictions"]
    if counts.refused > 0 { parts.append("\(counts.refused) requests refused") }
    if counts.latency.count > 0 { parts.append("median \(Self.milliseconds(counts.latency, 0.5))") }
    return parts.joined(separator: " · ")
  }

  /// The address as a link, what was done so far, and the fields of a row.
  public func displayBundle() -> DisplayBundle {
    let counts = statistics
    var facts = [
      "\(isRunning ? "running" : "stopped") · \(counts.requests) requests, \(counts.predictions) predictions"
    ]
    if counts.refused > 0 { facts[0] += ", \(counts.refused) refused" }
    if counts.latency.count > 0 {
      let shares = [("median", 0.5), ("95 %", 0.95), ("99 %", 0.99)]
      let times = shares.map { "\($0.0) \(Self.milliseconds(counts.latency, $0.1))" }
      facts.append("latency: \(times.joined(separator: ", "))")
    }
    let rows = features.map { feature in
      let kinds = ["number": "number", "integer": "whole number", "string": "text", "boolean": "true or false"]
      let kind = feature.categories?.prefix(6).joined(separator: ", ") ?? kinds[feature.kind.description] ?? ""
      return [
        feature.name, kind + ((feature.categories?.count ?? 0) > 6 ? ", …" : ""), feature.isOptional ? "yes" : "",
      ]
    }
    let table = ModelTable(title: address, facts: facts, header: ["field", "holds", "may be missing"], rows: rows)
    var bundle = table.displayBundle()
    if case .text(let html)? = bundle[.html] {
      let link = "<a href=\"\(address)\" target=\"_blank\" rel=\"noopener\">\(address)</a>"
      bundle[.html] = .text(
        html.replacingOccurrences(of: "<strong>\(address)</strong>", with: "<strong>\(link)</strong>"))
    }
    return bundle
  }

  private static func milliseconds(_ latency: LatencyHistogram, _ share: Double) -> String {
    String(format: "%.2g ms", latency.quantile(share) * 1_000)
  }
}

import Foundation

/// Numbers of one column with equally many decimals.
package enum FrameNumberFormat {
  /// Up to six decimals, no more than the numbers need; scientific notation for the very large and the very small.
  package static func texts(_ numbers: [Double]) -> [String] {
    let sizes = numbers.filter { $0.isFinite && $0 != 0 }.map { abs($0) }
    if (sizes.max() ?? 1) >= 1e9 || (sizes.max() ?? 1) < 1e-4 {
      return numbers.map { $0.isFinite ? String(format: "%.4e", $0) : "\($0)" }
    }
    let decimals = numbers.filter(\.isFinite).map { number in
      let text = String(format: "%.6f", number)
      return 6 - min(text.reversed().prefix { $0 == "0" }.count, 6)
    }
    let shown = max(decimals.max() ?? 1, 1)
    return numbers.map { $0.isFinite ? String(format: "%.\(shown)f", $0) : "\($0)" }
  }
}

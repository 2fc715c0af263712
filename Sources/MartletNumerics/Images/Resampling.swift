import Foundation

/// How the pixels of a larger or smaller image come from those of the first.
public enum Resampling: String, Sendable, CaseIterable, Codable {
  /// The nearest pixel: hard edges, no new colours.
  case nearest
  /// Straight lines between neighbours.
  case bilinear
  /// Cubic curves through four neighbours (Keys, a = −0.5): sharper; may go a little beyond the values that are there.
  case bicubic

  /// How far a pixel has weight, in pixels of the larger of both grids.
  var support: Double { self == .bicubic ? 2 : self == .bilinear ? 1 : 0.5 }

  /// The weight at a distance from the pixel's middle.
  func weight(_ distance: Double) -> Double {
    let x = abs(distance)
    switch self {
    case .nearest: return x <= 0.5 ? 1 : 0
    case .bilinear: return max(0, 1 - x)
    case .bicubic:
      // Reference: Keys (1981), Cubic convolution interpolation for digital image processing.
      if x < 1 { return (1.5 * x - 2.5) * x * x + 1 }
      return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0
    }
  }
}

/// Which pixels of a line make each pixel of a longer or shorter one, and with what weights.
struct ResampledLine {
  /// For each new pixel: the first of the old ones, and their weights, which sum to 1.
  let parts: [(first: Int, weights: [Float])]

  init(from length: Int, to newLength: Int, _ method: Resampling, antialiases: Bool) {
    let scale = Double(length) / Double(newLength)
    if method == .nearest {
      parts = (0..<newLength).map { (min(Int((Double($0) + 0.5) * scale), length - 1), [1]) }
      return
    }
    // Shrinking averages over all pixels that fall together; otherwise most of them would be ignored.
    let spread = antialiases ? max(scale, 1) : 1
    let support = method.support * spread
    parts = (0..<newLength).map { place in
      let centre = (Double(place) + 0.5) * scale
      let first = max(0, Int((centre - support + 0.5).rounded(.down)))
      let last = min(length, Int((centre + support + 0.5).rounded(.down)))
      let weights = (first..<max(last, first + 1)).map { method.weight((Double($0) + 0.5 - centre) / spread) }
      let sum = weights.reduce(0, +)
      return (min(first, length - 1), weights.map { Float(sum == 0 ? 1 : $0 / sum) })
    }
  }
}

import Foundation
import MartletNumerics

/// Turns queries and keys by angles that grow with their places, so that a product of two depends on how far apart they are.
///
/// Number `i` and number `i + size/2` of a vector are a point that is turned by `place · base^(−2i/size)`.
///
///     let positions = RotaryPositions(16)
///     positions.rotated(queries, from: 0)      // [samples, heads, places, 16], like queries
///
/// Nothing is learned. With a cache, `from` is the number of places that it holds.
///
/// Reference: Su et al. (2021), RoFormer: enhanced transformer with rotary position embedding.
public struct RotaryPositions: Sendable, Hashable {
  /// How long the vectors are; even.
  public let size: Int
  /// How much slower each next pair turns; above 0. (transformers: `rope_theta`)
  public let base: Double

  public init(_ size: Int, base: Double = 10_000) {
    guard size > 0, size.isMultiple(of: 2), base > 0 else {
      fatalError("RotaryPositions(\(size), base: \(base)): the size is even and above 0, as the base is.")
    }
    (self.size, self.base) = (size, base)
  }

  /// - Parameters:
  ///   - x: shape `[…, places, size]`.
  ///   - first: the number of the first place.
  /// - Returns: the shape of `x`; every vector keeps its length.
  public func rotated<Scalar: NetScalar>(_ x: Variable<Scalar>, from first: Int = 0) -> Variable<Scalar> {
    guard x.rank >= 2, x.shape[x.rank - 1] == size else {
      fatalError("RotaryPositions(\(size)) needs vectors [..., places, \(size)]; found shape \(x.shape).")
    }
    let waves = waves(x.shape[x.rank - 2], first, Scalar.self)
    return .computed(turned(x.value, waves, 1), from: [x]) { [turned($0, waves, -1)] }
  }

  /// Cosines and sines of each place, `size` numbers together.
  private func waves<Scalar: NetScalar>(_ places: Int, _ first: Int, _: Scalar.Type) -> [Scalar] {
    let half = size / 2
    return (0..<places).flatMap { place in
      (0..<size).map { column in
        let angle = Double(first + place) * pow(base, -2 * Double(column % half) / Double(size))
        return Scalar(column < half ? cos(angle) : sin(angle))
      }
    }
  }

  /// Every vector turned by its place's angles, or back by the sign −1, which is what gradients need.
  private func turned<Scalar: NetScalar>(_ x: Tensor<Scalar>, _ waves: [Scalar], _ sign: Scalar) -> Tensor<Scalar> {
    guard x.count > 0 else { return x }
    let (rows, places) = (x.count / size, x.shape[x.rank - 2])
    return .filled(shape: x.shape) { target in
      x.withElements { x in
        RotaryKernels.turn(x, waves, target, rows: rows, places: places, size: size, sign: sign)
      }
    }
  }
}

private enum RotaryKernels {
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  static func turn<Scalar: NetScalar>(
    _ x: UnsafePointer<Scalar>, _ waves: UnsafePointer<Scalar>, _ target: UnsafeMutablePointer<Scalar>, rows: Int,
    places: Int, size: Int, sign: Scalar
  ) {
    let half = size / 2
    for row in 0..<rows {
      let (x, target, wave) = (x + row * size, target + row * size, waves + row % places * size)
      for i in 0..<half {
        let (cosine, sine) = (wave[i], sign * wave[half + i])
        target[i] = x[i] * cosine - x[half + i] * sine
        target[half + i] = x[half + i] * cosine + x[i] * sine
      }
    }
  }
}

import Foundation
import MartletNumerics

/// Adds to each place of a sequence waves that tell where it is: `sin(place / 10000^(2i/width))` and the cosine of the same.
///
/// Attention does not know the order of its inputs; this tells it, with nothing to learn and for sequences of any length.
///
///     SinusoidalPositions(64)(x)                                             // [2, 10, 64], like x
///     SinusoidalPositions<Float>.waves(places: 100, width: 64).shape         // [100, 64], for a picture
///
/// Reference: Vaswani et al. (2017), Attention is all you need.
public struct SinusoidalPositions<Scalar: NetScalar>: Layer {
  /// Numbers for each place; even.
  public let width: Int

  public init(_ width: Int, precision: Scalar.Type = Float.self) {
    guard width > 0, width.isMultiple(of: 2) else {
      fatalError("SinusoidalPositions(\(width)): a sine and a cosine for each frequency need an even width.")
    }
    self.width = width
  }

  /// - Returns: `[samples, places, width]` for `[samples, places, width]`.
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    guard x.rank == 3, x.shape[2] == width else {
      fatalError("SinusoidalPositions needs sequences [samples, places, \(width)]; found shape \(x.shape).")
    }
    return x + Variable(Self.waves(places: x.shape[1], width: width))
  }

  /// The waves: sines in the even columns, cosines in the odd ones, shape `[places, width]`.
  public static func waves(places: Int, width: Int) -> Tensor<Scalar> {
    let scalars = (0..<places * width).map { number in
      let (place, column) = (number / width, number % width)
      let angle = Double(place) / pow(10_000, Double(column - column % 2) / Double(width))
      return Scalar(column.isMultiple(of: 2) ? sin(angle) : cos(angle))
    }
    return Tensor(scalars, shape: [places, width])
  }
}

/// Adds to each place of a sequence numbers that are learned.
///
///     LearnedPositions(128, width: 64, seed: 1)(x)
public struct LearnedPositions<Scalar: NetScalar>: Layer {
  /// Shape `[length, width]`.
  public var weight: Parameter<Scalar>

  /// - Parameters:
  ///   - length: the most places that a sequence has.
  ///   - width: numbers for each place.
  ///   - initializer: the start.
  public init(
    _ length: Int, width: Int, initializer: Initializer = .normal(standardDeviation: 0.02),
    seed: UInt64 = Random.nextSeed(), precision: Scalar.Type = Float.self
  ) {
    guard length > 0, width > 0 else {
      fatalError("LearnedPositions(\(length), width: \(width)): both are at least 1.")
    }
    weight = Parameter(initializer.tensor([length, width], seed: seed, precision: precision))
  }

  /// - Returns: `[samples, places, width]` for `[samples, places, width]`.
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    let (length, width) = (weight.shape[0], weight.shape[1])
    guard x.rank == 3, x.shape[2] == width, x.shape[1] <= length else {
      fatalError(
        "LearnedPositions needs sequences [samples, places, \(width)] with \(length) places at most; found shape \(x.shape)."
      )
    }
    return x + weight.variable.slice(axis: 0, 0..<x.shape[1])
  }
}

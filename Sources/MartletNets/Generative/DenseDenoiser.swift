import Foundation
import MartletNumerics

/// A denoising net of dense layers, for points, small pictures and rows of tables.
///
/// The time becomes waves of several lengths, the class a vector that is learned; both are added within each of the blocks,
/// `x + linear(silu(linear(x) + time + class))`.
public struct DenseDenoiser: DenoisingModel {
  public typealias Scalar = Float
  public var input: Linear<Float>
  public var time: Linear<Float>
  /// A vector for each class, and the last for none.
  public var classes: Embedding<Float>?
  public var first: [Linear<Float>]
  public var second: [Linear<Float>]
  public var output: Linear<Float>
  private let features: Int
  private let waves: Int

  /// - Parameters:
  ///   - features: numbers of a sample.
  ///   - classes: how many classes there are; 0 for none.
  ///   - hidden: the width of the blocks.
  ///   - blocks: how many.
  public init(
    features: Int, classes: Int = 0, hidden: Int = 128, blocks: Int = 3, seed: UInt64 = Random.nextSeed()
  ) {
    guard features > 0, hidden > 0, blocks > 0, classes >= 0 else {
      fatalError(
        "DenseDenoiser(features: \(features), classes: \(classes), hidden: \(hidden), blocks: \(blocks)): all but the classes are above 0."
      )
    }
    var random = PCG64(seed: seed)
    (self.features, waves) = (features, 32)
    input = Linear(features, hidden, seed: random.next())
    time = Linear(waves, hidden, seed: random.next())
    self.classes =
      classes == 0
      ? nil
      : Embedding(classes + 1, width: hidden, initializer: .normal(standardDeviation: 0.5), seed: random.next())
    first = (0..<blocks).map { _ in Linear(hidden, hidden, seed: random.next()) }
    second = (0..<blocks).map { _ in Linear(hidden, hidden, seed: random.next()) }
    // At first it says 0, the mean of all noise.
    output = Linear(hidden, features, initializer: .zeros, seed: random.next())
  }

  public var sampleShape: [Int] { [features] }

  public func callAsFunction(
    _ x: Variable<Float>, times: [Double], labels: [Int]?, mode: Mode
  ) -> Variable<Float> {
    guard x.rank == 2, x.shape[1] == features, times.count == x.shape[0] else {
      fatalError(
        "DenseDenoiser needs samples [n, \(features)] and a time for each; found \(x.shape) and \(times.count).")
    }
    var told = time(Variable(Self.waves(times, width: waves))).silu()
    if let classes {
      let none = classes.weight.shape[0] - 1
      let rows = labels ?? [Int](repeating: -1, count: times.count)
      guard rows.count == times.count, rows.allSatisfy({ $0 < none && $0 >= -1 }) else {
        fatalError("DenseDenoiser needs a label below \(none), or -1, for each of \(times.count) samples.")
      }
      told += classes(Tensor(rows.map { $0 < 0 ? none : $0 }))
    }
    var h = input(x)
    for (first, second) in zip(first, second) { h += second((first(h.silu()) + told).silu()) }
    return output(h.silu())
  }

  /// Sines and cosines of the times, from slow to fast: shape `[times, width]`.
  static func waves(_ times: [Double], width: Int) -> Tensor<Float> {
    let half = width / 2
    return Tensor(
      times.flatMap { time in
        (0..<2 * half).map { column in
          let angle = 1_000 * time * pow(10_000, -Double(column % half) / Double(half))
          return Float(column < half ? sin(angle) : cos(angle))
        }
      }, shape: [times.count, 2 * half])
  }
}

import Foundation
import MartletNumerics

/// How a sample turns into noise, step by step: after step `t` it is `√signal[t] · x + √(1 − signal[t]) · noise`.
///
///     let schedule = DiffusionSchedule.cosine(steps: 200)
///     schedule.signal[0]         // nearly 1: almost the sample
///     schedule.signal[199]       // nearly 0: almost noise
///
/// Reference: Ho, Jain and Abbeel (2020), Denoising diffusion probabilistic models; Nichol and Dhariwal (2021), Improved
/// denoising diffusion probabilistic models.
public struct DiffusionSchedule: Sendable, Hashable, Codable {
  /// How much noise each step adds: `x ← √(1 − β) · x + √β · noise`.
  public let betas: [Double]
  /// How much of the sample's variance is left after each step: `ᾱₜ = ∏ (1 − βₛ)`.
  public let signal: [Double]

  /// A schedule of your own; each number is above 0 and below 1.
  public init(betas: [Double]) {
    guard !betas.isEmpty, betas.allSatisfy({ $0 > 0 && $0 < 1 }) else {
      fatalError("DiffusionSchedule needs betas between 0 and 1, one at least; found \(betas.count).")
    }
    self.betas = betas
    var left = 1.0
    signal = betas.map {
      left *= 1 - $0
      return left
    }
  }

  private enum CodingKeys: CodingKey { case betas }
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    let betas = try file.decode([Double].self, forKey: .betas)
    guard !betas.isEmpty, betas.allSatisfy({ $0 > 0 && $0 < 1 }) else {
      throw DecodingError.dataCorruptedError(
        forKey: .betas, in: file, debugDescription: "Expected betas between 0 and 1, one at least.")
    }
    self.init(betas: betas)
  }
  public func encode(to encoder: any Encoder) throws {
    var file = encoder.container(keyedBy: CodingKeys.self)
    try file.encode(betas, forKey: .betas)
  }

  /// Betas that rise in a line: from 0.0001 to 0.02 for a thousand steps, and more for fewer, so that all end in noise.
  public static func linear(steps: Int = 1_000) -> DiffusionSchedule {
    let scale = 1_000 / Double(max(steps, 1))
    return DiffusionSchedule(
      betas: (0..<max(steps, 1)).map { step in
        let way = steps > 1 ? Double(step) / Double(steps - 1) : 1
        return min(scale * (1e-4 + way * (0.02 - 1e-4)), 0.999)
      })
  }

  /// A signal that falls like a cosine squared: more steps where something is to be seen.
  public static func cosine(steps: Int = 1_000, offset: Double = 0.008) -> DiffusionSchedule {
    func level(_ step: Int) -> Double {
      let angle = (Double(step) / Double(max(steps, 1)) + offset) / (1 + offset) * .pi / 2
      return cos(angle) * cos(angle)
    }
    return DiffusionSchedule(betas: (0..<max(steps, 1)).map { min(max(1 - level($0 + 1) / level($0), 1e-8), 0.999) })
  }

  /// How many steps there are.
  public var steps: Int { betas.count }

  /// Samples with noise, each after its own step: `√signal · x + √(1 − signal) · noise`.
  ///
  /// - Parameters:
  ///   - x: samples, along the first axis.
  ///   - noise: standard normal numbers, of the same shape.
  ///   - times: the step of each sample, counted from 0.
  public func noised(_ x: Tensor<Float>, with noise: Tensor<Float>, at times: [Int]) -> Tensor<Float> {
    x * column(times, x.rank) { $0.squareRoot() } + noise * column(times, x.rank) { (1 - $0).squareRoot() }
  }

  /// A number for each sample, of a shape that broadcasts over samples.
  func column(_ times: [Int], _ rank: Int, _ number: (Double) -> Double) -> Tensor<Float> {
    Tensor(times.map { Float(number(signal[$0])) }, shape: [times.count] + [Int](repeating: 1, count: rank - 1))
  }
}

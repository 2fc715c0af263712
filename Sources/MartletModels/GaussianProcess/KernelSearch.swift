import CMartletRuntime
import Foundation
import MartletNumerics

/// Climbs a likelihood in the logarithms of a kernel's numbers, from where they are and from random starts.
struct KernelSearch {
  let kernel: CovarianceKernel
  let restarts: Int
  let seed: UInt64?

  private static let bounds = log(1e-5)...log(1e5)

  func check() throws(FitError) {
    try SampleChecks.parameter(restarts >= 0, "restarts", "of at least 0", restarts)
    try SampleChecks.parameter(
      kernel.parameters.allSatisfy { $0 > 0 && $0.isFinite }, "kernel", "with numbers above 0", kernel)
  }

  /// The kernel with the numbers, each from 10⁻⁵ to 10⁵, under which the answers are likeliest.
  ///
  /// - Parameter likelihood: of the answers under a kernel, as a logarithm, and its slopes by the logarithms of the kernel's
  ///   numbers; `nil` where it cannot be told.
  func best(_ likelihood: (CovarianceKernel) -> (value: Double, slopes: [Double])?) -> CovarianceKernel {
    var random = PCG64(seed: restarts > 0 ? seed ?? Random.nextSeed() : 0)
    var (found, value) = (kernel, Double.infinity)
    let search = LBFGS(gradientTolerance: 1e-6, maximumIterations: 200)
    let progress = FitProgress.begin("likelihoods")
    func asked(_ logs: [Double]) -> (value: Double, gradient: [Double]) {
      martlet_poll()
      defer { progress?.advance() }
      return objective(logs, likelihood)
    }
    for start in 0...restarts {
      let logs = kernel.parameters.map { parameter in
        start == 0 ? log(parameter) : random.uniform(from: Self.bounds.lowerBound / 2, to: Self.bounds.upperBound / 2)
      }
      let result = search.minimize(from: logs, asked)
      let place = bounded(result.point)
      let reached = asked(place).value
      if reached < value { (found, value) = (kernel.with(place.map { exp($0) }), reached) }
    }
    return found
  }

  private func bounded(_ logs: [Double]) -> [Double] {
    logs.map { min(max($0, Self.bounds.lowerBound), Self.bounds.upperBound) }
  }

  /// Minus the likelihood and its slopes; beyond the bounds it does not change.
  private func objective(
    _ logs: [Double], _ likelihood: (CovarianceKernel) -> (value: Double, slopes: [Double])?
  ) -> (value: Double, gradient: [Double]) {
    let inside = bounded(logs)
    guard let (value, slopes) = likelihood(kernel.with(inside.map { exp($0) })) else {
      return (1e25, logs.map { _ in 0 })
    }
    return (-value, zip(logs, zip(inside, slopes)).map { $0 == $1.0 ? -$1.1 : 0 })
  }
}

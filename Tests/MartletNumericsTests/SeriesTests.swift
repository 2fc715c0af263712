import Glibc
import MartletNumerics
import Testing

@Suite struct SeriesTests {
  private func factorial(_ n: Int) -> Double { tgamma(Double(n) + 1) }

  @Test func knownPowerSeries() {
    let n = 12
    let e = Taylor(of: { exp($0) }, at: 0, order: n)
    let inverseFactorials: [Double] = (0...n).map { 1 / factorial($0) }
    #expect(agree(e.coefficients, inverseFactorials, within: 1e-15))
    let sine = Taylor(of: { sin($0) }, at: 0, order: n)
    let turning: [Double] = (0...n).map { (k: Int) -> Double in [0, 1, 0, -1][k % 4] }
    #expect(agree(sine.derivatives, turning, within: 1e-12))
    let geometric = Taylor(of: { 1 / (-$0 + 1) }, at: 0, order: n)
    #expect(geometric.coefficients == [Double](repeating: 1, count: n + 1))
    let logarithm = Taylor(of: { log($0) }, at: 1, order: n)
    let alternating: [Double] = (0...n).map { (k: Int) -> Double in
      let size = k == 0 ? 0 : 1 / Double(k)
      return k.isMultiple(of: 2) ? -size : size
    }
    #expect(agree(logarithm.coefficients, alternating, within: 1e-15))
    let root = Taylor(of: { sqrt($0) }, at: 1, order: 4)
    let rootKnown: [Double] = [1, 0.5, -0.125, 0.0625, -5.0 / 128]
    #expect(agree(root.coefficients, rootKnown, within: 1e-15))
    let tangent = Taylor(of: { tan($0) }, at: 0, order: 7)
    let tangentKnown: [Double] = [0, 1, 0, 1.0 / 3, 0, 2.0 / 15, 0, 17.0 / 315]
    #expect(agree(tangent.coefficients, tangentKnown, within: 1e-15))
    let hyperbolic = Taylor(of: { tanh($0) }, at: 0, order: 5)
    let hyperbolicKnown: [Double] = [0, 1, 0, -1.0 / 3, 0, 2.0 / 15]
    #expect(agree(hyperbolic.coefficients, hyperbolicKnown, within: 1e-15))
    let arc = Taylor(of: { atan($0) }, at: 0, order: 5)
    let arcKnown: [Double] = [0, 1, 0, -1.0 / 3, 0, 0.2]
    #expect(agree(arc.coefficients, arcKnown, within: 1e-15))
    #expect(Taylor(of: { pow($0, 3) }, at: 0, order: 5).coefficients == [0, 0, 0, 1, 0, 0])
    #expect(agree(Taylor(of: { pow($0, -2) }, at: 1, order: 3).coefficients, [1, -2, 3, -4], within: 1e-15))
  }

  /// Identities hold coefficient by coefficient, away from zero.
  @Test func identities() {
    let one = Taylor(of: { (x: Jet) -> Jet in sin(x) * sin(x) + cos(x) * cos(x) }, at: 0.7, order: 9)
    #expect(agree(one.coefficients, [1] + [Double](repeating: 0, count: 9), within: 1e-15))
    let same = Taylor(of: { exp(log($0)) }, at: 2.5, order: 6)
    #expect(agree(same.coefficients, [2.5, 1, 0, 0, 0, 0, 0], within: 1e-15))
    let inverse = Taylor(of: { tan(atan($0)) }, at: -0.4, order: 6)
    #expect(agree(inverse.coefficients, [-0.4, 1, 0, 0, 0, 0, 0], within: 1e-14))
    // By differences, which are good to some digits.
    let mixed = Taylor(
      of: { (x: Jet) -> Jet in
        let bell: Jet = exp(-x * x)
        return bell * cos(3 * x) / (x + 2)
      }, at: 0.3, order: 2)
    let slope = derivative(at: 0.3) { (x: Double) -> Double in
      let bell: Double = Glibc.exp(-x * x)
      return bell * Glibc.cos(3 * x) / (x + 2)
    }
    #expect(agree([mixed.derivatives[1]], [slope], within: 1e-9))
  }

  @Test func partialSumsApproach() {
    let series = Taylor(of: { exp($0) }, at: 0, order: 20)
    let sums = series.partialSums(at: 1)
    #expect(
      sums.prefix(3) == [1, 2, 2.5] && agree([sums[20], series(1)], [Glibc.exp(1), Glibc.exp(1)], within: 1e-15))
    #expect(Taylor(of: { cos($0) }, at: 1, order: 0).coefficients == [Glibc.cos(1)])
  }

  @Test func ratiosTellConvergence() {
    #expect(abs(ratioTest { Glibc.pow(0.5, Double($0)) * Double($0) } - 0.5) < 1e-3)
    #expect(abs(ratioTest { 1 / Double($0 * $0) } - 1) < 1e-3)
    #expect(ratioTest { Glibc.pow(3, Double($0)) / self.factorial($0) } < 1e-2)
    #expect(ratioTest { _ in 0 }.isNaN)
  }

  @Test func waves() {
    // A square wave has 4/(πk) for odd k and nothing else; its sums overshoot to (2/π) Si(π).
    let square = FourierSeries(of: { $0 < 0 ? -1 : 1 }, period: -Double.pi...Double.pi, terms: 41)
    let odd: [Double] = (1...41).map { (k: Int) -> Double in k.isMultiple(of: 2) ? 0 : 4 / (Double.pi * Double(k)) }
    #expect(agree(square.sines, odd, within: 1e-8))
    #expect(square.cosines.allSatisfy { abs($0) < 1e-8 })
    let peak = (1...400).map { square(Double($0) * 0.0005 * Double.pi) }.max()!  // there are values
    #expect(abs(peak - 1.1789797) < 2e-3)
    // A sum of waves is its own series.
    func wave(_ x: Double) -> Double {
      let angle: Double = 2 * Double.pi * x / 3
      return 0.5 + 2 * Glibc.cos(angle) - Glibc.sin(2 * angle)
    }
    let own = FourierSeries(of: wave, period: 1...4, terms: 3)
    #expect(agree(own.cosines, [1, 2, 0, 0], within: 1e-9) && agree(own.sines, [0, -1, 0], within: 1e-9))
    #expect(agree(own.amplitudes, [2, 1, 0], within: 1e-9) && agree([own(2.2)], [own.partialSum(2.2, terms: 9)]))
    // A sawtooth: −(2/k)(−1)^k.
    let saw = FourierSeries(of: { $0 }, period: -Double.pi...Double.pi, terms: 5)
    let sawKnown: [Double] = [2, -1, 2.0 / 3, -0.5, 0.4]
    #expect(agree(saw.sines, sawKnown, within: 1e-9))
  }

  @Test func aConeIsATurnedLine() {
    let cone = volumeOfRevolution(over: 0...1) { $0 }
    #expect(abs(cone - Double.pi / 3) < 1e-12)
    // A ball of radius 2.
    #expect(
      agree([volumeOfRevolution(over: -2...2) { (4 - $0 * $0).squareRoot() }], [32 * Double.pi / 3], within: 1e-10))
  }
}

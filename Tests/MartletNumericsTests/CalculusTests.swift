import MartletNumerics
import Testing

@Suite struct CalculusTests {
  struct Reference: Decodable { let vanDerPol, between, coarseTimes, coarseEnd, coarseBetween, integrals: [Double] }

  let r: Reference
  init() throws { r = try ReferenceFile.read("calculus") }

  @Test func slopesOfClosedForms() {
    #expect(agree([derivative(at: 2) { $0 * $0 * $0 }], [12], within: 1e-10))
    #expect(agree([derivative(at: 1.3) { exp($0) * sin($0) }], [exp(1.3) * (sin(1.3) + cos(1.3))], within: 1e-10))
    #expect(agree([derivative(at: 0.7, order: 2) { cos($0) }], [-cos(0.7)], within: 1e-8))
    #expect(agree(gradient(at: [1, 2]) { $0[0] * $0[0] * $0[1] }, [4, 1], within: 1e-10))
    #expect(agree(jacobian(at: [1, 2]) { [$0[0] * $0[1], sin($0[0])] }.scalars, [2, 1, cos(1), 0], within: 1e-10))
    #expect(agree(hessian(at: [1, 2]) { $0[0] * $0[0] * $0[1] + $0[1] * $0[1] }.scalars, [4, 2, 2, 2], within: 1e-7))
    #expect(gradientError(at: [3], of: { $0[0] * $0[0] }, gradient: { [2 * $0[0]] }) < 1e-9)
    #expect(gradientError(at: [3], of: { $0[0] * $0[0] }, gradient: { [3 * $0[0]] }) > 0.1)
  }

  @Test func dualNumbersAreExact() {
    #expect(DualNumber.derivative(at: 2) { x in x * x * x } == 12)
    let slope = DualNumber.derivative(at: 1.3) { x in exp(x) * sin(x) / (x + 1) }
    let (value, top) = (exp(1.3) * sin(1.3), exp(1.3) * (sin(1.3) + cos(1.3)))
    #expect(agree([slope], [(top * 2.3 - value) / (2.3 * 2.3)], within: 1e-15))
    #expect(DualNumber.gradient(at: [3, 5]) { $0[0] * $0[1] - sqrt($0[0] + $0[0] * 2.0.dual) } == [5 - 0.5, 3])
    #expect(
      agree(
        [DualNumber.derivative(at: 0.4) { x in log(pow(cos(x), 2)) + tanh(x) }],
        [-2 * tan(0.4) + 1 - tanh(0.4) * tanh(0.4)], within: 1e-14))
  }

  @Test func areasAgreeWithSciPyAndClosedForms() {
    let whole = integrate(over: -Double.infinity...Double.infinity) { exp(-$0 * $0) }
    #expect(agree([whole.value], [1.772453850905516], within: 1e-13) && whole.hasConverged)
    let found = [
      whole.value, integrate(over: 0...3) { sin(10 * $0) }.value,
      integrate(over: 1...Double.infinity) { 1 / (1 + $0 * $0) }.value,
      integrate(over: -Double.infinity...0.5) { exp($0) }.value, integrate(over: 0...1) { $0.squareRoot() }.value,
    ]
    #expect(agree(found, r.integrals, within: 1e-9))
    #expect(agree([integrate(over: 0...2, method: .simpson(2)) { $0 * $0 * $0 }.value], [4], within: 1e-14))
    #expect(agree([integrate(over: 0...1, method: .trapezoid(1_000)) { exp($0) }.value], [exp(1) - 1], within: 1e-6))
    for points in 1...20 {
      let degree = 2 * points - 1
      let value = integrate(over: 0...1, method: .gauss(points)) { pow($0, Double(degree)) }.value
      #expect(agree([value], [1 / Double(degree + 1)], within: 1e-13), "\(points) points")
    }
    #expect(agree([integrate(over: 0...1, and: { 0...$0 }) { x, y in x * y }.value], [0.125], within: 1e-12))
    #expect(cumulativeIntegral([1, 3, 5], spacing: 1) == [0, 2, 6])
    #expect(agree([arcLength(over: 0...1) { 2 * $0 }], [sqrt(5)], within: 1e-9))
    #expect(agree([meanValue(over: 0...3) { $0 * $0 }], [3], within: 1e-12))
    #expect(!integrate(over: 0...1) { 1 / $0 }.hasConverged)
  }

  private func vanDerPol(_ time: Double, _ s: [Double]) -> [Double] { [s[1], (1 - s[0] * s[0]) * s[1] - s[0]] }

  @Test func vanDerPolAgreesWithSciPy() {
    let fine = solveDifferential(
      over: 0...20, from: [2, 0], method: .adaptive(relative: 1e-10, absolute: 1e-12), vanDerPol)
    #expect(agree(fine.states[fine.states.count - 1], [2.0081497621, -0.0425088757], within: 1e-9))
    #expect(agree(fine.states[fine.states.count - 1], r.vanDerPol, within: 1e-9))
    #expect(agree(fine.state(at: 7.3), r.between, within: 1e-8))
    let coarse = solveDifferential(over: 0...20, from: [2, 0], vanDerPol)
    #expect(agree(coarse.times, r.coarseTimes, within: 1e-9) && coarse.hasReachedEnd)
    #expect(agree(coarse.states[coarse.states.count - 1], r.coarseEnd, within: 1e-9))
    #expect(agree(coarse.state(at: 7.3), r.coarseBetween, within: 1e-9))
  }

  @Test func fixedStepsConvergeAsTheirOrderSays() {
    func error(_ method: DifferentialMethod) -> Double {
      let end = solveDifferential(over: 0...1, from: [1], method: method) { _, y in [-y[0]] }
      return (end.states[end.states.count - 1][0] - exp(-1)).magnitude
    }
    #expect((error(.euler(steps: 100)) / error(.euler(steps: 200)) - 2).magnitude < 0.05)
    #expect((error(.rungeKutta4(steps: 20)) / error(.rungeKutta4(steps: 40)) - 16).magnitude < 1)
  }

  @Test func eventsStopAFall() {
    // From a height of 10 with gravity 9.81 the ground is reached after √(2 · 10 / 9.81).
    let fall = solveDifferential(
      over: 0...5, from: [10, 0], method: .adaptive(relative: 1e-8, absolute: 1e-8), events: [{ _, s in s[0] }],
      stopsAtEvent: true
    ) { _, s in [s[1], -9.81] }
    #expect(agree(fall.events[0], [(20 / 9.81).squareRoot()], within: 1e-9) && !fall.hasReachedEnd)
    #expect(agree([fall.times[fall.times.count - 1]], fall.events[0], within: 1e-12))
  }
}

extension Double {
  fileprivate var dual: DualNumber { DualNumber(self) }
}

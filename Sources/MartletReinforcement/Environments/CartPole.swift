import Glibc
import MartletDisplay
import MartletNumerics

/// A pole on a cart: push left or right so that it does not fall.
///
///     var world = CartPole()
///     world.reset(seed: 42)      // [0.02739560…, -0.00611215…, 0.03585979…, 0.01973680…]
///
/// An observation is the cart's place (m), its speed (m/s), the pole's angle from upright (rad) and how fast that turns
/// (rad/s). Action 0 pushes left with 10 N, 1 right, for 20 ms. Each step earns 1; the episode ends when the pole leans
/// more than 12° or the cart leaves ±2.4 m. (Gymnasium: `CartPole-v1`, whose observations are these rounded to 32 bits)
///
/// Reference: Barto, Sutton and Anderson (1983), Neuronlike adaptive elements that can solve difficult learning control
/// problems.
public struct CartPole: PicturedEnvironment {
  public let actionSpace = DiscreteSpace(names: ["left", "right"])
  /// Twice the range in which an episode goes on.
  public let observationSpace = BoxSpace(
    low: [-2 * Self.widestPlace, -.infinity, -2 * Self.widestAngle, -.infinity],
    high: [2 * Self.widestPlace, .infinity, 2 * Self.widestAngle, .infinity])
  /// What is seen now.
  public private(set) var state = [0.0, 0, 0, 0]
  private var random = EnvironmentRandom()
  private var counter: StepCounter
  private var hasFallen = false

  private static let (gravity, cartMass, poleMass, halfLength) = (9.8, 1.0, 0.1, 0.5)
  private static let (force, interval) = (10.0, 0.02)
  private static let (widestPlace, widestAngle) = (2.4, 12 * 2 * Double.pi / 360)

  /// - Parameter stepLimit: when an episode is broken off; `nil` for never.
  public init(stepLimit: Int? = 500) { counter = StepCounter(limit: stepLimit) }

  @discardableResult public mutating func reset(seed: UInt64?) -> [Double] {
    random.reset(seed: seed)
    counter.reset()
    hasFallen = false
    state = (0..<4).map { _ in random.generator.uniform(from: -0.05, to: 0.05) }
    return state
  }

  public mutating func step(_ action: Int) -> EnvironmentStep<[Double]> {
    EnvironmentChecks.action(action, of: actionSpace, in: "CartPole")
    EnvironmentChecks.begun(random.hasBegun, "CartPole")
    move(action == 1 ? Self.force : -Self.force)
    // Once it lies, nothing more is earned.
    let reward = hasFallen ? 0.0 : 1.0
    hasFallen = abs(state[0]) > Self.widestPlace || abs(state[2]) > Self.widestAngle
    return EnvironmentStep(
      observation: state, reward: reward, isTerminated: hasFallen, isTruncated: counter.count())
  }

  /// One step of Euler's method.
  private mutating func move(_ force: Double) {
    let (place, speed, angle, turning) = (state[0], state[1], state[2], state[3])
    let (cosine, sine) = (cos(angle), sin(angle))
    let mass = Self.cartMass + Self.poleMass
    let moment = Self.poleMass * Self.halfLength
    let push = (force + moment * (turning * turning) * sine) / mass
    let angular =
      (Self.gravity * sine - cosine * push)
      / (Self.halfLength * (4.0 / 3.0 - Self.poleMass * (cosine * cosine) / mass))
    let linear = push - moment * angular * cosine / mass
    state = [
      place + Self.interval * speed, speed + Self.interval * linear, angle + Self.interval * turning,
      turning + Self.interval * angular,
    ]
  }

  public var picture: SVG {
    let (width, height, ground) = (420.0, 200.0, 160.0)
    let scale = width / (2 * Self.widestPlace)
    let (x, y) = (width / 2 + state[0] * scale, ground - 14)
    var sketch = Sketch(width: width, height: height, label: "A pole on a cart")
    sketch.line(0, ground, width, ground, stroke: "#8a949c", width: 2)
    sketch.rectangle(x: x - 25, y: y - 13, width: 50, height: 26, fill: "#39424a")
    let length = 2 * Self.halfLength * scale
    sketch.line(x, y - 6, x + sin(state[2]) * length, y - 6 - cos(state[2]) * length, stroke: "#c98f54", width: 9)
    sketch.circle(x: x, y: y - 6, radius: 5, fill: "#8184cb")
    let degrees = (state[2] * 1800 / .pi).rounded() / 10
    sketch.text("\(degrees == 0 ? 0 : degrees)°", x: width / 2, y: height - 12, size: 13, fill: "#5b6670")
    return sketch.svg
  }
}

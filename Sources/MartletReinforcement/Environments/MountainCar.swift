import Glibc
import MartletDisplay
import MartletNumerics

/// A car in a valley whose motor is too weak for the hill: swing back to get up.
///
///     var world = MountainCar()
///     world.reset(seed: 0)
///     world.step(2).reward      // -1.0
///
/// An observation is the car's place, from −1.2 to 0.6, and its speed, from −0.07 to 0.07. Actions: push left, roll, push
/// right. Each step costs 1; the episode ends at place 0.5. (Gymnasium: `MountainCar-v0`, whose observations are these
/// rounded to 32 bits)
///
/// Reference: Moore (1990), Efficient memory-based learning for robot control.
public struct MountainCar: PicturedEnvironment {
  public let actionSpace = DiscreteSpace(names: ["left", "roll", "right"])
  public let observationSpace = BoxSpace(low: [-1.2, -0.07], high: [0.6, 0.07])
  /// What is seen now: place and speed.
  public private(set) var state = [0.0, 0]
  private var random = EnvironmentRandom()
  private var counter: StepCounter
  private static let (force, gravity, goal) = (0.001, 0.0025, 0.5)

  /// - Parameter stepLimit: when an episode is broken off; `nil` for never.
  public init(stepLimit: Int? = 200) { counter = StepCounter(limit: stepLimit) }

  @discardableResult public mutating func reset(seed: UInt64?) -> [Double] {
    random.reset(seed: seed)
    counter.reset()
    state = [random.generator.uniform(from: -0.6, to: -0.4), 0]
    return state
  }

  public mutating func step(_ action: Int) -> EnvironmentStep<[Double]> {
    EnvironmentChecks.action(action, of: actionSpace, in: "MountainCar")
    EnvironmentChecks.begun(random.hasBegun, "MountainCar")
    let (low, high) = (observationSpace.low, observationSpace.high)
    let pushed = state[1] + (Double(action - 1) * Self.force + cos(3 * state[0]) * -Self.gravity)
    var speed = min(max(pushed, low[1]), high[1])
    let place = min(max(state[0] + speed, low[0]), high[0])
    // The left end is a wall.
    if place == low[0], speed < 0 { speed = 0 }
    state = [place, speed]
    return EnvironmentStep(
      observation: state, reward: -1, isTerminated: place >= Self.goal && speed >= 0, isTruncated: counter.count())
  }

  public var picture: SVG {
    let (width, height) = (420.0, 200.0)
    func point(_ place: Double) -> (x: Double, y: Double) {
      ((place + 1.2) / 1.8 * width, height - 20 - (sin(3 * place) * 0.45 + 0.55) * 140)
    }
    var sketch = Sketch(width: width, height: height, label: "A car in a valley")
    sketch.path((0...90).map { point(-1.2 + Double($0) * 0.02) }, stroke: "#8a949c", width: 2)
    let (car, flag) = (point(state[0]), point(Self.goal))
    sketch.line(flag.x, flag.y, flag.x, flag.y - 34, stroke: "#39424a", width: 2)
    sketch.polygon([(flag.x, flag.y - 34), (flag.x + 18, flag.y - 28), (flag.x, flag.y - 22)], fill: "#e0c14a")
    sketch.circle(x: car.x, y: car.y - 8, radius: 8, fill: "#e06c5f")
    return sketch.svg
  }
}

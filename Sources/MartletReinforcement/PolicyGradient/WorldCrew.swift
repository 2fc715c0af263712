import CMartletRuntime
import Glibc
import MartletNets
import MartletNumerics

/// Copies of a world that are played side by side, so that the nets are asked for all of them at once.
struct WorldCrew<World: Environment> where World.Observation == [Double] {
  private var worlds: [World]
  private var seen: [[Float]]
  private var totals: [Double]
  private var random: PCG64
  /// The sum of rewards of each episode that has ended.
  private(set) var returns: [Double] = []
  /// How many steps all worlds have gone.
  private(set) var steps = 0
  /// The critic's unit.
  private let unit: Double

  init(_ world: World, count: Int, unit: Double, seed: UInt64) {
    let streams = PCG64.streams(seed: seed, count: count + 1)
    random = streams[count]
    worlds = [World](repeating: world, count: count)
    seen = []
    for place in worlds.indices {
      var stream = streams[place]
      seen.append(worlds[place].reset(seed: stream.next()).map { Float($0) })
    }
    totals = [Double](repeating: 0, count: count)
    self.unit = unit
  }

  /// How many numbers an observation has.
  var width: Int { seen[0].count }

  /// Plays every world to the end of an episode.
  mutating func episodes(_ net: ActorCritic, maximumSteps: Int) -> Experience {
    var experience = Experience()
    var open = worlds.map { _ in Experience.Stretch() }
    var active = Array(worlds.indices)
    while !active.isEmpty {
      let over = step(net, active, &open)
      active = active.filter { !over.contains($0) && open[$0].actions.count < maximumSteps }
    }
    experience.stretches = open
    return valued(experience, net)
  }

  /// Plays every world for some steps; ended episodes are followed by new ones.
  mutating func steps(_ count: Int, _ net: ActorCritic) -> Experience {
    var experience = Experience()
    var open = worlds.map { _ in Experience.Stretch() }
    for _ in 0..<count {
      for place in step(net, Array(worlds.indices), &open) {
        experience.stretches.append(open[place])
        open[place] = Experience.Stretch()
      }
    }
    for place in worlds.indices where !open[place].actions.isEmpty {
      open[place].next = seen[place]
      experience.stretches.append(open[place])
    }
    return valued(experience, net)
  }

  /// One step of some worlds; returns those whose episode has ended.
  private mutating func step(_ net: ActorCritic, _ active: [Int], _ open: inout [Experience.Stretch]) -> [Int] {
    martlet_poll()
    let x = Variable(Tensor(active.flatMap { seen[$0] }, shape: [active.count, width]))
    let logarithms = net.scores(x).logSoftmax().value
    let (scores, values) = (logarithms.scalars, net.expectations(x).value.scalars)
    let actions = scores.count / active.count
    var over: [Int] = []
    for (row, place) in active.enumerated() {
      let shares = scores[row * actions..<(row + 1) * actions].map { Double(exp($0)) }
      let action = Greedy.sample(shares, using: &random)
      let step = worlds[place].step(action)
      open[place].observations.append(seen[place])
      open[place].actions.append(action)
      open[place].rewards.append(step.reward)
      open[place].logProbabilities.append(scores[row * actions + action])
      open[place].values.append(Double(values[row]) * unit)
      totals[place] += step.reward
      steps += 1
      seen[place] = step.observation.map { Float($0) }
      guard step.isOver else { continue }
      // An episode that was only broken off would have gone on to earn what the critic expects.
      if !step.isTerminated { open[place].next = seen[place] }
      returns.append(totals[place])
      totals[place] = 0
      seen[place] = worlds[place].reset().map { Float($0) }
      over.append(place)
    }
    return over
  }

  /// The experience with what the critic expects after each stretch that did not end by itself.
  private func valued(_ experience: Experience, _ net: ActorCritic) -> Experience {
    var experience = experience
    let places = experience.stretches.indices.filter { experience.stretches[$0].next != nil }
    guard !places.isEmpty else { return experience }
    let rows = places.flatMap { experience.stretches[$0].next ?? [] }
    let values = net.expectations(Variable(Tensor(rows, shape: [places.count, rows.count / places.count]))).value
    for (place, value) in zip(places, values.scalars) { experience.stretches[place].nextValue = Double(value) * unit }
    return experience
  }
}

import MartletDatasets
import MartletFrames
import MartletModels
import MartletNets
import Testing

/// The last rung of an advisor's ladder.
@Suite struct AdvisorNetworkTests {
  @Test func theLadderEndsInANetwork() throws {
    let iris = try Datasets.iris()
    let advice = try ModelAdvisor(patience: 9).classifier(
      for: iris, target: "species", labels: String.self, adding: [.network(hiddenLayers: [8])])
    let families = advice.steps.map(\.family)
    #expect(families == families.sorted() && families.last == .network)
    #expect(advice.steps.last?.verdict != .untried && advice.steps.last?.verdict != .failed)
    #expect(advice.chosen.family < .network, "a line is enough for three species of flowers")
  }

  /// Two clear rungs without gain, and the network is not tried.
  @Test func theClimbStopsBelowIt() throws {
    let patients = try Datasets.diabetes()
    let advice = try ModelAdvisor().regressor(for: patients, target: "progression", adding: [.network()])
    #expect(advice.steps.last?.name == "network" && advice.steps.last?.verdict == .untried)
  }
}

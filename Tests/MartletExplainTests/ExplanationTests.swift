import Foundation
import MartletExplain
import MartletModels
import MartletNumerics
import MartletPlots
import Testing

@Suite struct ExplanationTests {
  private let explanation: Explanation

  init() throws {
    explanation = try Explanation(
      values: Matrix([[1, -3, 0.5], [-1, 1, 0.25]]), baseValue: 2, data: Matrix([[10, 20, 30], [11, 19, 31]]),
      featureNames: ["age", "fare", "class"], outputName: "saved")
  }

  @Test func contributionsAddUpToPredictions() throws {
    #expect(explanation.predictions == [0.5, 2.25])
    #expect(explanation.meanAbsoluteValues == [1, 2, 0.375])
    #expect(explanation.order == [1, 0, 2])
    #expect(explanation[rows: [1]].predictions == [2.25])
    #expect(try explanation.frame["feature", String.self].map { $0 ?? "" } == ["fare", "age", "class"])
    #expect(explanation.description.contains("saved") && explanation.description.contains("fare"))
  }

  @Test func partsHaveToFit() {
    #expect(throws: FitError.self) {
      try Explanation(values: Matrix([[1, 2]]), baseValue: 0, data: Matrix([[1, 2, 3]]))
    }
    #expect(throws: FitError.self) {
      try Explanation(values: Matrix([[1, 2]]), baseValue: 0, data: Matrix([[1, 2]]), featureNames: ["a", "a"])
    }
    #expect(throws: FitError.self) { try explanation.scatter("cabin") }
  }

  @Test func filesAreReadBackAndHostileOnesRefused() throws {
    let file = try JSONEncoder().encode(explanation)
    #expect(try JSONDecoder().decode(Explanation.self, from: file) == explanation)
    let text = String(decoding: file, as: UTF8.self)
    for (part, change) in [("\"age\",", ""), ("\"baseValue\":2", "\"baseValue\":\"x\"")] {
      let damaged = text.replacingOccurrences(of: part, with: change)
      #expect(damaged != text)
      #expect(throws: DecodingError.self) { try JSONDecoder().decode(Explanation.self, from: Data(damaged.utf8)) }
    }
  }

  private func count(_ part: String, _ chart: Chart) -> Int { chart.svg.components(separatedBy: part).count - 1 }

  @Test func everyChartShowsTheContributions() throws {
    let swarm = try explanation.beeswarm()
    #expect(count("<circle", swarm) == 6)
    #expect(swarm.svg.contains("saved"))
    let bars = try explanation.bar()
    #expect(count("<title>", bars) >= 3 && bars.svg.contains(">fare<"))
    let fall = try explanation.waterfall(0)
    #expect(fall.svg.contains("fare = 20") && fall.svg.contains(">−3<"))
    let force = try explanation.force(0)
    #expect(force.svg.contains("<title>fare = 20: −3</title>") && force.svg.contains("<title>age = 10: +1</title>"))
    #expect(force.svg.contains("from the mean 2 to 0.5"))
    let dots = try explanation.scatter("age", colour: "fare")
    #expect(count("<circle", dots) >= 2 && dots.svg.contains("What age adds to saved"))
    let paths = try explanation.decision(limit: 2)
    #expect(paths.svg.contains(">1 others<") && paths.svg.contains(">mean<"))
    #expect(count("<title>sample", paths) == 2)
  }

  @Test func theStrongestPartnerColoursTheDots() throws {
    var random = PCG64(seed: 6)
    let x = random.normals(shape: [400, 3])
    // The effect of the first feature depends on the third.
    let values = Matrix.stacked([x.column(0) * x.column(2), .zeros(400), .zeros(400)], axis: 1)
    let own = try Explanation(values: values, baseValue: 0, data: x, featureNames: ["a", "b", "c"])
    #expect(try own.scatter("a").description.contains("c"))
  }

  @Test func emptyExplanationsSaySo() throws {
    let none = try Explanation(values: Matrix.zeros(0, 2), baseValue: 1, data: Matrix.zeros(0, 2))
    #expect(none.predictions.isEmpty && none.meanAbsoluteValues == [0, 0])
    #expect(throws: ChartError.self) { try none.beeswarm() }
    #expect(throws: ChartError.self) { try none.decision() }
  }
}

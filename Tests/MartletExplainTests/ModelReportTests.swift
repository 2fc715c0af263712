import Foundation
import MartletDatasets
import MartletDisplay
import MartletExplain
import MartletModels
import MartletNumerics
import Testing

@Suite struct ModelReportTests {
  private func parts() throws -> (RandomForestRegressor.Model, Matrix, MeasuredImportance) {
    let patients = try Datasets.diabetes()
    let (x, y) = (try patients.matrix(except: "progression"), try patients["progression", Double.self].values())
    let model = try RandomForestRegressor(treeCount: 5, maximumDepth: 4, seed: 0).fit(
      x[0..<300, .all], Array(y[..<300]))
    let rest = x[300..., .all]
    let importance = try permutationImportance(model, rest, Array(y[300...]), scoring: .r2, repeats: 3, seed: 0)
    return (model, rest, importance)
  }

  @Test func aPageSaysWhatTheModelDoes() throws {
    let (model, x, importance) = try parts()
    let explanation = try TreeExplainer(model).explain(x)
    let report = try ModelReport(
      "Who <gets> worse", ModelFunction(model), x, importance: importance, explanation: explanation, samples: [0, 3],
      features: 2)
    #expect(report.html.contains("Who &lt;gets&gt; worse") && !report.html.contains("<gets>"))
    // Importance, beeswarm, two dependences, two waterfalls.
    #expect(report.html.components(separatedBy: "<svg").count - 1 == 6)
    let first = importance.featureNames[importance.order[0]]
    #expect(report.description.contains("without \(first) it is worse by") && report.description.hasPrefix("Who"))
    let path = NSTemporaryDirectory() + "report-\(UUID().uuidString).html"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try report.write(to: path)
    #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("<!doctype html>"))
    #expect(throws: FitError.self) { try report.write(to: "report.pdf") }
    #expect(report.displayBundle()[.html] != nil)
  }

  @Test func withoutAnExplanation() throws {
    let (model, x, importance) = try parts()
    let report = try ModelReport("Who gets worse", ModelFunction(model), x, importance: importance, features: 1)
    #expect(report.html.components(separatedBy: "<svg").count - 1 == 2)
    #expect(throws: FitError.self) {
      try ModelReport("No", ModelFunction(model), x, importance: importance, samples: [0])
    }
    #expect(throws: FitError.self) {
      try ModelReport("No", ModelFunction(model), x, importance: importance, features: -1)
    }
  }
}

import Foundation
import MartletModels
import MartletNumerics
import Testing

@Suite struct ForeignForestTests {
  struct Problem: Decodable {
    let x: [[Double?]]
    let xgboost, lightGBM: String
    let xgboostPredictions, lightGBMPredictions: [Double]
    var matrix: Matrix { Matrix(x.map { $0.map { $0 ?? .nan } }) }
  }
  struct Reference: Decodable { let problems: [String: Problem] }
  let reference: Reference
  init() throws { reference = try ReferenceFile.read("foreignForests") }

  /// Runs `work` with the path of a file with that content.
  private func withFile<Result>(_ content: String, _ work: (String) throws -> Result) throws -> Result {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).model")
    try content.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    return try work(file.path)
  }

  @Test(arguments: ["two", "sigmoid", "three"]) func classifiersPredictTheSame(_ name: String) throws {
    let problem = try #require(reference.problems[name])
    let classes = name == "three" ? ["a", "b", "c"] : ["no", "yes"]
    func expected(_ predictions: [Double]) -> [Double] {
      name == "three" ? predictions : predictions.flatMap { [1 - $0, $0] }
    }
    let first = try withFile(problem.xgboost) { try BoostedClassifierModel(xgboost: $0, classes: classes) }
    #expect(
      agree(try first.predictProbabilities(problem.matrix).scalars, expected(problem.xgboostPredictions), within: 1e-6))
    let second = try withFile(problem.lightGBM) { try BoostedClassifierModel(lightGBM: $0, classes: classes) }
    #expect(
      agree(
        try second.predictProbabilities(problem.matrix).scalars, expected(problem.lightGBMPredictions), within: 1e-12))
    #expect(first.classes == classes && first.roundCount == 4)
    #expect(try ClassicData.reread(first).predict(problem.matrix) == first.predict(problem.matrix))
    #expect(throws: ModelFileError.self) {
      try withFile(problem.xgboost) { try BoostedClassifierModel(xgboost: $0, classes: [1]) }
    }
    #expect(throws: ModelFileError.self) { try withFile(problem.lightGBM) { try BoostedRegressorModel(lightGBM: $0) } }
  }

  @Test(arguments: ["number", "count", "dart", "edge"]) func numbersAreTheSame(_ name: String) throws {
    let problem = try #require(reference.problems[name])
    let first = try withFile(problem.xgboost) { try BoostedRegressorModel(xgboost: $0) }
    #expect(agree(try first.predict(problem.matrix), problem.xgboostPredictions, within: 1e-6))
    guard !problem.lightGBMPredictions.isEmpty else { return }
    let second = try withFile(problem.lightGBM) { try BoostedRegressorModel(lightGBM: $0) }
    #expect(agree(try second.predict(problem.matrix), problem.lightGBMPredictions, within: 1e-12))
  }

  @Test func damagedFilesAreRefused() throws {
    let problem = try #require(reference.problems["two"])
    let content = try JSONSerialization.jsonObject(with: Data(problem.xgboost.utf8))
    for (place, damaged) in JSONDamage.variants(of: content).enumerated() where place % 7 == 0 {
      let text = String(
        decoding: try JSONSerialization.data(withJSONObject: damaged, options: .fragmentsAllowed), as: UTF8.self)
      do {
        let model = try withFile(text) { try BoostedClassifierModel(xgboost: $0, classes: [0, 1]) }
        _ = try model.predictProbabilities(Matrix.ones(2, 4))
      } catch {
        #expect(error is ModelFileError || error is FitError, "\(error)")
      }
    }
    let lines = problem.lightGBM.split(separator: "\n", omittingEmptySubsequences: false)
    for place in 0..<min(lines.count, 60) {
      for change in ["", "num_leaves=99999", "left_child=0 0 0 0", "split_feature=9 9 9 9", "Tree=0"] {
        var changed = lines
        changed[place] = Substring(change)
        do {
          let model = try withFile(changed.joined(separator: "\n")) {
            try BoostedClassifierModel(lightGBM: $0, classes: [0, 1])
          }
          _ = try model.predictProbabilities(Matrix.ones(2, 4))
        } catch {
          #expect(error is ModelFileError || error is FitError, "\(error)")
        }
      }
    }
    #expect(throws: ModelFileError.self) { try BoostedRegressorModel(xgboost: "/no/such/file.json") }
    #expect(throws: ModelFileError.self) { try withFile("{}") { try BoostedRegressorModel(xgboost: $0) } }
    #expect(throws: ModelFileError.self) { try withFile("trees") { try BoostedRegressorModel(lightGBM: $0) } }
  }
}

import Foundation
import MartletModels
import MartletNumerics
import Testing

@Suite struct ModelFileTests {
  private func line() throws -> LinearRegression.Model {
    try LinearRegression().fit(Matrix([[1], [2], [4]]), [1, 3, 7])
  }

  private func message(_ data: String) -> String {
    do {
      _ = try ModelFile.decode(LinearRegression.Model.self, from: Data(data.utf8), name: "'a.json'")
      return "read"
    } catch { return error.description }
  }

  @Test func filesComeBack() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).json").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let model = try line()
    try model.save(to: path)
    #expect(try LinearRegression.Model.load(from: path) == model)
    let scaler = try StandardScaler().fit(Matrix([[1], [2]]))
    try scaler.save(to: path)
    #expect(try StandardScaler.Model.load(from: path) == scaler)
    let error = #expect(throws: ModelFileError.self) { try LinearRegression.Model.load(from: path) }
    #expect(error?.description.contains("holds a StandardScaler.Model, not a LinearRegression.Model") == true)
    #expect(throws: ModelFileError.self) { try LinearRegression.Model.load(from: path + ".absent") }
    #expect(throws: ModelFileError.self) { try model.save(to: "/absent/folder/model.json") }
  }

  @Test func theFileSaysWhatItIs() throws {
    let object = try JSONSerialization.jsonObject(with: try ModelFile.encode(try line())) as? [String: Any]
    #expect(object?["format"] as? String == "martlet-model" && object?["version"] as? Int == 1)
    #expect(object?["type"] as? String == "LinearRegression.Model")
    let pipeline = StandardScaler().then(LogisticRegression<Int>())
    let model = try pipeline.fit(Matrix([[1], [2]]), [0, 1])
    let text = String(decoding: try ModelFile.encode(model), as: UTF8.self)
    #expect(text.contains("\"Pipeline<StandardScaler, LogisticRegression<Int>>.Model\""))
  }

  @Test func otherFilesAreRefusedWithWords() {
    #expect(message("{").contains("'a.json' is not the file of a model"))
    #expect(message("{\"format\": \"x\", \"version\": 1, \"type\": \"y\"}").contains("its format is 'x'"))
    #expect(message("{\"format\": \"martlet-model\", \"version\": 9, \"type\": \"y\"}").contains("has version 9"))
    let damaged = "{\"format\": \"martlet-model\", \"version\": 1, \"type\": \"LinearRegression.Model\", \"model\": {}}"
    #expect(message(damaged).contains("damaged LinearRegression.Model: 'coefficients' is missing (at model)"))
  }
}

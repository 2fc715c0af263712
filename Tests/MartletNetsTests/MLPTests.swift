import Foundation
import MartletModels
import MartletNets
import MartletNumerics
import Testing

@Suite struct MLPTests {
  enum Size: String, Codable, CaseIterable, Sendable { case small, medium, large }

  /// Three groups of 20 samples around (0, 0), (4, 0) and (0, 4), in turn.
  private static let groups: (x: Matrix, codes: [Int]) = {
    var random = PCG64(seed: 3)
    let centres: [[Double]] = [[0, 0], [4, 0], [0, 4]]
    let codes = (0..<60).map { $0 % 3 }
    return (Matrix(codes.map { centres[$0] }) + random.normals(shape: [60, 2]) * 0.5, codes)
  }()

  private func labelled<Label: Codable & Hashable & Sendable>(_ labels: [Label]) throws {
    let (x, codes) = Self.groups
    let y = codes.map { labels[$0] }
    let method = MLPClassifier<Label>(hiddenLayers: [8], learningRate: 0.02, seed: 1)
    let model = try method.fit(x, y)
    #expect(Set(model.classes) == Set(labels))
    #expect(try model.score(x, y) > 0.95)
    let probabilities = try model.predictProbabilities(x)
    #expect(probabilities.shape == [60, 3] && probabilities.min() >= 0)
    #expect(agree(probabilities.sum(axis: 1).scalars, [Double](repeating: 1, count: 60)))
    let again = try ModelFile.decode(MLPClassifier<Label>.Model.self, from: ModelFile.encode(model))
    #expect(try again.predictProbabilities(x) == probabilities && again.classes == model.classes)
    #expect(try method.fit(x, y).predictProbabilities(x) == probabilities, "the seed decides")
    // Two layers of 2 · 8 + 8 and 8 · 3 + 3 numbers.
    #expect("\(model)".hasPrefix("Net for label (3 classes)\n51 learned numbers, relu") && "\(model)".count < 300)
  }

  @Test func labelsStayTheUsers() throws {
    try labelled([0, 1, 2])
    try labelled(["a", "b", "c"])
    try labelled(Size.allCases)
  }

  @Test func nothingAskedNothingAnswered() throws {
    let (x, codes) = Self.groups
    let model = try MLPClassifier<Int>(hiddenLayers: [2], maximumEpochs: 1, seed: 1).fit(x, codes)
    #expect(try model.predict(Matrix.zeros(0, 2)).isEmpty)
    #expect(try model.predictProbabilities(Matrix.zeros(0, 2)).shape == [0, 3])
  }

  private func kind(_ work: () throws -> some Any) -> FitError.Kind? {
    do {
      _ = try work()
      return nil
    } catch { return (error as? FitError)?.kind }
  }

  @Test func dataThatCannotBeLearnedFromIsRefused() throws {
    let (x, codes) = Self.groups
    let method = MLPClassifier<Int>(hiddenLayers: [2], maximumEpochs: 1, seed: 1)
    #expect(kind { try method.fit(x, Array(codes.dropLast())) } == .shape)
    #expect(kind { try method.fit(x.flattened(), codes) } == .shape)
    #expect(kind { try method.fit(x, codes.map { _ in 1 }) } == .tooFewClasses)
    #expect(kind { try method.fit(x / 0, codes) } == .notFinite)
    #expect(kind { try MLPClassifier<Int>(hiddenLayers: [0], seed: 1).fit(x, codes) } == .parameter)
    #expect(kind { try MLPClassifier<Int>(learningRate: .nan, seed: 1).fit(x, codes) } == .parameter)
    #expect(kind { try MLPRegressor(seed: 1).fit(x, [Double](repeating: .nan, count: 60)) } == .notFinite)
    let model = try method.fit(x, codes)
    #expect(kind { try model.predict(Matrix.ones(3, 3)) } == .shape)
    #expect(kind { try model.predict(Matrix.full(.nan, 3, 2)) } == .notFinite)
  }

  @Test(arguments: MLPParameters.Activation.allCases) func aRegressorFollowsASum(_ activation: MLPParameters.Activation)
    throws
  {
    var random = PCG64(seed: 4)
    let x = random.normals(shape: [200, 2])
    let y = (x.column(0) * 2 - x.column(1)).scalars
    let method = MLPRegressor(
      hiddenLayers: [16], activation: activation, learningRate: 0.01, batchSize: 50, maximumEpochs: 300, seed: 2)
    let model = try method.fit(x, y)
    #expect(try model.score(x, y) > 0.98)
    let again = try ModelFile.decode(MLPRegressor.Model.self, from: ModelFile.encode(model))
    #expect(try again.predict(x) == model.predict(x))
  }

  /// Whatever is done to a file, reading it gives an error or a model that answers.
  @Test func damagedFilesAreRefused() throws {
    let (x, codes) = Self.groups
    let model = try MLPClassifier<Int>(hiddenLayers: [2], maximumEpochs: 1, seed: 1).fit(x, codes)
    let data = try JSONEncoder().encode(model)
    let text = String(decoding: data, as: UTF8.self)
    typealias Model = MLPClassifier<Int>.Model
    for (old, new) in [
      ("\"classes\":[0,1,2]", "\"classes\":[0,1]"), ("\"classes\":[0,1,2]", "\"classes\":[0,1,1]"), ("[2,2]", "[2,3]"),
      ("[2,2]", "[-2,-2]"), ("\"relu\"", "\"step\""), ("\"biases\":[", "\"biases\":[{\"shape\":[1],\"scalars\":[0]},"),
    ] {
      #expect(text.contains(old), "\(old) in \(text)")
      let damaged = Data(text.replacingOccurrences(of: old, with: new).utf8)
      #expect(throws: (any Error).self, "\(new)") { try JSONDecoder().decode(Model.self, from: damaged) }
    }
    for place in data.indices {
      var damaged = data
      damaged[place] = damaged[place] == UInt8(ascii: "1") ? UInt8(ascii: "9") : UInt8(ascii: "1")
      if let read = try? JSONDecoder().decode(Model.self, from: damaged) { _ = try? read.predict(x) }
    }
  }

  /// Weights after some steps are the same, bit by bit, on one thread and on several.
  @Test func threadsDoNotMatter() {
    func weights() -> [Tensor<Float>] {
      var model = Sequential {
        Conv2d(2, 8, kernel: 3, padding: .same, seed: 1)
        BatchNorm(8)
        GELU()
        MaxPool2d(2)
        Flatten()
        LayerNorm(8 * 36)
        Dropout(0.3)
        Linear(8 * 36, 5, seed: 2)
      }
      var random = PCG64(seed: 1)
      let x = Variable(random.normals(shape: [70, 2, 12, 12]).asFloat)
      let y = Tensor(random.integers(70, in: 0..<5))
      var optimizer = AdamW(learningRate: 0.01)
      for step in 0..<3 {
        let mode = Mode.training(seed: UInt64(step))
        optimizer.update(&model, along: valueWithGradient(at: model) { crossEntropy($0(x, mode: mode), y) }.gradient)
      }
      return model.parameters.map(\.parameter.value)
    }
    let several = weights()
    let one = Parallel.$threadLimit.withValue(1) { weights() }
    #expect(one == several)
  }
}

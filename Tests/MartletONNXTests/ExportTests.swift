import Foundation
import MartletDatasets
import MartletFrames
import MartletModels
import MartletNets
import MartletNumerics
import MartletONNX
import Testing

/// Models of Martlet as ONNX files: they come back the same, and ONNX's own programs run them.
@Suite struct ExportTests {
  /// A file's model, what goes into it, and what should come out: numbers of the last output, and labels where there are.
  struct Exported {
    let name: String
    let model: ONNXModel
    let input: Tensor<Float>
    let numbers: [Double]
    var labels: [String]?
    /// How far numbers may be from what the model computes in double precision.
    var tolerance = 1e-5
  }

  private static func iris() throws -> (x: Matrix, y: [String]) {
    let frame = try Datasets.iris()
    // In single precision from the start, so that both sides see the same features.
    return (try frame.matrix(except: "species").asFloat.asDouble, try frame["species", String.self].values())
  }

  private static func classifier<Model: Classifier & ONNXExportable>(
    _ name: String, _ model: Model, _ x: Matrix, tolerance: Double = 1e-5
  ) throws -> Exported where Model.Features == Matrix {
    Exported(
      name: name, model: try model.onnx(), input: x.asFloat, numbers: try model.predictProbabilities(x).scalars,
      labels: try model.predict(x).map { "\($0)" }, tolerance: tolerance)
  }

  private static func regressor<Model: Regressor & ONNXExportable>(
    _ name: String, _ model: Model, _ x: Matrix
  ) throws -> Exported where Model.Features == Matrix {
    Exported(name: name, model: try model.onnx(), input: x.asFloat, numbers: try model.predict(x), tolerance: 1e-4)
  }

  static func classical() throws -> [Exported] {
    let (x, y) = try iris()
    let isLast = y.map { $0 == "virginica" ? 1 : 0 }
    let diabetes = try Datasets.diabetes()
    let columns = diabetes.columnNames.filter { $0 != "progression" && $0 != "target" }
    let target = diabetes.columnNames.first { !columns.contains($0) } ?? ""
    let dx = try diabetes.matrix(except: target).asFloat.asDouble
    let dy = try diabetes[target, Double.self].values()
    let counts = dy.map { $0.rounded() }
    return [
      try classifier("logistic", try StandardScaler().then(LogisticRegression<String>()).fit(x, y), x),
      try classifier("logistic of two", try MinMaxScaler().then(LogisticRegression<Int>()).fit(x, isLast), x),
      try classifier("tree", try DecisionTreeClassifier<String>(maximumDepth: 4).fit(x, y), x),
      try classifier("tree of two", try DecisionTreeClassifier<Int>(maximumDepth: 3).fit(x, isLast), x),
      try classifier("forest", try RandomForestClassifier<String>(treeCount: 12, seed: 1).fit(x, y), x),
      try classifier("boosting", try GradientBoostingClassifier<String>(rounds: 6, seed: 1).fit(x, y), x),
      try classifier("boosting of two", try HistogramGradientBoostingClassifier<Int>(rounds: 8).fit(x, isLast), x),
      try classifier(
        "network", try StandardScaler().then(MLPClassifier<String>(hiddenLayers: [8], seed: 3)).fit(x, y), x,
        tolerance: 1e-4),
      try regressor("linear", try StandardScaler().then(LinearRegression()).fit(dx, dy), dx),
      try regressor("ridge", try Ridge(regularization: 0.1).fit(dx, dy), dx),
      try regressor("tree regression", try DecisionTreeRegressor(maximumDepth: 4).fit(dx, dy), dx),
      try regressor("forest regression", try RandomForestRegressor(treeCount: 10, seed: 1).fit(dx, dy), dx),
      try regressor("boosting regression", try GradientBoostingRegressor(rounds: 10, seed: 1).fit(dx, dy), dx),
      try regressor(
        "boosting of counts", try HistogramGradientBoostingRegressor(loss: .poisson, rounds: 10).fit(dx, counts), dx),
      try regressor(
        "network regression",
        try StandardScaler().then(MLPRegressor(hiddenLayers: [8], seed: 1)).fit(dx, dy.map { $0 / 100 }), dx),
    ]
  }

  static func networks() throws -> [Exported] {
    let digits = try Datasets.digits().images[0..<20].reshaped(20, 1, 8, 8).asFloat / 16
    let rows = digits.reshaped(20, 64)
    let dense = Sequential {
      Linear(64, 32, seed: 1)
      GELU()
      LayerNorm(32)
      Dropout(0.5)
      Residual {
        Linear(32, 32, seed: 2)
        SiLU()
      }
      Linear(32, 10, seed: 3)
      Softmax()
    }
    let picture = Sequential {
      Conv2d(1, 6, kernel: 3, padding: .same, seed: 4)
      BatchNorm(6)
      ReLU()
      MaxPool2d(2)
      Conv2d(6, 6, kernel: 3, stride: 2, padding: .exactly(1), groups: 3, seed: 5)
      LeakyReLU(slope: 0.1)
      AveragePool2d(2)
      Flatten()
      Linear(6, 10, seed: 6)
    }
    return [
      Exported(
        name: "dense", model: try dense.onnx(sampleShape: [64]), input: rows, numbers: dense(rows).asDouble.scalars),
      Exported(
        name: "pictures", model: try picture.onnx(sampleShape: [1, 8, 8]), input: digits,
        numbers: picture(digits).asDouble.scalars),
    ]
  }

  private static func all() throws -> [Exported] { try classical() + networks() }

  @Test func filesComeBackTheSame() throws {
    for exported in try Self.all() {
      let model = try ONNXModel(data: try exported.model.data())
      let outputs = try model.run([model.inputs[0].name: exported.input])
      let numbers = try outputs[outputs.names.last ?? "", Float.self].asDouble.scalars
      let gap = zip(numbers, exported.numbers).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? 1
      #expect(numbers.count == exported.numbers.count && gap < exported.tolerance, "\(exported.name): \(gap)")
      if let labels = exported.labels {
        let named = try (try? outputs["label"]?.texts()) ?? outputs["label", Int.self].scalars.map { "\($0)" }
        #expect(named == labels, "\(exported.name)")
      }
    }
  }

  @Test(.enabled(if: ONNXPython.interpreter != nil, "pip install onnx, or set MARTLET_PYTHON to a Python that has it"))
  func otherProgramsRunThem() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("martlet-onnx-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let all = try Self.all()
    for (number, exported) in all.enumerated() {
      try exported.model.write(to: folder.appendingPathComponent("\(number).onnx"))
      try exported.input.write(npy: folder.appendingPathComponent("\(number).npy").path)
    }
    let answers = try ONNXPython.run(folder, count: all.count)
    for (exported, answer) in zip(all, answers) {
      let gap = zip(answer.numbers, exported.numbers).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? 1
      #expect(answer.numbers.count == exported.numbers.count && gap < exported.tolerance, "\(exported.name): \(gap)")
      if let labels = exported.labels { #expect(answer.labels == labels, "\(exported.name)") }
    }
  }

  @Test func whatCannotBeSaidIsRefused() throws {
    let x = Matrix([[0, 1], [1, 2], [2, 0], [3, 1]])
    let tree = try DecisionTreeClassifier<Int>(categoricalFeatures: [0]).fit(x, [0, 1, 0, 1])
    #expect(throws: ONNXError.self) { try tree.onnx() }
    let own = Sequential([Lambda { $0 * 2 }])
    #expect(throws: ONNXError.self) { try own.onnx(sampleShape: [3]) }
  }
}

import Foundation
import MartletDatasets
import MartletFrames
import MartletModels
import MartletNumerics
import Testing

/// Methods without answers, from tables by their columns' names, after preprocessing, and as files.
@Suite struct UnsupervisedTableTests {
  private let columns = ["petalLength", "petalWidth"]

  @Test func columnsAreFoundByName() throws {
    let iris = try Datasets.iris()
    let x = try iris.matrix(of: columns)
    let plain = try KMeans(clusters: 3, seed: 0).fit(x)
    let model = try KMeans(clusters: 3, seed: 0).fit(iris, features: columns)
    #expect(model.base == plain && model.features == columns && model.labels == plain.labels)
    #expect(try model.predict(iris.head(5)) == plain.predict(x[0..<5, .all]) && model.inertia == plain.inertia)
    #expect(model.description.contains("petalWidth"))
    // All columns of numbers, and text is left out.
    #expect(try PCA(components: 2).fit(iris).features == iris.columnNames.filter { $0 != "species" })
    let scores = try PCA(components: 2).fit(iris).transform(iris)
    #expect(
      try scores == PCA(components: 2).fit(iris.matrix(except: "species")).transform(iris.matrix(except: "species")))
    let forest = try IsolationForest(trees: 5, seed: 1).fit(iris, features: columns)
    #expect(try forest.isAnomaly(iris) == IsolationForest(trees: 5, seed: 1).fit(x).isAnomaly(x))
    #expect(refusal { try KMeans(clusters: 3).fit(iris, features: ["species"]) } == .table)
    #expect(refusal { try model.predict(iris.select(["petalLength"])) } == .table)
  }

  @Test func whatComesBeforeIsLearnedToo() throws {
    let x = try Datasets.wine().matrix(except: "cultivar")
    let scaled = try StandardScaler().fit(x).transform(x)
    let model = try StandardScaler().then(KMeans(clusters: 3, seed: 0)).fit(x)
    let plain = try KMeans(clusters: 3, seed: 0).fit(scaled)
    #expect(model.labels == plain.labels && model.clusterSizes == plain.clusterSizes)
    #expect(try model.predict(x) == plain.predict(scaled))
    let steps = makePipeline {
      StandardScaler()
      PCA(components: 3)
      DBSCAN(radius: 1, minimumSamples: 4)
    }
    let reduced = try PCA(components: 3).fit(scaled).transform(scaled)
    #expect(try steps.fit(x).labels == DBSCAN(radius: 1, minimumSamples: 4).fit(reduced).labels)
    #expect(steps.description.contains("StandardScaler") && steps.description.contains("DBSCAN"))
    let wine = try StandardScaler().then(KMeans(clusters: 3, seed: 0)).fit(
      Datasets.wine(), features: ["alcohol", "hue"])
    #expect(wine.features == ["alcohol", "hue"] && wine.description.contains("alcohol"))
  }

  /// Every kind of fitted model can be saved, and is what it was.
  @Test func allKindsAreSaved() throws {
    let x = try Datasets.iris().head(40).matrix(except: "species")
    func saved<Model: Codable & FittedModel>(_ model: Model) throws -> Model {
      let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).json").path
      defer { try? FileManager.default.removeItem(atPath: path) }
      try model.save(to: path)
      return try Model.load(from: path)
    }
    let density = try DBSCAN().fit(x)
    #expect(try saved(density) == density)
    let tree = try AgglomerativeClustering(clusters: 3).fit(x)
    #expect(try saved(tree) == tree)
    let order = try OPTICS().fit(x)
    #expect(try saved(order) == order)
    let map = try MDS().fit(x)
    #expect(try saved(map) == map)
    let forest = try IsolationForest(trees: 3, seed: 0).fit(x)
    #expect(try saved(forest) == forest)
    let chain = try StandardScaler().then(KMeans(clusters: 2, seed: 0)).fit(x)
    #expect(try saved(chain).predict(x) == chain.predict(x))
    let table = try KMeans(clusters: 2, seed: 0).fit(Datasets.iris(), features: columns)
    #expect(try saved(table).predict(Datasets.iris()) == table.predict(Datasets.iris()))
    let trend = try NaiveForecaster(period: 2).fit([1, 2, 3, 4, 5])
    #expect(try saved(trend).fitted == trend.fitted)
  }

  @Test func tablesAreCrossValidated() throws {
    let iris = try Datasets.iris()
    let method = StandardScaler().then(LogisticRegression<String>())
    let (x, y) = (try iris.matrix(except: "species"), try iris["species", String.self].values())
    let byName = try crossValidate(method, iris, target: "species")
    #expect(try byName.scores == crossValidate(method, x, y).scores)
    let two = try crossValidate(
      method, iris, target: "species", features: columns, folds: StratifiedKFold(3), scoring: [.accuracy, .logLoss])
    #expect(two.metrics == ["accuracy", "log-loss"] && two.scores.shape == [3, 2])
    let patients = try Datasets.diabetes()
    let numbers = try crossValidate(Ridge(), patients, target: "progression")
    #expect(
      try numbers.scores
        == crossValidate(Ridge(), patients.matrix(except: "progression"), patients.numbers("progression")).scores)
    #expect(refusal { try crossValidate(method, iris, target: "spieces") } == .table)
    #expect(refusal { try crossValidate(method, iris, target: "species", features: ["species"]) } == .table)
  }
}

import MartletExplain
import MartletModels
import MartletNumerics
import MartletPlots
import Testing

@Suite struct WayOutTests {
  private let names = ["age", "income", "debt"]

  private func samples(_ seed: UInt64) -> Matrix {
    var random = PCG64(seed: seed)
    return Matrix((0..<200).map { _ in [random.normal(), random.normal(), random.normal()] })
  }

  /// A score of known weights: the border along each feature is a division.
  @Test func theBorderOfALineIsFound() throws {
    let weights = [0.1, 2, -1]
    let score = ModelFunction { (x: Matrix) in (x • Matrix(weights)).reshaped(-1, 1) }
    let (x, sample) = (samples(1), [0.3, -0.6, 0.2])
    let own = zip(weights, sample).reduce(0) { $0 + $1.0 * $1.1 }
    let ways = try WayOut.all(score, sample, background: x, crossing: 0, featureNames: names)
    // Age would have to grow by 13.7, which does not occur.
    #expect(ways.map(\.feature).sorted() == ["debt", "income"])
    #expect(zip(ways, ways.dropFirst()).allSatisfy { $0.distance <= $1.distance })
    for way in ways {
      let place = try #require(names.firstIndex(of: way.feature))
      #expect(abs(way.to - (sample[place] - own / weights[place])) < 1e-9 && abs(way.prediction) < 1e-9)
      let spread = standardDeviation(x.column(place).scalars, degreesOfFreedom: 0)
      #expect(abs(way.distance - abs(way.to - way.from) / spread) < 1e-12)
    }
    let only = try WayOut.all(score, sample, background: x, crossing: 0, features: ["debt"], featureNames: names)
    #expect(only.map(\.feature) == ["debt"])
  }

  @Test func itTurnsTheAnswerOfAForest() throws {
    let x = samples(2)
    let y = (0..<200).map { x[$0, 1] - x[$0, 2] > 0 ? "yes" : "no" }
    let forest = try RandomForestClassifier<String>(treeCount: 15, seed: 3).fit(x, y)
    let function = ModelFunction(forest)
    for row in 0..<10 {
      let sample = x.row(row).scalars
      let answer = try forest.predictProbabilities(x[rows: [row]])[0, 1]
      for way in try WayOut.all(function, sample, background: x, output: "yes", featureNames: names) {
        var changed = sample
        changed[try #require(names.firstIndex(of: way.feature))] = way.to
        let now = try forest.predictProbabilities(Matrix([changed]))[0, 1]
        #expect(now == way.prediction && (now >= 0.5) != (answer >= 0.5))
      }
    }
  }

  @Test func wholeNumbersStayWhole() throws {
    let score = ModelFunction { (x: Matrix) in (x.column(0) * 0.3).reshaped(-1, 1) }
    let background = Matrix([[0], [1], [2], [3], [7]])
    let ways = try WayOut.all(score, [1], background: background, crossing: 0.7)
    #expect(ways.map(\.to) == [3] && ways[0].description == "feature 0: 1.000 → 3 gives 0.900")
    #expect(try WayOut.all(score, [1], background: background, crossing: 9).isEmpty)
    #expect(throws: FitError.self) { try WayOut.all(score, [1, 2], background: background) }
    #expect(throws: FitError.self) { try WayOut.all(score, [1], background: background, features: ["other"]) }
  }

  @Test func biplotsHaveAnArrowForEachFeature() throws {
    let x = samples(4)
    let pca = try PCA(components: 2).fit(x)
    let svg = try Chart.biplot(pca, x, names: names).svg
    #expect(names.allSatisfy { svg.contains(">\($0)<") } && svg.components(separatedBy: "<circle").count > 200)
    let groups = (0..<200).map { $0 % 2 == 0 ? "even" : "odd" }
    #expect(try Chart.biplot(pca, x, names: names, color: PlotColumn(categories: groups)).svg.contains("odd"))
    #expect(throws: FitError.self) { try Chart.biplot(PCA(components: 1).fit(x), x) }
    #expect(throws: FitError.self) { try Chart.biplot(pca, x, names: ["one"]) }
  }
}

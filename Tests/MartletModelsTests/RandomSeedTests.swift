import MartletDatasets
import MartletModels
import MartletNumerics
import Testing

/// What is given no seed follows the one of `withRandomSeed`, on any number of threads.
@Suite struct RandomSeedTests {
  @Test func fitsFollowTheSeed() throws {
    let iris = try Datasets.iris()
    let (x, y) = (try iris.matrix(except: "species"), try iris["species", String.self].values())
    #expect(try predictions(x, y, seed: 4) == predictions(x, y, seed: 4))
    #expect(try predictions(x, y, seed: 4) != predictions(x, y, seed: 5))
  }

  /// What a split, a forest, a boosted model, k-means and an isolation forest say with seeds of their own choice.
  private func predictions(_ x: Matrix, _ y: [String], seed: UInt64) throws -> [Double] {
    try withRandomSeed(seed) {
      let (train, test, trainLabels, _) = try trainTestSplit(x, y, testSize: 0.5)
      let forest = try RandomForestClassifier<String>(treeCount: 5).fit(train, trainLabels)
      let groups = try KMeans(clusters: 8, restarts: 1).fit(x)
      let isolation = try IsolationForest(trees: 5).fit(x)
      let scores = try crossValidate(
        RandomForestClassifier<String>(treeCount: 3), x, y, folds: KFold(4, seed: 0), scoring: [.logLoss]
      ).scores
      return try forest.predictProbabilities(test).scalars + [groups.inertia] + isolation.scores(x) + scores.scalars
    }
  }

  @Test func foldsDoNotDependOnThreads() throws {
    let iris = try Datasets.iris()
    let (x, y) = (try iris.matrix(except: "species"), try iris["species", String.self].values())
    func scores() throws -> [Double] {
      try withRandomSeed(9) {
        try crossValidate(
          RandomForestClassifier<String>(treeCount: 3), x, y, folds: KFold(6, seed: 0), scoring: [.logLoss]
        ).scores.scalars
      }
    }
    #expect(try scores() == Parallel.$threadLimit.withValue(1) { try scores() })
  }
}

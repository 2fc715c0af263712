import MartletDatasets
import MartletFrames
import MartletModels
import MartletNumerics
import Testing

@Suite struct AutoModelTests {
  /// Classes that follow the sign of a product: no line tells them apart.
  private func signs(_ count: Int = 300) throws -> DataFrame {
    var random = PCG64(seed: 3)
    let x = random.uniforms(shape: [count, 2]) * 2.0 - 1.0
    let labels = (0..<count).map { x[$0, 0] * x[$0, 1] > 0 }
    let colours = (0..<count).map { $0 % 3 == 0 ? "red" : "blue" }
    return try DataFrame(
      Column("a", x.column(0).scalars), Column("b", x.column(1).scalars), Column("colour", colours),
      Column("same", labels))
  }

  @Test func itFindsWhatALineDoesNotSee() throws {
    let frame = try signs()
    let search = AutoModel(trials: 14, seed: 1)
    let found = try search.classifier(for: frame, target: "same", labels: Bool.self)
    #expect(found.trials.count == 14 && found.baseline.family == "baseline")
    #expect(found.best.meanScore > 0.9 && found.best.meanScore > found.baseline.meanScore + 0.3)
    #expect(!["baseline", "logistic regression"].contains(found.best.family))
    // Every family once as it comes, and then no more of the baseline.
    #expect(
      Set(found.trials.prefix(6).map(\.family)).count == 6 && found.trials.prefix(6).allSatisfy(\.settings.isEmpty))
    #expect(found.trials.dropFirst(6).allSatisfy { $0.family != "baseline" && !$0.settings.isEmpty })
    // The late trials are those of one family.
    #expect(Set(found.trials.suffix(4).map(\.family)).count == 1)
    #expect(try found.model.score(frame) > 0.9)
    #expect(found.leaderboard.rowCount == 14)
    let scores = try found.leaderboard.numbers("accuracy")
    #expect(scores == scores.sorted(by: >) && scores[0] == found.best.meanScore)
    #expect(found.description.contains("The best of 14 trials") && found.description.contains("baseline"))
  }

  @Test func theSameSeedFindsTheSameOnAnyThreads() throws {
    let frame = try signs(120)
    func found() throws -> AutoModelResult<AnyClassifier<DataFrame, Bool>.Model> {
      try AutoModel(trials: 8, seed: 5).classifier(
        for: frame, target: "same", labels: Bool.self, folds: StratifiedKFold(3))
    }
    let (once, alone) = (try found(), try Parallel.$threadLimit.withValue(1) { try found() })
    #expect(once.trials == alone.trials)
    #expect(try once.model.predict(frame) == alone.model.predict(frame))
  }

  @Test func numbersAndRefusals() throws {
    let patients = try Datasets.diabetes()
    let found = try AutoModel(trials: 8, seed: 0).regressor(
      for: patients, target: "progression", folds: KFold(3, seed: 0))
    #expect(found.metric == "R²" && found.best.meanScore > 0.4 && found.baseline.meanScore < 0.05)
    #expect(refusal { try AutoModel(trials: 5).regressor(for: patients, target: "progression") } == .parameter)
    #expect(
      refusal { try AutoModel(trials: 6, seed: 1 << 40).regressor(for: patients, target: "progression") } == .parameter)
    #expect(refusal { try AutoModel(trials: 6).regressor(for: patients, target: "absent") } == .table)
    // Neighbours cannot answer by more samples than a fold has: said on the leaderboard, and the others go on.
    let few = patients.head(12)
    let small = try AutoModel(trials: 12, seed: 2).regressor(for: few, target: "progression", folds: KFold(6, seed: 0))
    #expect(small.trials.contains { $0.problem != nil || $0.scores.count == 6 } && small.trials.count == 12)
  }
}

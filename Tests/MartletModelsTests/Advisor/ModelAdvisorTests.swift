import Foundation
import MartletDatasets
import MartletFrames
import MartletModels
import MartletNumerics
import Testing

@Suite struct ModelAdvisorTests {
  @Test func theLadderStopsAtTheLogisticModelForBreastCancer() throws {
    let cancer = try Datasets.breastCancer()
    let reference = try EnsembleReference.read()
    let advice = try ModelAdvisor().classifier(for: cancer, target: "diagnosis", labels: String.self)
    #expect(advice.chosen.name == "logistic regression")
    #expect(agree(advice.chosen.scores, reference.cancerLogistic, within: 1e-9))
    #expect(abs(advice.chosen.meanScore - 0.9807) < 1e-4)
    #expect(advice.steps.map(\.verdict) == [.worthIt, .chosen, .notWorthIt, .notWorthIt, .untried])
    #expect(advice.leaderboard.columnNames.prefix(3) == ["model", "accuracy", "deviation"])
    #expect(try advice.leaderboard["model", String.self].values().first == "logistic regression")
    #expect(advice.description.contains("No better than logistic regression"))
    #expect(try advice.model.score(cancer) > 0.98)
    #expect(advice.steps.prefix(4).allSatisfy { ($0.byteCount ?? 0) > 0 && $0.fitSeconds >= 0 })
    let patient = try ModelAdvisor(patience: 3).classifier(for: cancer, target: "diagnosis", labels: String.self)
    #expect(patient.chosen.name == "logistic regression")
    // Our histograms' trees are as good as scikit-learn's, 0.9648, and worse than the line.
    #expect(abs(patient.steps[4].meanScore - mean(reference.cancerBoosting)) < 0.01)
  }

  @Test func itClimbsWhereALineDoesNotSee() throws {
    var random = PCG64(seed: 3)
    let x = random.uniforms(shape: [400, 2]) * 2.0 - 1.0
    let labels = (0..<400).map { x[$0, 0] * x[$0, 1] > 0 }
    let colour = (0..<400).map { $0 % 3 == 0 ? "red" : "blue" }
    let frame = try DataFrame(
      Column("a", x.column(0).scalars), Column("b", x.column(1).scalars), Column("colour", colour),
      Column("same", labels))
    let advice = try ModelAdvisor().classifier(for: frame, target: "same", labels: Bool.self)
    #expect(advice.chosen.family >= .trees && advice.chosen.meanScore > 0.9)
    #expect(advice.steps[1].verdict == .notWorthIt)
    let plain = try ModelAdvisor(mustExplain: true).classifier(for: frame, target: "same", labels: Bool.self)
    #expect(plain.steps[3].verdict == .untried && plain.chosen.name != "random forest")
  }

  @Test func numbersHaveALadder() throws {
    let advice = try ModelAdvisor().regressor(for: Datasets.diabetes(), target: "progression")
    #expect(advice.chosen.name == "ridge regression" && advice.chosen.meanScore > 0.45)
    let slow = ModelAdvisor(millisecondsPerRow: 1e-12)
    #expect(refusal { try slow.regressor(for: Datasets.diabetes(), target: "progression") } == .parameter)
    #expect(
      refusal { try ModelAdvisor(patience: 0).regressor(for: Datasets.diabetes(), target: "progression") } == .parameter
    )
  }

  @Test func categoriesCount() throws {
    let frame = try DataFrame(
      csvText: "size,weight\nsmall,1\nlarge,9\nsmall,2\nlarge,8\n", schema: ["size": .categorical(["small", "large"])])
    let model = try TablePreparation().fit(frame)
    #expect(Set(model.outputColumns) == ["weight", "size=small", "size=large"])
  }

  @Test func ownRungsComeAfterSimplerOnes() throws {
    let iris = try Datasets.iris()
    let own = AdvisorRung(
      "neighbours", .network, AnyClassifier(TablePreparation().then(KNeighborsClassifier<String>())))
    let advice = try ModelAdvisor(patience: 9).classifier(
      for: iris, target: "species", labels: String.self, adding: [own])
    #expect(advice.steps.last?.name == "neighbours" && advice.steps.last?.verdict != .untried)
  }

  @Test func theRulesNameWhatSuits() {
    let table = ModelAdvisor.suggest(.classes, for: .table, rows: 50_000)
    #expect(table.ranked[0].name == "boosted trees")
    #expect(
      ModelAdvisor.suggest(.classes, for: .table, rows: 5_000, mustExplain: true).ranked[0].name == "linear model")
    #expect(ModelAdvisor.suggest(.numbers, for: .table, rows: 100).ranked[0].name == "linear model")
    #expect(ModelAdvisor.suggest(.classes, for: .image, rows: 500).ranked[0].name == "pre-trained network")
    #expect(ModelAdvisor.suggest(.groups, for: .table, rows: 500).ranked[0].name == "clustering")
    #expect(ModelAdvisor.suggest(.numbers, for: .series, rows: 120).ranked[0].name == "forecasting")
    #expect(ModelAdvisor.suggest(.anomalies, for: .series, rows: 400).ranked[0].types == ["ResidualDetector"])
    #expect(ModelAdvisor.suggest(.anomalies, for: .table, rows: 400).ranked[0].name == "outlier detection")
    // Milliseconds leave no room for a model behind a network, and little text none for one trained from scratch.
    let quick = ModelAdvisor.suggest(.classes, for: .text, rows: 400, millisecondsPerAnswer: 1).ranked.map(\.name)
    #expect(quick[0] == "linear model" && quick[1] == "naive Bayes")
    for goal in LearningGoal.allCases {
      for material in LearningMaterial.allCases {
        let ranked = ModelAdvisor.suggest(goal, for: material, rows: 1_000, millisecondsPerAnswer: 10).ranked
        #expect(!ranked.isEmpty && ranked.allSatisfy { !$0.reasons.isEmpty }, "\(goal) \(material)")
        #expect(ranked.allSatisfy { !$0.types.isEmpty }, "\(goal) \(material)")
      }
    }
  }

  /// What is suggested can be typed: every type is there, in one of the toolkit's modules.
  @Test func suggestedTypesExist() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../../Sources")
    var names: Set<String> = []
    for goal in LearningGoal.allCases {
      for material in LearningMaterial.allCases {
        names.formUnion(ModelAdvisor.suggest(goal, for: material, rows: 1_000).ranked.flatMap(\.types))
      }
    }
    let files = FileManager.default.enumerator(at: root.resolvingSymlinksInPath(), includingPropertiesForKeys: nil)?
      .allObjects
    let sources = try (files as? [URL] ?? []).filter { $0.pathExtension == "swift" }.map {
      try String(contentsOf: $0, encoding: .utf8)
    }.joined()
    #expect(names.count > 20)
    let absent = names.filter { name in
      !["struct", "enum", "final class"].contains { kind in
        sources.contains("public \(kind) \(name)<") || sources.contains("public \(kind) \(name):")
          || sources.contains("public \(kind) \(name) ")
      }
    }
    #expect(absent.isEmpty, "\(absent.sorted())")
  }
}

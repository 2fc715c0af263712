import MartletModels
import MartletNumerics
import Testing

/// What every fitted model does when it is asked.
@Suite struct AnswerChecks {
  private func fitted(_ subject: BatteryCase) throws -> FittedCase {
    let (x, y) = BatteryData.samples(subject.kind)
    return try subject.fit(x, y, nil)
  }

  @Test(arguments: BatteryCase.all) func otherFeaturesAreRefused(_ subject: BatteryCase) throws {
    guard !subject.has(.answersForItsOwnSamples) else { return }
    let model = try fitted(subject)
    #expect(refusal { try model.answers(Matrix.ones(3, 5)) } == .shape, "one more")
    #expect(refusal { try model.answers(Matrix.ones(3, 3)) } == .shape, "one fewer")
    #expect(refusal { try model.answers(Matrix.ones(4)) } == .shape, "one axis")
  }

  @Test(arguments: BatteryCase.all) func partsAreAnsweredLikeTheWhole(_ subject: BatteryCase) throws {
    guard !subject.has(.answersDependOnOthers), !subject.has(.answersForItsOwnSamples) else { return }
    let model = try fitted(subject)
    let whole = try model.answers(BatteryData.fresh)
    for rows in [[0], [24, 3], Array((0..<25).reversed())] {
      let part = try model.answers(BatteryData.fresh[rows: rows])
      #expect(agree(part.scalars, whole[rows: rows].scalars, within: 1e-9))
    }
  }

  @Test(arguments: BatteryCase.all) func nothingAskedNothingAnswered(_ subject: BatteryCase) throws {
    guard !subject.has(.answersForItsOwnSamples) else { return }
    #expect(try fitted(subject).answers(Matrix.zeros(0, 4)).shape[0] == 0)
  }

  @Test(arguments: BatteryCase.classifiers) func probabilitiesAddUp(_ subject: BatteryCase) throws {
    let model = try fitted(subject)
    let probabilities = try model.answers(BatteryData.fresh)
    #expect(model.classes == [0, 1, 2] && probabilities.shape == [25, 3])
    #expect(probabilities.min() >= 0 && probabilities.max() <= 1)
    #expect(agree(probabilities.sum(axis: 1).scalars, [Double](repeating: 1, count: 25), within: 1e-9))
    let predictions = try model.predictions(BatteryData.fresh)
    #expect(predictions.allSatisfy(model.classes.contains))
    if !subject.has(.answersDifferFromProbabilities) {
      #expect(probabilities.argMax(axis: 1).scalars.map { model.classes[$0] } == predictions)
    }
  }

  @Test(arguments: BatteryCase.classifiers) func labelsStayTheUsers(_ subject: BatteryCase) throws {
    let problems = try subject.labelProblems()
    #expect(problems.isEmpty, "\(problems.joined(separator: "; "))")
  }

  /// It shows itself as a table, for a terminal and for a notebook.
  @Test(arguments: BatteryCase.all) func itDisplaysItself(_ subject: BatteryCase) throws {
    let summary = try #require(try fitted(subject).summary(), "no summary")
    let names = ["first", "second", "third", "fourth"]
    let table = summary.summaryTable(features: names, target: "answer")
    #expect(table.text.split(separator: "\n").count > 1 && !table.text.contains("MartletModels"))
    #expect(summary.description == summary.summaryTable(features: nil, target: nil).text)
    #expect(summary.displayBundle()[.html] != nil && summary.displayBundle()[.plainText] != nil)
  }

  /// It has learned something: better than always giving the commonest class, or the mean; the groups are there; a sample
  /// far from all others is the least usual.
  @Test(arguments: BatteryCase.all) func itLearns(_ subject: BatteryCase) throws {
    guard subject.kind != .transformer, !subject.has(.ignoresFeatures), !subject.has(.isHeldBack) else { return }
    let (x, y) = BatteryData.samples(subject.kind)
    let model = try subject.fit(x, y, nil)
    switch subject.kind {
    case .classifier: #expect(accuracy(predicted: try model.predictions(x), actual: y) > 0.6)
    case .regressor: #expect(r2Score(predicted: try model.predictions(x), actual: y) > 0.5)
    case .grouping:
      let groups = try model.predictions(x)
      #expect(ClusterAgreement(groups, BatteryData.classes().codes).adjustedRandIndex > 0.5)
    case .detector:
      let far = try model.answers(Matrix([[40, -30, 50, -20]]))[0, 0]
      // Few trees tell few scores apart.
      #expect(try far <= model.answers(x).min())
      #expect(try model.predictions(Matrix([[40, -30, 50, -20]])) == [1])
    case .transformer: break
    }
  }
}

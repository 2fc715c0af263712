import MartletDatasets
import MartletFrames
import MartletModels
import MartletNumerics
import Testing

@Suite struct VotingAndStackingTests {
  let reference: EnsembleReference
  let x: Matrix
  let y: [Int]
  init() throws {
    reference = try EnsembleReference.read()
    (x, y) = try EnsembleReference.two()
  }

  private func members<Label>(_ labels: Label.Type) -> [LogisticRegression<Label>] {
    [0.01, 1, 100].map { LogisticRegression<Label>(inverseRegularization: $0, tolerance: 1e-10) }
  }

  @Test func votesAreScikitLearns() throws {
    let all = members(Int.self)
    let named: KeyValuePairs = ["a": all[0], "b": all[1], "c": all[2]]
    let soft = try VotingClassifier(named, memberWeights: [1, 2, 1.5]).fit(x, y)
    #expect(agree(try soft.predictProbabilities(x).scalars, reference.soft, within: 1e-6))
    let hard = try VotingClassifier(named, vote: .hard, memberWeights: [1, 2, 1.5]).fit(x, y)
    #expect(try hard.predict(x) == reference.hard)
    #expect(try ClassicData.reread(soft).predictProbabilities(x) == soft.predictProbabilities(x))
  }

  @Test func stacksAreScikitLearns() throws {
    let all = members(Int.self)
    let final = LogisticRegression<Int>(tolerance: 1e-10)
    let stack = try StackingClassifier(["a": all[0], "b": all[1], "c": all[2]], final: final).fit(x, y)
    #expect(agree(try stack.predictProbabilities(x).scalars, reference.stack, within: 1e-5))
    let two = members(Bool.self)
    let passing = try StackingClassifier(
      ["a": two[0], "b": two[1]], final: LogisticRegression<Bool>(tolerance: 1e-10), passesFeatures: true
    ).fit(x, y.map { $0 == 2 })
    #expect(try passing.transform(x).shape == [150, 4])
    #expect(agree(try passing.predictProbabilities(x).scalars, reference.passing, within: 1e-5))
    let patients = try Datasets.diabetes()
    let features = try patients.matrix(except: "progression")
    let target = try patients["progression", Double.self].values()
    let lines = try StackingRegressor(
      ["a": Ridge(regularization: 0.1), "b": Ridge(regularization: 10)], final: LinearRegression()
    ).fit(features, target)
    #expect(agree(try lines.predict(features), reference.lines, within: 1e-7))
  }

  @Test func differentClassifiersVote() throws {
    let vote = try VotingClassifier([
      "line": AnyClassifier(LogisticRegression<Int>()), "neighbours": AnyClassifier(KNeighborsClassifier<Int>()),
      "bayes": AnyClassifier(GaussianNaiveBayes<Int>()),
    ]).fit(x, y)
    #expect(try vote.score(x, y) > 0.75)
    let none = VotingClassifier<LogisticRegression<Int>>([:])
    #expect(refusal { try none.fit(x, y) } == .parameter)
    let wrong = VotingClassifier(["a": LogisticRegression<Int>()], memberWeights: [1, 2])
    #expect(refusal { try wrong.fit(x, y) } == .parameter)
  }

  @Test func multiclassMethodsAreScikitLearns() throws {
    let base = LogisticRegression<Bool>(tolerance: 1e-10)
    let rest = try OneVsRestClassifier(base, labels: Int.self).fit(x, y)
    #expect(agree(try rest.predictProbabilities(x).scalars, reference.rest, within: 1e-6))
    #expect(try rest.predict(x) == reference.restClasses)
    let pairs = try OneVsOneClassifier(base, labels: Int.self).fit(x, y)
    #expect(agree(try pairs.decisionFunction(x).scalars, reference.pairs, within: 1e-6))
    #expect(try pairs.predict(x) == reference.pairClasses)
    let codes = try OutputCodeClassifier(base, codeSize: 2, seed: 3, labels: Int.self).fit(x, y)
    #expect(try codes.predict(x) == reference.codeClasses)
  }
}

import MartletDatasets
import MartletFrames
import MartletModels
import MartletNumerics
import Testing

@Suite struct PreparationTests {
  let reference: EnsembleReference
  init() throws { reference = try EnsembleReference.read() }

  @Test func imputingInTurnsIsScikitLearns() throws {
    let holes = EnsembleReference.matrix(reference.holes)
    let model = try IterativeImputer(maximumRounds: 20).fit(holes)
    #expect(model.rounds == reference.rounds)
    #expect(agree(try model.transform(holes).scalars, reference.filled.flatMap { $0 }, within: 1e-7))
    let later = EnsembleReference.matrix(reference.later)
    #expect(agree(try model.transform(later).scalars, reference.filledLater.flatMap { $0 }, within: 1e-7))
  }

  @Test func splinesAreScikitLearns() throws {
    let (full, fresh) = (Matrix(reference.full)[.all, 0..<2], Matrix(reference.fresh))
    for (name, method) in [
      "constant": SplineTransformer(), "linear": SplineTransformer(degree: 2, extrapolation: .linear),
      "quantile": SplineTransformer(knots: 6, placement: .quantile, includesBias: false),
      "steps": SplineTransformer(degree: 1),
    ] {
      let expected = try #require(reference.splines[name])
      #expect(agree(try method.fit(full).transform(fresh).scalars, expected.flatMap { $0 }, within: 1e-9), "\(name)")
    }
    #expect(refusal { try SplineTransformer(extrapolation: .refuse).fit(full).transform(fresh) } == .parameter)
    let names = try SplineTransformer(knots: 2, degree: 1).fit(full).outputNames(for: ["a", "b"])
    #expect(names == ["a_sp_0", "a_sp_1", "b_sp_0", "b_sp_1"])
  }

  @Test func eliminationByValidationIsScikitLearns() throws {
    let patients = try Datasets.diabetes()
    let x = try patients.matrix(except: "progression")
    let y = try patients["progression", Double.self].values()
    let method = RecursiveEliminationCV(LinearRegression(), folds: KFold(5), scoring: .meanSquaredError)
    let path = try method.path(x, y)
    #expect(path.map(\.features) == Array((1...10).reversed()))
    #expect(agree(path.map(\.score).reversed(), reference.path, within: 1e-8))
    let model = try method.fit(x, y)
    #expect(model.kept == reference.eliminated.indices.filter { reference.eliminated[$0] == 1 })
  }

  @Test func resampledSamplesAreImbalancedLearns() throws {
    let (x, y) = try EnsembleReference.iris()
    let (own, labels) = (x[rows: reference.unequal], reference.unequal.map { y[$0] })
    func check(_ name: String, _ method: some Resampler) throws {
      let expected = try #require(reference.resampled[name])
      let found = try method.resample(own, labels)
      #expect(found.y == expected.y, "\(name)")
      #expect(agree(found.x.scalars, expected.x.flatMap { $0 }, within: 1e-12), "\(name)")
    }
    try check("smote", SMOTE(neighbors: 3, seed: 4))
    try check("over", RandomOverSampler(seed: 5))
    try check("under", RandomUnderSampler(seed: 6))
    #expect(refusal { try SMOTE(neighbors: 12).resample(own, labels) } == .tooFewSamples)
    let model = try SMOTE(neighbors: 3, seed: 4).then(LogisticRegression<Int>()).fit(own, labels)
    #expect(try model.score(x, y) > 0.9)
  }
}

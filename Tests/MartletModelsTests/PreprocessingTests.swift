import Foundation
import MartletDatasets
import MartletDisplay
import MartletFrames
import MartletModels
import MartletNumerics
import Testing

@Suite struct PreprocessingTests {
  struct Selection: Decodable {
    let fClass, fClassP, fLine, fLineP, chi2, chi2P, information, informationLine: [Double]
    let ranking, forward, backward, fromModel, variance: [Int]
  }
  struct Reference: Decodable {
    let full, holes, fresh, freshHoles: [[Double?]]
    let matrices, encoded: [String: [[Double?]]]
    let polynomialNames: [String]
    let city: [String?]
    let size, label, three: [Int]
    let flag: [String]
    let number, columnProbabilities: [Double]
    let selection: Selection
  }

  let reference: Reference
  init() throws { reference = try ReferenceFile.read("preprocessing") }

  private func matrix(_ rows: [[Double?]]) -> Matrix { Matrix(rows.map { $0.map { $0 ?? .nan } }) }

  private func expect(_ found: Matrix, _ name: String, within tolerance: Double = 1e-10) {
    guard let rows = reference.matrices[name] ?? reference.encoded[name] else {
      #expect(Bool(false), "no reference \(name)")
      return
    }
    let expected = matrix(rows)
    let same = zip(found.scalars, expected.scalars).allSatisfy { found, expected in
      found.isNaN && expected.isNaN || abs(found - expected) <= tolerance * max(1, abs(expected))
    }
    #expect(found.shape == expected.shape && same, "\(name)")
  }

  @Test func matricesAreScikitLearns() throws {
    let (holes, fresh) = (matrix(reference.holes), matrix(reference.freshHoles))
    func check<Step: UnsupervisedEstimator>(_ name: String, _ step: Step, within tolerance: Double = 1e-10) throws
    where Step.Features == Matrix, Step.Model: Transformer, Step.Model.Input == Matrix, Step.Model.Output == Matrix {
      expect(try step.fit(holes).transform(fresh), name, within: tolerance)
    }
    try check("standard", StandardScaler())
    try check("minMax", MinMaxScaler(range: -1...2))
    try check("minMaxClip", MinMaxScaler(clips: true))
    try check("maxAbs", MaxAbsScaler())
    try check("robust", RobustScaler())
    try check("robust1090", RobustScaler(quantileRange: 0.1...0.9))
    // Two searches for the same maximum stop a little apart.
    try check("yeoJohnson", PowerTransformer(), within: 1e-5)
    try check("yeoJohnsonRaw", PowerTransformer(standardizes: false), within: 1e-5)
    try check("quantileUniform", QuantileTransformer(quantileCount: 10))
    try check("quantileNormal", QuantileTransformer(quantileCount: 24, output: .normal), within: 1e-8)
    try check("mean", SimpleImputer(.mean, addsIndicators: true))
    try check("median", SimpleImputer(.median))
    try check("mostFrequent", SimpleImputer(.mostFrequent))
    try check("knn", KNNImputer(neighbors: 3))
    try check("knnDistance", KNNImputer(neighbors: 4, weighsByDistance: true))
    let (full, whole) = (matrix(reference.full), matrix(reference.fresh))
    expect(try Normalizer(.l1).fit(full).transform(whole), "l1")
    expect(try Normalizer(.l2).fit(full).transform(whole), "l2")
    expect(try Normalizer(.maximum).fit(full).transform(whole), "max")
    expect(try PolynomialFeatures(degree: 3).fit(full).transform(whole), "polynomial")
    let interactions = PolynomialFeatures(onlyInteractions: true, includesBias: false)
    expect(try interactions.fit(full).transform(whole), "interactions")
    expect(try KBinsDiscretizer(bins: 4, output: .ordinal).fit(full).transform(whole), "bins")
    expect(try KBinsDiscretizer(bins: 3, strategy: .uniform).fit(full).transform(whole), "binsUniform")
    let boxCox = PowerTransformer(.boxCox)
    let positive = full.map { abs($0) + 0.5 }
    expect(try boxCox.fit(positive).transform(whole.map { abs($0) + 0.5 }), "boxCox", within: 1e-5)
    let names = try PolynomialFeatures(degree: 2).fit(full[.all, 0..<2]).outputNames(for: ["a", "b"])
    #expect(names == reference.polynomialNames)
  }

  @Test func thereAndBack() throws {
    let full = matrix(reference.full)
    func check<Model: Transformer>(_ model: Model, _ back: (Matrix) throws -> Matrix) throws
    where Model.Input == Matrix, Model.Output == Matrix {
      #expect(agree(try back(model.transform(full)).scalars, full.scalars, within: 1e-8), "\(Model.self)")
    }
    let scalers = [
      try MinMaxScaler(range: 2...5).fit(full), try MaxAbsScaler().fit(full), try RobustScaler().fit(full),
    ]
    for scaler in scalers { try check(scaler) { try scaler.inverseTransform($0) } }
    let power = try PowerTransformer().fit(full)
    try check(power) { try power.inverseTransform($0) }
  }

  private func frame() throws -> DataFrame {
    try DataFrame(
      Column("city", reference.city), Column("size", reference.size), Column("flag", reference.flag))
  }

  private func later() throws -> DataFrame {
    try DataFrame(
      Column("city", ["Oslo", "Paris", nil, "Moss"]), Column("size", [2, 9, 1, 3]),
      Column("flag", ["yes", "no", "maybe", "no"]))
  }

  @Test func encodersAreScikitLearns() throws {
    let (frame, later) = (try frame(), try later())
    func oneHot(_ encoder: OneHotEncoder, _ table: DataFrame) throws -> Matrix {
      try encoder.fit(frame).transform(table)
    }
    expect(try oneHot(OneHotEncoder(), frame), "oneHot")
    expect(try oneHot(OneHotEncoder(dropping: .first), frame), "oneHotFirst")
    expect(try oneHot(OneHotEncoder(dropping: .firstOfTwo), frame), "oneHotBinary")
    expect(try oneHot(OneHotEncoder(unknown: .ignore), later), "oneHotIgnore")
    expect(try oneHot(OneHotEncoder(unknown: .rare, minimumCount: 8), later), "oneHotRare")
    expect(try oneHot(OneHotEncoder(maximumCategories: 3), frame), "oneHotLimited")
    expect(try OrdinalEncoder().fit(frame).transform(frame), "ordinal")
    expect(try TargetEncoder<Double>().fit(frame, reference.number).transform(later), "targetNumber")
    expect(try TargetEncoder<Double>(smoothing: 5).fit(frame, reference.number).transform(later), "targetSmooth")
    expect(try TargetEncoder<Int>().fit(frame, reference.label).transform(later), "targetBinary")
    expect(try TargetEncoder<Int>().fit(frame, reference.three).transform(later), "targetThree")
    expect(try TargetEncoder<Int>().fitTransform(frame, reference.label).output, "targetCrossFitted")
    let model = try OneHotEncoder().fit(frame)
    #expect(
      model.outputColumns.prefix(2) == ["city=Bergen", "city=Bodo"] && model.outputColumns.contains("city=missing"))
    let error = #expect(throws: FitError.self) { try model.transform(later) }
    #expect(error?.description.contains("'Paris'") == true && error?.description.contains("'city'") == true)
    let coding = try LabelEncoder<String>().fit(["b", "a", "b"])
    #expect(try coding.transform(["b", "a"]) == [1, 0] && coding.inverseTransform([0, 1]) == ["a", "b"])
    #expect(refusal { try coding.transform(["c"]) } == .table)
  }

  @Test func columnsOfATable() throws {
    let frame = try frame()
    let columns = ColumnTransformer {
      Columns(.named("size"), SimpleImputer().then(StandardScaler()))
      Columns(.named("city", "flag"), OneHotEncoder(unknown: .ignore))
    }
    let method = columns.then(LogisticRegression<Int>())
    let model = try method.fit(frame.adding("label", reference.label), target: "label")
    let probabilities = try model.predictProbabilities(frame)
    #expect(agree(probabilities.column(1).scalars, reference.columnProbabilities, within: 1e-5))
    #expect(try model.predict(later()).count == 4)
    let fitted = try columns.fit(frame)
    #expect(fitted.outputColumns.first == "size" && fitted.outputColumns.last == "flag=yes")
    #expect(fitted.inputColumns == ["size", "city", "flag"])
    #expect(refusal { try fitted.transform(frame.dropping("city")) } == .table)
    let kept = ColumnTransformer(remainder: .kept) { Columns(.text, OneHotEncoder()) }
    #expect(try kept.fit(frame).outputColumns.last == "size")
    let data = try ModelFile.encode(model)
    let again = try ModelFile.decode(type(of: model), from: data)
    #expect(try again.predictProbabilities(frame) == probabilities)
    let search = GridSearch(method, folds: StratifiedKFold(3), scoring: .logLoss)
      .varying(\.estimator.inverseRegularization, over: [0.1, 1])
    #expect(try search.fit(frame, reference.label).results.rowCount == 2)
  }

  @Test func selectionIsScikitLearns() throws {
    let expected = reference.selection
    let iris = try Datasets.iris()
    let (x, y) = (try iris.matrix(except: "species"), try iris["species", String.self].values())
    let patients = try Datasets.diabetes()
    let (xs, ys) = (try patients.matrix(except: "progression"), try patients["progression", Double.self].values())
    let f = try FeatureScores.variance(x, y)
    #expect(agree(f.scores, expected.fClass, within: 1e-9))
    #expect(zip(f.pValues ?? [], expected.fClassP).allSatisfy { abs($0 / $1 - 1) < 1e-6 })
    let line = try FeatureScores.line(xs, ys)
    #expect(
      agree(line.scores, expected.fLine, within: 1e-9) && agree(line.pValues ?? [], expected.fLineP, within: 1e-9))
    let chi = try FeatureScores.chiSquare(x, y)
    #expect(agree(chi.scores, expected.chi2) && agree(chi.pValues ?? [], expected.chi2P))
    #expect(agree(try FeatureScores.mutualInformation(x, y, seed: 0).scores, expected.information, within: 1e-9))
    let part = try patients.matrix(of: ["age", "bmi", "s5"])
    #expect(
      agree(try FeatureScores.mutualInformation(part, ys, seed: 0).scores, expected.informationLine, within: 1e-9))
    #expect(try RecursiveElimination(LinearRegression(), keeping: 4).fit(xs, ys).ranking == expected.ranking)
    let forward = SequentialSelection(LinearRegression(), keeping: 3, folds: KFold(5), scoring: .r2)
    #expect(try forward.fit(xs, ys).kept == expected.forward)
    let backward = SequentialSelection(LinearRegression(), keeping: 7, isBackward: true, folds: KFold(5), scoring: .r2)
    #expect(try backward.fit(xs, ys).kept == expected.backward)
    #expect(try SelectFromModel(LinearRegression()).fit(xs, ys).kept == expected.fromModel)
    #expect(try VarianceThreshold(0.5).fit(x).kept == expected.variance)
    #expect(try SelectKBest<String>(k: 2).fit(x, y).kept == [2, 3])
    #expect(
      try SelectKBest<String>(k: 2, score: .chiSquare).fit(x, y).outputNames(for: ["a", "b", "c", "d"]) == ["c", "d"])
  }

  @Test func stepsJoin() throws {
    let iris = try Datasets.iris()
    let (x, y) = (try iris.matrix(except: "species"), try iris["species", String.self].values())
    let method = makePipeline {
      StandardScaler()
      PolynomialFeatures(degree: 2, includesBias: false)
      SelectKBest<String>(k: 5)
      LogisticRegression<String>()
    }
    let byHand = StandardScaler().then(PolynomialFeatures(degree: 2, includesBias: false))
      .then(SelectKBest<String>(k: 5)).then(LogisticRegression<String>())
    #expect(try method.fit(x, y).predictProbabilities(x) == byHand.fit(x, y).predictProbabilities(x))
    #expect(
      method.description.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces).prefix(8) }
        == ["Pipeline", "Standard", "Polynomi", "SelectKB", "Logistic"])
    guard case .text(let html)? = method.displayBundle()[.html] else { return #expect(Bool(false), "no HTML") }
    #expect(html.contains("<details>") && html.contains("LogisticRegression&lt;String&gt;"))
    let ints = try iris["species", String.self].distinct
    let direct = makePipeline {
      SelectKBest<Int>(k: 2)
      StandardScaler()
      LogisticRegression<Int>()
    }
    #expect(try direct.fit(x, y.map { ints.firstIndex(of: $0) ?? 0 }).predict(x).count == 150)
  }

  @Test func refusals() throws {
    let x = Matrix([[1, 2], [3, 4]])
    #expect(refusal { try MinMaxScaler(range: 1...1).fit(x) } == .parameter)
    #expect(refusal { try RobustScaler(quantileRange: 0.5...1.5).fit(x) } == .parameter)
    #expect(refusal { try PowerTransformer(.boxCox).fit(x - 2) } == .parameter)
    #expect(refusal { try SimpleImputer().fit(Matrix([[Double.nan]])) } == .tooFewSamples)
    #expect(refusal { try VarianceThreshold(100).fit(x) } == .parameter)
    #expect(refusal { try PolynomialFeatures(degree: 60).fit(Matrix.ones(2, 30)) } == .parameter)
    #expect(refusal { try SelectKBest<Int>(k: 3).fit(x, [0, 1]) } == .parameter)
    let frame = try DataFrame(Column("a", [1, 2]))
    #expect(refusal { try ColumnTransformer { Columns(.text, OneHotEncoder()) }.fit(frame) } == .table)
    #expect(refusal { try ColumnTransformer { Columns(.named("b"), OneHotEncoder()) }.fit(frame) } == .table)
  }
}

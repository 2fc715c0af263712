import MartletDatasets
import MartletModels
import MartletNumerics
import Testing

/// Support vectors told how many samples may be near the border, beside scikit-learn's.
@Suite struct NuVectorTests {
  struct Machine: Decodable {
    let name: String
    let counts, support: [Int]
    let score: Double
    let pairs: [[Double]]
    let intercepts: [Double]
  }
  struct Curve: Decodable {
    let name: String
    let count: Int
    let intercept: Double
    let predicted: [Double]
  }
  struct Curved: Decodable {
    let name: String
    let predicted, coefficients: [Double]
  }
  struct Reference: Decodable {
    let machines: [Machine]
    let whole: Machine
    let curves: [Curve]
    let sizes: [Double]
    let ridges: [Curved]
  }
  private let reference: Reference
  private let x: Matrix
  private let y: [Int]

  init() throws {
    reference = try ReferenceFile.read("nuVectors")
    (x, y) = try ClassicData.iris()
  }

  private func method(_ name: String) -> NuSVC<Int> {
    switch name {
    case "few": NuSVC(marginShare: 0.1, kernel: .rbf(gamma: 0.5), tolerance: 1e-9)
    case "linear": NuSVC(marginShare: 0.23, kernel: .linear, tolerance: 1e-9)
    case "weighted": NuSVC(marginShare: 0.3, tolerance: 1e-9)
    default: NuSVC(tolerance: 1e-9)
    }
  }

  @Test(arguments: 0..<4) func machinesAreScikitLearns(place: Int) throws {
    let expected = reference.machines[place]
    let weights = expected.name == "weighted" ? y.indices.map { Double($0 % 4) } : nil
    let model = try method(expected.name).fit(x, y, weights: weights)
    #expect(model.hasConverged && model.supportCounts == expected.counts)
    let counting = y.indices.filter { weights?[$0] ?? 1 > 0 }
    #expect(model.supportIndices.sorted() == expected.support.map { counting[$0] })
    #expect(try model.score(x, y) == expected.score)
    let pairs = try model.pairDecisions(x[.stride(by: 15)])
    #expect(agree(pairs.scalars, expected.pairs.flatMap { $0 }, within: 1e-5))
    #expect(agree(model.intercepts, expected.intercepts, within: 1e-5))
  }

  /// Where half the share is a whole number of samples, no multiplier has to be between its limits, and all borders between two are
  /// equally good. Here it is the one in the middle; LIBSVM takes that, too, unless rounding leaves a multiplier a hair off its
  /// limit, whose sample it then puts the border at. What does not depend on it, the direction, is the same.
  @Test func ofManyBordersTheOneInTheMiddle() throws {
    let model = try NuSVC<Int>(marginShare: 0.2, kernel: .linear, tolerance: 1e-9).fit(x, y)
    let (decisions, theirs) = (try model.pairDecisions(x), reference.whole.pairs)
    for (pair, classes) in [(0, 1), (0, 2)].enumerated() {
      let own = decisions[.stride(by: 15)].column(pair).scalars.map { $0 - model.intercepts[pair] }
      let other = theirs.map { $0[pair] - reference.whole.intercepts[pair] }
      let scale = other[0] / own[0]
      #expect(agree(own.map { $0 * scale }, other, within: 1e-5))
      // Of each class ten samples are within the margin: the eleventh is as far outside as the tenth is inside.
      for (code, sign) in [(classes.0, 1.0), (classes.1, -1)] {
        let values = y.indices.filter { y[$0] == code }.map { sign * decisions[$0, pair] }.sorted()
        #expect(abs((values[9] + values[10]) / 2 - 1) < 1e-5, "\(values[9]) and \(values[10])")
      }
    }
  }

  /// What the share promises: at most so many within the margin, at least so many support vectors, of every pair.
  @Test(arguments: [0.1, 0.3, 0.6]) func theShareIsKept(share: Double) throws {
    let rows = Array(50..<150)
    let model = try NuSVC<Int>(marginShare: share, tolerance: 1e-8).fit(x[rows: rows], rows.map { y[$0] })
    let decisions = try model.pairDecisions(x[rows: rows]).scalars
    let within = zip(decisions, rows).count { $0 * (y[$1] == 1 ? 1 : -1) < 1 - 1e-3 }
    #expect(Double(within) <= share * 100 && Double(model.supportIndices.count) >= share * 100)
  }

  /// Every border is one of ``SVC``, too: its cost is what the largest multiplier came to.
  @Test func theBorderIsThatOfACost() throws {
    let rows = Array(50..<150)
    let (some, labels) = (x[rows: rows], rows.map { y[$0] })
    let kernel = Kernel.rbf(gamma: 0.5)
    let model = try NuSVC<Int>(marginShare: 0.4, kernel: kernel, tolerance: 1e-10).fit(some, labels)
    let cost = abs(model.dualCoefficients).max()
    let other = try SVC<Int>(inverseRegularization: cost, kernel: kernel, tolerance: 1e-10).fit(some, labels)
    #expect(
      agree(try model.pairDecisions(some).scalars, try other.pairDecisions(some).scalars, within: 1e-5))
  }

  /// Weights of classes count as weights of their samples do.
  @Test func classesCount() throws {
    let rows = Array(50..<150)
    let (some, labels) = (x[rows: rows], rows.map { y[$0] })
    let classes = try NuSVC<Int>(marginShare: 0.2, classWeights: .given([1: 1, 2: 2]), tolerance: 1e-9)
      .fit(some, labels)
    let samples = try NuSVC<Int>(marginShare: 0.2, tolerance: 1e-9)
      .fit(some, labels, weights: labels.map { $0 == 2 ? 2 : 1 })
    #expect(classes.dualCoefficients == samples.dualCoefficients)
  }

  @Test(arguments: 0..<3) func curvesAreScikitLearns(place: Int) throws {
    let expected = reference.curves[place]
    let (features, target) = try Patients.load()
    let (x, y) = (try StandardScaler().fit(features).transform(features), target.map { $0 / 100 })
    let method =
      switch expected.name {
      case "linear": NuSVR(marginShare: 0.3, inverseRegularization: 0.3, kernel: .linear, tolerance: 1e-9)
      case "weighted": NuSVR(marginShare: 0.4, inverseRegularization: 2, tolerance: 1e-9)
      default: NuSVR(tolerance: 1e-9)
      }
    let model = try method.fit(x, y, weights: expected.name == "weighted" ? reference.sizes : nil)
    #expect(model.hasConverged && model.supportIndices.count == expected.count)
    #expect(agree([model.intercept], [expected.intercept], within: 1e-3))
    #expect(agree(try model.predict(x[.stride(by: 9)]), expected.predicted, within: 1e-3))
  }

  @Test(arguments: 0..<3) func ridgesAreScikitLearns(place: Int) throws {
    let expected = reference.ridges[place]
    let (features, target) = try Patients.load()
    let (x, y) = (try StandardScaler().fit(features).transform(features), target.map { $0 / 100 })
    let method =
      switch expected.name {
      case "rbf": KernelRidge(regularization: 0.1, kernel: .rbf(gamma: 0.05))
      case "poly": KernelRidge(regularization: 2, kernel: .polynomial(degree: 2, gamma: 0.1, offset: 1))
      default: KernelRidge(regularization: 0.5)
      }
    let model = try method.fit(x, y, weights: expected.name == "poly" ? reference.sizes : nil)
    #expect(agree(try model.predict(x[.stride(by: 9)]), expected.predicted, within: 1e-8))
    let some = stride(from: 0, to: y.count, by: 9).map { model.dualCoefficients[$0] }
    #expect(agree(some, expected.coefficients, within: 1e-8))
    #expect(try ClassicData.reread(model) == model)
  }

  /// In the features' own space it is ``Ridge`` without an intercept.
  @Test func aLinearKernelIsRidge() throws {
    let (x, y) = try Patients.load()
    let line = try Ridge(regularization: 0.3, fitsIntercept: false).fit(x, y)
    let curve = try KernelRidge(regularization: 0.3).fit(x, y)
    #expect(agree(try curve.predict(x), try line.predict(x), within: 1e-7))
    #expect(refusal { try KernelRidge(regularization: 0).fit(x, y) } == .parameter)
    // Similarities that are none: a table with a negative eigenvalue below minus the regularization.
    let table = Matrix([[0, 5], [5, 0]])
    #expect(refusal { try KernelRidge(kernel: .precomputed).fit(table, [1, 2]) } != nil)
  }

  @Test func refusals() throws {
    #expect(refusal { try NuSVC<Int>(marginShare: 0).fit(x, y) } == .parameter)
    #expect(refusal { try NuSVR(marginShare: 1.5).fit(x, y.map(Double.init)) } == .parameter)
    #expect(refusal { try NuSVR(inverseRegularization: -1).fit(x, y.map(Double.init)) } == .parameter)
    do {
      // 50 of the one, 10 of the other: no more than a third.
      _ = try NuSVC<Int>().fit(x[0..<60, .all], Array(y[0..<60]))
      Issue.record("a share that is too large was taken")
    } catch { #expect(error.description.contains("marginShare up to 0.333") && error.description.contains("0 and 1")) }
  }

  @Test func models() throws {
    let model = try NuSVC<Int>(marginShare: 0.2).fit(x, y)
    #expect(try ClassicData.reread(model).pairDecisions(x) == model.pairDecisions(x))
    let short = try NuSVC<Int>(marginShare: 0.2, maximumIterations: 3).fit(x, y)
    #expect(!short.hasConverged)
  }
}

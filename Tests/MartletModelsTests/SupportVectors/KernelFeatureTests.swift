import MartletModels
import MartletNumerics
import Testing

/// Features whose products are about a kernel's, beside scikit-learn's and the kernel itself.
@Suite struct KernelFeatureTests {
  struct Drawn: Decodable {
    let name: String
    let samples: [Int]
    let features: [Double]
  }
  struct Waves: Decodable { let directions, shifts, features: [Double] }
  struct Scores: Decodable { let nystroem, waves: Double }
  struct Reference: Decodable {
    let drawn: [Drawn]
    let waves: Waves
    let scaled: [Double]
    let scores: Scores
  }
  private let reference: Reference
  private let x: Matrix

  init() throws {
    reference = try ReferenceFile.read("kernelFeatures")
    x = try ClassicData.iris().x
  }

  @Test(arguments: 0..<3) func drawnFeaturesAreScikitLearns(place: Int) throws {
    let expected = reference.drawn[place]
    let method =
      switch expected.name {
      case "auto": Nystroem(components: 4, seed: 3)
      case "polynomial": Nystroem(components: 5, kernel: .polynomial(degree: 2, gamma: 0.1, offset: 1), seed: 5)
      default: Nystroem(components: 6, kernel: .rbf(gamma: 0.5), seed: 0)
      }
    let model = try method.fit(x)
    #expect(model.sampleIndices == expected.samples)
    // The polynomial's five similarities are nearly dependent.
    let tolerance = expected.name == "polynomial" ? 1e-4 : 1e-8
    #expect(agree(try model.transform(x[.stride(by: 25)]).flattened().scalars, expected.features, within: tolerance))
    #expect(try ClassicData.reread(model) == model)
  }

  /// With all samples, products of features are the similarities themselves.
  @Test func allSamplesGiveTheKernel() throws {
    let some = x[.stride(by: 9)]
    let kernel = KernelFunction("rbf") { a, b in exp(-0.5 * zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) })
    }
    let table = Matrix(
      (0..<some.shape[0]).map { row in
        (0..<some.shape[0]).map { column in
          let difference = some.row(row) - some.row(column)
          return exp(-0.5 * difference.dot(difference))
        }
      })
    for (features, given) in [
      (try Nystroem(kernel: .rbf(gamma: 0.5), seed: 1).fit(some).transform(some), "formula"),
      (try Nystroem(kernel: .function(kernel), seed: 1).fit(some).transform(some), "function"),
      (try Nystroem(kernel: .precomputed, seed: 1).fit(table).transform(table), "precomputed"),
    ] {
      #expect(agree((features • features.transposed()).scalars, table.scalars, within: 1e-6), "\(given)")
    }
    #expect(refusal { try Nystroem(components: 0).fit(some) } == .parameter)
    #expect(refusal { try Nystroem(kernel: .precomputed).fit(some) } == .shape)
  }

  @Test func wavesAreScikitLearns() throws {
    let expected = reference.waves
    let model = try RBFSampler(components: 7, gamma: 0.3, seed: 4).fit(x)
    #expect(agree(model.directions.flattened().scalars, expected.directions))
    #expect(agree(model.shifts, expected.shifts))
    #expect(agree(try model.transform(x[.stride(by: 25)]).flattened().scalars, expected.features))
    let scaled = try RBFSampler(components: 3, seed: 1).fit(x)
    #expect(agree(try scaled.transform(x[.stride(by: 25)]).flattened().scalars, reference.scaled))
    #expect(try ClassicData.reread(model) == model)
    #expect(refusal { try RBFSampler(gamma: 0).fit(x) } == .parameter)
  }

  /// A product of n features is a mean of n numbers of variance below 1 about the similarity: of 40,000 it is 0.005 off, as a rule.
  @Test func manyWavesGiveTheKernel() throws {
    let pair = x[rows: [0, 90]]
    let features = try RBFSampler(components: 40_000, gamma: 0.2, seed: 11).fit(x).transform(pair)
    let difference = pair.row(0) - pair.row(1)
    let similarity = exp(-0.2 * difference.dot(difference))
    #expect(abs(features.row(0).dot(features.row(1)) - similarity) < 0.025)
    #expect(abs(features.row(0).dot(features.row(0)) - 1) < 0.025)
  }

  /// With either a straight border does nearly as well as the kernel's, the more so as scikit-learn's.
  @Test func straightBordersBecomeCurved() throws {
    let (x, y) = try ClassicData.digits()
    let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(x, y, testSize: 0.2, seed: 0)
    let drawn = Nystroem(components: 300, kernel: .rbf(gamma: 0.001), seed: 0).then(LinearSVC<Int>())
    #expect(abs(try drawn.fit(xTrain, yTrain).score(xTest, yTest) - reference.scores.nystroem) < 0.006)
    let waves = RBFSampler(components: 300, gamma: 0.001, seed: 0).then(LinearSVC<Int>())
    #expect(abs(try waves.fit(xTrain, yTrain).score(xTest, yTest) - reference.scores.waves) < 0.006)
  }
}

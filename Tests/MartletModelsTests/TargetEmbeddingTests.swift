import MartletModels
import MartletNumerics
import Testing

@Suite struct TargetEmbeddingTests {
  /// A regression on the similarities to the training samples that answers with places, against one that answers with a
  /// column for each class: it loses no more than one digit in a hundred, by likeness and by chance.
  @Test func fiveDimensionsDoForTenClasses() throws {
    let (x, y) = try ClassicData.digits()
    var (oneHot, random, eigen): ([Double], [Double], [Double]) = ([], [], [])
    for seed in 0..<3 as Range<UInt64> {
      let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(x, y, testSize: 0.2, seed: seed)
      func similarities(_ a: Matrix) -> Matrix {
        let own = (a * a).sum(axis: 1, keepDimensions: true)
        let others = (xTrain * xTrain).sum(axis: 1)
        return exp((own + others - 2 * (a • xTrain.transposed())) * -0.001)
      }
      let inverse = try (similarities(xTrain) + Matrix.eye(xTrain.shape[0]) * 0.01).inverse()
      let map = similarities(xTest) • inverse
      let columns = Matrix(yTrain.map { label in (0..<10).map { $0 == label ? 1.0 : 0 } })
      oneHot.append(accuracy(predicted: (map • columns).argMax(axis: 1).scalars, actual: yTest))
      func share(_ embedding: TargetEmbedding<Int>) throws -> Double {
        accuracy(predicted: embedding.decode(map • (try embedding.encode(yTrain))), actual: yTest)
      }
      eigen.append(try share(.eigen(of: yTrain, features: xTrain, dimensions: 5)))
      // A draw is 0.3 off its mean, as a rule: of 24 the mean is within 0.1.
      for draw in 0..<8 as Range<UInt64> {
        random.append(try share(.randomProjection(of: yTrain, dimensions: 5, seed: 8 * seed + draw)))
      }
    }
    #expect(mean(eigen) >= mean(oneHot) - 0.01, "\(eigen) against \(oneHot)")
    #expect(mean(random) >= mean(oneHot) - 0.01, "\(random) against \(oneHot)")
  }

  @Test func classesComeBack() throws {
    let names = ["ant", "bee", "cat", "dog"]
    let embedding = try TargetEmbedding.randomProjection(of: names, dimensions: 3, seed: 4)
    #expect(embedding.decode(try embedding.encode(["dog", "ant"])) == ["dog", "ant"])
    #expect(agree(embedding.codes.norms(axis: 1).scalars, [1, 1, 1, 1]))
    #expect(try TargetEmbedding.randomProjection(of: names, dimensions: 3, seed: 4) == embedding)
    #expect(try ClassicData.reread(embedding) == embedding)
    #expect(try ClassicData.damageProblems(embedding) { _ = try $0.encode(["ant"]) }.isEmpty)
  }

  /// Places fill the dimensions evenly, and are at right angles where there is room.
  @Test func placesAreSpread() throws {
    let names = (0..<6).map { "\($0)" }
    for dimensions in [6, 9] {
      let codes = try TargetEmbedding.randomProjection(of: names, dimensions: dimensions, seed: 2).codes
      #expect(codes.shape == [6, dimensions])
      #expect(agree((codes • codes.transposed()).flattened().scalars, Matrix.eye(6).scalars, within: 1e-12))
    }
    for seed in 0..<5 as Range<UInt64> {
      let codes = try TargetEmbedding.randomProjection(of: names, dimensions: 4, seed: seed).codes
      let products = codes • codes.transposed() - 2 * Matrix.eye(6)
      // Six directions at random in four dimensions: two are closer than 45° nearly always.
      #expect(products.max() < 0.7, "\(products.max())")
    }
  }

  /// Two near classes get near places, a far one another.
  @Test func likeClassesAreClose() throws {
    let x = Matrix([[0, 0], [0.2, 0], [5, 5], [0, 0.1], [0.2, 0.1], [5, 5.1]])
    let embedding = try TargetEmbedding.eigen(of: ["a", "b", "c", "a", "b", "c"], features: x, dimensions: 2)
    let likeness = embedding.codes • embedding.codes.transposed()
    #expect(likeness[0, 1] > 0.9 && likeness[0, 2] < 0.7 && likeness[1, 2] < 0.7, "\(likeness)")
    #expect(refusal { try TargetEmbedding.eigen(of: ["a", "b"], features: x, dimensions: 1) } == .shape)
    #expect(
      refusal { try TargetEmbedding.eigen(of: ["a", "b"], features: x[0..<2, .all], dimensions: 3) } == .parameter)
    #expect(refusal { try TargetEmbedding.randomProjection(of: ["a", "b"], dimensions: 0) } == .parameter)
    #expect(refusal { try TargetEmbedding.randomProjection(of: ["a", "a"], dimensions: 2) } == .tooFewClasses)
    #expect(refusal { try embedding.encode(["d"]) } == .table)
  }
}

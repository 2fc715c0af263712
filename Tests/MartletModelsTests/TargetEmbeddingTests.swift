import MartletModels
import MartletNumerics
import Testing

@Suite struct TargetEmbeddingTests {
  /// A regression on the similarities to the training samples that answers with places: right in as many cases as one that
  /// answers with a column for each class, less one of a hundred.
  @Test(arguments: [0, 1, 2] as [UInt64]) func fiveDimensionsDoForTenClasses(seed: UInt64) throws {
    let (x, y) = try ClassicData.digits()
    let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(x, y, testSize: 0.2, seed: seed)
    func similarities(_ a: Matrix) -> Matrix {
      let squares =
        (a * a).sum(axis: 1, keepDimensions: true) + (xTrain * xTrain).sum(axis: 1) - 2 * (a • xTrain.transposed())
      return exp(squares * -0.001)
    }
    let own = similarities(xTrain) + Matrix.eye(xTrain.shape[0]) * 0.01
    func share(_ targets: Matrix, _ decode: (Matrix) -> [Int]) throws -> Double {
      let answers = similarities(xTest) • (try own.solvePositiveDefinite(targets))
      return accuracy(predicted: decode(answers), actual: yTest)
    }
    let columns = Matrix(yTrain.map { label in (0..<10).map { $0 == label ? 1.0 : 0 } })
    let oneHot = try share(columns) { $0.argMax(axis: 1).scalars }
    let random = try TargetEmbedding.randomProjection(of: yTrain, dimensions: 5, seed: seed)
    let eigen = try TargetEmbedding.eigen(of: yTrain, features: xTrain, dimensions: 5)
    for embedding in [random, eigen] {
      let found = try share(embedding.encode(yTrain)) { embedding.decode($0) }
      #expect(found >= oneHot - 0.01, "seed \(seed): \(found) against \(oneHot)")
    }
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

import Foundation
import MartletNets
import MartletNumerics
import Testing

@Suite struct AttentionTests {
  private func normals(_ shape: [Int], seed: UInt64 = 1) -> Matrix {
    var random = PCG64(seed: seed)
    return random.normals(shape: shape)
  }

  /// Equal keys get equal weights, so the output is the mean of the values.
  @Test func equalKeysGiveTheMean() {
    let values = normals([2, 4, 3])
    let (output, weights) = scaledDotProductAttention(
      Variable(normals([2, 5, 6])), Variable(Matrix.ones(2, 4, 6)), Variable(values))
    #expect(weights.value.isClose(to: Matrix.full(0.25, shape: [2, 5, 4]), absolute: 1e-12))
    let mean = values.mean(axis: 1, keepDimensions: true).broadcast(to: [2, 5, 3])
    #expect(output.value.isClose(to: mean, absolute: 1e-12))
  }

  @Test func whatIsHiddenChangesNothing() {
    let layer = MultiHeadAttention(8, heads: 2, seed: 1, precision: Double.self)
    let x = normals([1, 6, 8])
    var other = x
    other[indices: [NamedTensorIndex.all, 4..<6]] = normals([1, 2, 8], seed: 2)
    func first(_ x: Matrix, causal: Bool, padding: Tensor<Bool>?) -> Matrix {
      layer(Variable(x), isCausal: causal, padding: padding).output.value[indices: [NamedTensorIndex.all, 0..<4]]
    }
    let padding = Tensor([[false, false, false, false, true, true]])
    #expect(first(x, causal: true, padding: nil) == first(other, causal: true, padding: nil))
    #expect(first(x, causal: false, padding: padding) == first(other, causal: false, padding: padding))
    #expect(first(x, causal: false, padding: nil) != first(other, causal: false, padding: nil))
  }

  @Test func aQueryThatMaySeeNothingGetsZeros() {
    let points = [normals([1, 2, 4]), normals([1, 3, 4], seed: 2), normals([1, 3, 5], seed: 3)]
    let hidden = Tensor([[true, true, true], [false, true, false]])
    let (output, weights) = scaledDotProductAttention(
      Variable(points[0]), Variable(points[1]), Variable(points[2]), hidden: hidden)
    #expect(output.value.scalars[..<5].allSatisfy { $0 == 0 })
    #expect(weights.value.scalars[4] == 0 && abs(weights.value.scalars[3...].reduce(0, +) - 1) < 1e-12)
    let check = gradientCheck(at: points) { x in
      let output = scaledDotProductAttention(x[0], x[1], x[2], hidden: hidden).output
      return (output * output).sum()
    }
    #expect(check.passes, "\(check)")
  }

  /// `sin(a + b)` and `cos(a + b)` follow from those of `a` and `b`: a move by some places is a rotation.
  @Test func wavesTurnWithThePlace() {
    let waves = SinusoidalPositions<Double>.waves(places: 40, width: 6)
    let rows = (0..<40).map { waves.row($0).scalars }
    #expect(rows[0] == [0, 1, 0, 1, 0, 1])
    #expect(abs(rows[7][2] - sin(7 / pow(10_000, 2.0 / 6))) < 1e-12)
    for pair in stride(from: 0, to: 6, by: 2) {
      let sum = rows[12][pair] * rows[21][pair + 1] + rows[12][pair + 1] * rows[21][pair]
      #expect(abs(sum - rows[33][pair]) < 1e-12)
    }
  }

  @Test(arguments: [true, false]) func gradientsOfAGPTAgreeWithDifferences(tied: Bool) {
    let model = GPT(
      vocabulary: 5, context: 4, width: 6, heads: 2, blocks: 2, tiesHead: tied, seed: 3, precision: Double.self)
    #expect(model.parameterNames.contains("blocks.1.self_attn.in_proj_weight"))
    #expect(model.parameterNames.contains("head.weight") != tied)
    let tokens = Tensor([[0, 3, 1, 4], [2, 2, 0, 1]])
    let check = gradientCheck(at: model) { crossEntropy($0(tokens), Tensor([[3, 1, 4, 0], [2, 0, 1, 4]])) }
    #expect(check.passes, "\(check)")
  }

  @Test func aGPTKnowsOnlyWhatCameBefore() {
    let model = GPT(vocabulary: 9, context: 6, width: 16, heads: 2, blocks: 2, seed: 3)
    let (a, b) = (model(Tensor([[1, 2, 3, 4]])).value, model(Tensor([[1, 2, 8, 7]])).value)
    #expect(a.scalars[..<18] == b.scalars[..<18] && a.scalars[18...] != b.scalars[18...])
    #expect(a == model(Tensor<Float>([[1, 2, 3, 4]])))
    let maps = model.attentionWeights(Tensor([[1, 2, 3, 4]]))
    #expect(maps.map(\.shape) == [[1, 2, 4, 4], [1, 2, 4, 4]])
    for row in stride(from: 0, to: 32, by: 4) {
      let weights = maps[1].scalars[row..<row + 4]
      #expect(abs(weights.reduce(0, +) - 1) < 1e-6 && weights.dropFirst(row / 4 % 4 + 1).allSatisfy { $0 == 0 })
    }
  }

  @Test func generatingDependsOnTheSeed() {
    let model = GPT(vocabulary: 9, context: 4, width: 16, heads: 2, blocks: 1, seed: 3)
    let text = model.generate([1, 2], count: 20, seed: 5)
    #expect(text.count == 22 && text[..<2] == [1, 2] && text.allSatisfy { (0..<9).contains($0) })
    #expect(text == model.generate([1, 2], count: 20, seed: 5))
    #expect(text != model.generate([1, 2], count: 20, seed: 6))
    // With one candidate nothing is left to chance, and it is the one with the highest score.
    let likeliest = model.generate([1, 2], count: 8, temperature: 0)
    #expect(likeliest == model.generate([1, 2], count: 8, topK: 1, seed: 9))
    let next = model(Tensor([Array(likeliest[5..<9])])).value.scalars.suffix(9)
    #expect(next.max() == next[next.startIndex + likeliest[9]])
  }

  /// Draws against the probabilities: a chi-squared statistic with 4 degrees of freedom is below 23.5 but once in 10,000.
  @Test func drawsHaveTheirProbabilities() {
    let model = GPT(vocabulary: 5, context: 2, width: 8, heads: 1, blocks: 1, seed: 4)
    let wanted = (Variable(model(Tensor([[3]])).value) / 0.1).softmax().value.scalars
    var counts = [Double](repeating: 0, count: 5)
    for seed in 0..<2000 { counts[model.generate([3], count: 1, temperature: 0.1, seed: UInt64(seed))[1]] += 1 }
    let statistic = zip(counts, wanted).reduce(0) { $0 + pow($1.0 - 2000 * Double($1.1), 2) / (2000 * Double($1.1)) }
    #expect(statistic < 23.5, "\(counts) for \(wanted)")
  }
}

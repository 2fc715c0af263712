import MartletDisplay
import MartletNets
import MartletNumerics
import Testing

@Suite struct WritingTests {
  /// A text grows by the same tokens with and without what was kept, also beyond the context.
  @Test(arguments: [true, false]) func whatIsKeptChangesNoText(tied: Bool) {
    let model = GPT(
      vocabulary: 13, context: 12, width: 16, heads: 4, blocks: 3, tiesHead: tied, seed: 3, precision: Double.self)
    for (temperature, seed) in [(0.0, 1), (1.0, 2), (0.3, 3)] as [(Double, UInt64)] {
      let kept = model.generate([1, 2, 7], count: 30, temperature: temperature, seed: seed)
      let plain = model.generate([1, 2, 7], count: 30, temperature: temperature, usesCache: false, seed: seed)
      #expect(kept == plain && kept.count == 33)
    }
  }

  @Test func scoresInPartsAreTheScoresOfTheWhole() {
    let model = GPT(vocabulary: 9, context: 10, width: 12, heads: 2, blocks: 2, seed: 4, precision: Double.self)
    let tokens = Tensor([[5, 3, 8, 1, 0, 2, 7], [1, 1, 4, 6, 2, 0, 3]])
    let whole = model(tokens).value
    var cache = KeyValueCache<Double>()
    var parts: [Matrix] = []
    for range in [0..<3, 3..<4, 4..<7] {
      #expect(cache.length == range.lowerBound)
      parts.append(model.scores(after: tokens[indices: [NamedTensorIndex.all, range]], &cache).value)
    }
    #expect(Matrix.concatenated(parts, axis: 1).isClose(to: whole, absolute: 1e-12))
  }

  /// What ``Trainer`` returns after its chart is a line; the history itself is a chart.
  @Test func oneChartIsEnough() throws {
    func bundle(_ showsChart: Bool) throws -> (returned: DisplayBundle, kept: DisplayBundle) {
      var model = Linear(2, 1, seed: 1)
      var trainer = Trainer(optimizer: SGD(learningRate: 0.1), epochs: 2, showsChart: showsChart, seed: 1)
      let loader = DataLoader(Tensor<Float>.ones(8, 2), Tensor<Float>.ones(8, 1), batchSize: 4, seed: 1)
      let returned = try trainer.fit(&model, loader) { model, batch, mode in meanSquaredError(model(batch.x), batch.y) }
      return (returned.displayBundle(), trainer.history.displayBundle())
    }
    let (shown, quiet) = (try bundle(true), try bundle(false))
    #expect(shown.returned[.svg] == nil && shown.kept[.svg] != nil && quiet.returned[.svg] != nil)
  }
}

import MartletNumerics
import Testing

@Suite struct ParallelTests {
  /// Long enough for several pieces, with odd borders.
  static let count = 300_007

  private func results() -> [[Double]] {
    var random = PCG64(seed: 21)
    let t = Matrix(random.uniforms(Self.count)) - 0.3
    let wide = t[0..<300_000].reshaped(1000, 300)
    let (tall, row) = (t[0..<300_000].reshaped(100_000, 3), t[0..<300])
    return [
      [t.sum(), t.mean(), t.variance(), t.min(), t.max(), t.product(), Double(t.argMax()), Double((t .> 0).trueCount)],
      wide.sum(axis: 0).scalars, wide.sum(axis: 1).scalars, tall.sum(axis: 0).scalars, tall.min(axis: 0).scalars,
      wide.transposed().sum(axis: 0).scalars, wide.variance(axis: 0).scalars, (wide * row + 1).scalars, exp(t).scalars,
      (wide.transposed() / row.addingAxis(1)).scalars, wide.argMax(axis: 0).asDouble.scalars,
      tall.sorted(axis: 0).scalars,
    ]
  }

  @Test func resultsDoNotDependOnTheNumberOfThreads() {
    let one = Parallel.$threadLimit.withValue(1) { results() }
    for threads in [2, 3, 8] { #expect(Parallel.$threadLimit.withValue(threads) { results() } == one) }
  }

  @Test func sumsByAxisAreTheSumsOfTheirLanes() {
    var random = PCG64(seed: 22)
    for shape in [[700, 300], [300, 700], [200_000, 2], [3, 500, 90], [2, 100_000]] {
      let t = Matrix(random.uniforms(shape.reduce(1, *)), shape: shape)
      for axis in shape.indices {
        var order = Array(shape.indices)
        order.append(order.remove(at: axis))
        let last = t.transposed(axes: order).reshaped(-1, shape[axis])
        let sums = (0..<last.shape[0]).map { last.row($0).scalars.reduce(0, +) }
        #expect(agree(t.sum(axis: axis).scalars, sums, within: 1e-12), "\(shape) \(axis)")
        let largest = (0..<last.shape[0]).map { last.row($0).scalars.max() ?? .nan }
        #expect(t.max(axis: axis).scalars == largest)
        #expect(t.asFloat.max(axis: axis).scalars == largest.map { Float($0) })
      }
    }
  }

  @Test func wholeNumbersAddUpExactly() {
    let t = Tensor<Int>.arange(-500, 1_000_000, by: 1)
    #expect(t.sum() == (-500..<1_000_000).reduce(0, +))
    #expect(t.asInt32.max() == 999_999 && t.min() == -500)
    #expect(Tensor([Int.max, -1, Int.min, 5]).sum() == 3)
    #expect(t.reshaped(-1, 100).sum(axis: 0)[99] == stride(from: -401, to: 1_000_000, by: 100).reduce(0, +))
    #expect(Tensor<UInt8>.full(1, 200).sum() == 200)
  }

  @Test func nanIsNeverLost() {
    for place in [0, 5, 70, 65_535, 65_536, 299_999] {
      var t = Matrix.full(1, 300_007)
      t[place] = .nan
      #expect(t.max().isNaN && t.min().isNaN && t.sum().isNaN && t.argMax() == place && t.argMin() == place)
      #expect(t[0..<300_000].reshaped(3000, 100).max(axis: 0)[place % 100].isNaN || place >= 300_000)
    }
  }

  @Test func openBLASUsesKernelsThatFit() {
    #expect(OpenBLASCore.better(than: "Haswell", level: 2) == "SKYLAKEX")
    #expect(OpenBLASCore.better(than: "Prescott", level: 1) == "HASWELL")
    #expect(OpenBLASCore.better(than: "Zen", level: 1) == nil)
    #expect(
      OpenBLASCore.better(than: "Cooperlake", level: 2) == nil && OpenBLASCore.better(than: "Core2", level: 0) == nil)
    #expect(!OpenBLASCore.name.isEmpty)
  }
}

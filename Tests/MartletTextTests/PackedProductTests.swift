import MartletNumerics
import MartletText
import Synchronization
import Testing

/// The loops that a text encoder spends its time in, held against their formulas in double precision.
@Suite struct PackedProductTests {
  private static func numbers(_ count: Int, _ seed: UInt64) -> [Float] {
    var random = PCG64(seed: seed)
    return random.normals(shape: [count]).asFloat.scalars
  }

  @Test(arguments: [1, 2, 5, 6, 7, 11, 12, 13, 25, 60])
  func productsAreTheirFormula(rows: Int) {
    for outputs in [1, 15, 16, 17, 32, 33, 70] {
      for inputs in [1, 7, 64] {
        let (x, weight) = (Self.numbers(rows * inputs, 1), Self.numbers(outputs * inputs, 2))
        let bias = Self.numbers(outputs, 3)
        let layer = PackedWeights(weight: weight, bias: bias, inputs: inputs, outputs: outputs)
        var y = [Float](repeating: .nan, count: rows * outputs)
        for panel in 0..<layer.panelCount { layer.multiply(x, rows: rows, panel: panel, into: &y) }
        let product =
          Tensor(x, shape: [rows, inputs]).asDouble • Tensor(weight, shape: [outputs, inputs]).asDouble.transposed()
        let wanted = product + Tensor(bias).asDouble
        #expect(Tensor(y, shape: [rows, outputs]).asDouble.isClose(to: wanted, relative: 1e-5, absolute: 1e-5))
      }
    }
  }

  /// softmax(queries · keysᵀ / √size) · values, for one head among others.
  @Test(arguments: [1, 5, 31, 33, 48, 49, 130])
  func attentionIsItsFormula(length: Int) {
    for size in [4, 16, 32, 40] {
      let width = 3 * size
      let states = Self.numbers(length * 3 * width, 4)
      var found = [Float](repeating: 0, count: length * width)
      let head = HeadAttention(size: size, longest: length + 3)
      states.withUnsafeBufferPointer { states in
        found.withUnsafeMutableBufferPointer { found in
          // Neither is empty; the second of three heads.
          head.run(states.baseAddress! + size, width: width, length: length, into: found.baseAddress! + size)
        }
      }
      let table = Tensor(states, shape: [length, 3 * width]).asDouble
      func part(_ number: Int) -> Matrix { table[.all, number * width + size..<number * width + 2 * size] }
      let scores = exp((part(0) • part(1).transposed()) / Double(size).squareRoot())
      let wanted = (scores / scores.sum(axis: 1, keepDimensions: true)) • part(2)
      let all = Tensor(found, shape: [length, width]).asDouble
      #expect(all[.all, size..<2 * size].isClose(to: wanted, relative: 1e-4, absolute: 1e-5), "\(length), \(size)")
      // The other heads' places are left alone.
      let others = all[.all, 0..<size].scalars + all[.all, 2 * size..<width].scalars
      #expect(others.allSatisfy { $0 == 0 })
    }
  }

  @Test(arguments: [1, 2, 3, 5])
  func aTeamDoesEveryPieceOnce(threads: Int) {
    for _ in 0..<20 {
      let sums = WorkTeam.with(threads: threads) { team in
        (0..<200).map { loop in
          let done = Mutex([Int](repeating: 0, count: loop % 17))
          team.forEach(loop % 17) { piece, thread in
            done.withLock { $0[piece] += thread < threads ? 1 : 100 }
          }
          return done.withLock { $0 }
        }
      }
      #expect(sums.allSatisfy { $0.allSatisfy { $0 == 1 } } && sums.count == 200)
    }
  }
}

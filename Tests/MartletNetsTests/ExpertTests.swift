import MartletNets
import MartletNumerics
import Testing

@Suite struct ExpertTests {
  private func normals(_ shape: [Int], seed: UInt64) -> Matrix {
    var random = PCG64(seed: seed)
    return random.normals(shape: shape)
  }

  @Test(arguments: [1, 2, 4]) func equalExpertsAreOne(used: Int) {
    let expert = Linear(6, 5, seed: 1, precision: Double.self)
    let layer = MixtureOfExperts(6, experts: [expert, expert, expert, expert], used: used, seed: 2)
    let x = normals([3, 7, 6], seed: 3)
    #expect(layer(x).isClose(to: expert(x), absolute: 1e-12))
  }

  /// With all experts in use the output is the sum weighted by the router's softmax.
  @Test func allExpertsTogetherAreASum() {
    let experts = (0..<3).map { Linear(4, 2, seed: UInt64($0), precision: Double.self) }
    let layer = MixtureOfExperts(4, experts: experts, used: 3, seed: 9)
    let x = normals([8, 4], seed: 1)
    let gates = Variable(layer.router(x)).softmax().value
    let wanted = (0..<3).reduce(Matrix.zeros(8, 2)) { $0 + experts[$1](x) * gates.column($1).reshaped(8, 1) }
    #expect(layer(x).isClose(to: wanted, absolute: 1e-12))
    let pass = layer.route(Variable(x))
    #expect(agree(pass.usage, [1 / 3.0, 1 / 3.0, 1 / 3.0]) && abs(pass.balance.value.scalar - 1) < 1e-12)
  }

  @Test func gradientsAgreeWithDifferences() {
    let layer = MixtureOfExperts(4, hidden: 5, experts: 3, used: 2, seed: 4, precision: Double.self)
    let x = Variable(normals([9, 4], seed: 5))
    let y = Variable(normals([9, 4], seed: 6))
    let check = gradientCheck(at: layer) { layer in
      let pass = layer.route(x, mode: .training(seed: 1))
      return (pass.output * y).sum() + pass.balance * 0.1
    }
    #expect(check.passes, "\(check)")
    #expect(layer.parameterNames.contains("experts.2.0.weight") && layer.parameterNames.contains("router.weight"))
  }

  /// A router that begins with one favourite learns to use all when imbalance costs something.
  @Test func balanceSpreadsTheWork() {
    func usage(_ factor: Float) -> [Double] {
      var layer = MixtureOfExperts(4, hidden: 8, experts: 4, used: 1, seed: 1)
      // The first number of each row is 1, so this is a bias for one expert.
      layer["router.weight"][0, 0] = 3
      var random = PCG64(seed: 2)
      var optimizer = Adam<Float>(learningRate: 0.01)
      var x = random.normals(shape: [256, 4])
      x[NamedTensorIndex.all, 0..<1] = .ones(256, 1)
      let inputs = Variable(x.asFloat)
      for _ in 0..<300 {
        let gradients = valueWithGradient(at: layer) { layer in
          let pass = layer.route(inputs)
          return meanSquaredError(pass.output, (x * 2).asFloat) + pass.balance * factor
        }.gradient
        optimizer.update(&layer, along: gradients)
      }
      return layer.route(inputs).usage
    }
    let (left, balanced) = (usage(0), usage(0.5))
    print("usage without balance \(left), with \(balanced)")
    #expect((balanced.max() ?? 1) < 0.5 && (balanced.min() ?? 0) > 0.05)
    #expect((left.max() ?? 0) > (balanced.max() ?? 1))
  }
}

import Foundation
import MartletModels
import MartletNets
import MartletNumerics
import Testing

@Suite struct CompressionTests {
  private func net(_ hidden: Int, seed: UInt64) -> Sequential<Float> {
    Sequential {
      Linear(64, hidden, seed: seed)
      ReLU()
      Linear(hidden, 10, seed: seed + 1)
    }
  }

  @Test func theSmallestWeightsGo() throws {
    var model = Sequential {
      Linear(weight: Tensor<Float>([[5, -0.1], [0.2, -3]]), bias: Tensor([1, 1]))
      Linear(weight: Tensor<Float>([[0.3, 10]]), bias: Tensor([1]))
    }
    var global = model
    let mask = try MagnitudePruning(sparsity: 0.5).prune(&global)
    #expect(global["0.weight"] == Tensor([[5, 0], [0, -3]]) && global["1.weight"] == Tensor([[0, 10]]))
    #expect(global["0.bias"] == Tensor([1, 1]) && mask.sparsity == 0.5)
    var layers = model
    try MagnitudePruning(sparsity: 0.75, scope: .layer) { $0.hasPrefix("0") }.prune(&layers)
    #expect(layers["0.weight"] == Tensor([[5, 0], [0, 0]]) && layers["1.weight"] == Tensor([[0.3, 10]]))
    try MagnitudePruning(sparsity: 0.5, scope: .layer, unit: .outputs) { $0.hasPrefix("0") }.prune(&model)
    #expect(model["0.weight"] == Tensor([[5, -0.1], [0, 0]]))
    #expect(throws: CompressionError.self) { try MagnitudePruning(sparsity: 1).prune(&model) }
    #expect(throws: CompressionError.self) { try MagnitudePruning(sparsity: 0.1) { _ in false }.prune(&model) }
  }

  /// Four of five weights of a net for the digits go in rounds, stay 0 while the others learn, and are hardly missed.
  @Test func aPrunedNetLearnsOn() throws {
    let (train, test) = TrainingTests.digits
    let loader = DataLoader(train.x.asFloat, Tensor(train.y), batchSize: 32, seed: 1)
    var model = net(64, seed: 1)
    var trainer = Trainer(optimizer: Adam(learningRate: 2e-3), epochs: 25, showsChart: false, seed: 1)
    try trainer.fit(&model, loader) { model, batch, mode in crossEntropy(model(batch.x, mode: mode), batch.y) }
    func score(_ model: Sequential<Float>) -> Double {
      accuracy(predicted: model(test.x.asFloat).argMax(axis: 1).scalars, actual: test.y)
    }
    let (before, pruning) = (score(model), MagnitudePruning(sparsity: 0.8))
    var atOnce = model
    try pruning.prune(&atOnce)
    var sparsities: [Double] = []
    let mask = try pruning.prune(&model, rounds: 4) { model, mask in
      sparsities.append(mask.sparsity)
      var trainer = Trainer(
        optimizer: MaskedOptimizer(Adam(learningRate: 1e-3), mask), epochs: 4, showsChart: false, seed: 2)
      try trainer.fit(&model, loader) { model, batch, mode in crossEntropy(model(batch.x, mode: mode), batch.y) }
    }
    let zeros = ["0.weight", "2.weight"].reduce(0) { $0 + (model[$1] .== 0).trueCount }
    #expect(zeros == 3789 && abs(mask.sparsity - 0.8) < 1e-3)  // of 64·64 + 64·10
    #expect(zip(sparsities, [0.4625, 0.7, 0.7875, 0.8]).allSatisfy { abs($0 - $1) < 1e-3 }, "\(sparsities)")
    print("digits: \(before) as trained, \(score(atOnce)) pruned at once, \(score(model)) in rounds")
    #expect(score(model) >= before - 0.015 && score(model) > score(atOnce))
  }

  /// `α·T²·KL + (1 − α)·CE`, computed by hand; a student that agrees with its teacher loses nothing.
  @Test func distillationIsItsFormula() {
    let (scores, teacher) = ([1.0, -0.5, 0.2], [0.4, 1.5, -1])
    func softmax(_ x: [Double], _ temperature: Double) -> [Double] {
      let powers = x.map { exp($0 / temperature) }
      return powers.map { $0 / powers.reduce(0, +) }
    }
    let (p, q) = (softmax(teacher, 3), softmax(scores, 3))
    let divergence = zip(p, q).reduce(0) { $0 + $1.0 * log($1.0 / $1.1) }
    let wanted = 0.7 * 9 * divergence - 0.3 * log(softmax(scores, 1)[2])
    let (s, t) = (Matrix([scores]), Matrix([teacher]))
    let found = distillationLoss(Variable(s), teacher: t, Tensor([2]), temperature: 3, alpha: 0.7).value.scalar
    #expect(abs(found - wanted) < 1e-12)
    #expect(abs(distillationLoss(Variable(t), teacher: t).value.scalar) < 1e-12)
    // At high temperatures the gradient is that of half the squared difference of scores around their means. (Hinton et al., 2015)
    let slope = valueWithGradient(at: s) { distillationLoss($0, teacher: t, temperature: 1e4) }.gradient
    let centred = (s - s.mean()) - (t - t.mean())
    #expect(slope.isClose(to: centred / 3, relative: 1e-3, absolute: 1e-3))
  }

  /// From 150 pictures a student learns more by a teacher's answers than by the labels.
  @Test func aTeacherTeachesMoreThanLabels() throws {
    let (train, test) = TrainingTests.digits
    var teacher = net(128, seed: 1)
    var trainer = Trainer(optimizer: Adam(learningRate: 2e-3), epochs: 30, showsChart: false, seed: 1)
    try trainer.fit(&teacher, DataLoader(train.x.asFloat, Tensor(train.y), batchSize: 32, seed: 1)) {
      model, batch, mode in crossEntropy(model(batch.x, mode: mode), batch.y)
    }
    let (x, y) = (train.x[0..<150].asFloat, Tensor(Array(train.y[..<150])))
    let answers = teacher(x)
    func score(_ model: Sequential<Float>) -> Double {
      accuracy(predicted: model(test.x.asFloat).argMax(axis: 1).scalars, actual: test.y)
    }
    var (taught, alone) = ([Double](), [Double]())
    for seed in 0..<5 {
      for isTaught in [true, false] {
        var (student, optimizer) = (net(16, seed: UInt64(seed) * 7), Adam<Float>(learningRate: 5e-3))
        for _ in 0..<400 {
          let gradients = valueWithGradient(at: student) {
            let scores = $0(Variable(x))
            return isTaught ? distillationLoss(scores, teacher: answers, y, temperature: 4) : crossEntropy(scores, y)
          }.gradient
          optimizer.update(&student, along: gradients)
        }
        if isTaught { taught.append(score(student)) } else { alone.append(score(student)) }
      }
    }
    print("teacher \(score(teacher)); students taught \(taught), by labels \(alone)")
    #expect(taught.reduce(0, +) > alone.reduce(0, +) + 0.02)
    #expect(zip(taught, alone).count { $0 > $1 } >= 4)
  }

  @Test func aLowRankCorrectionStartsAtNothing() throws {
    var random = PCG64(seed: 4)
    let model = Sequential(precision: Double.self) {
      Conv2d(1, 3, kernel: 3, seed: 1, precision: Double.self)
      BatchNorm(3, precision: Double.self)
      Flatten(precision: Double.self)
      Linear(3 * 36, 5, seed: 2, precision: Double.self)
    }
    let x = random.normals(shape: [4, 1, 8, 8])
    var adapted = try LoRA(model, rank: 2, alpha: 3, seed: 1) { $0.hasSuffix("weight") }
    #expect(adapted(x) == model(x))
    #expect(adapted.targets == ["0.weight", "3.weight"])
    #expect(adapted.parameterNames == ["0.weight.lora_A", "0.weight.lora_B", "3.weight.lora_A", "3.weight.lora_B"])
    #expect(adapted.parameterCount == 2 * (9 + 3) + 2 * (108 + 5))

    let y = Tensor([0, 3, 1, 4])
    adapted.forEachParameter { name, parameter in
      if name.hasSuffix("B") { parameter.value = random.normals(shape: parameter.shape) * 0.1 }
    }
    let check = gradientCheck(at: adapted) { crossEntropy($0(Variable(x), mode: .inference), y) }
    #expect(check.passes, "\(check)")
    let mode = Mode.training(seed: 3)
    #expect(
      gradientCheck(at: adapted) { adapted in
        var adapted = adapted
        adapted.dropout.probability = 0.4
        return crossEntropy(adapted(Variable(x), mode: .training(seed: 3)), y)
      }.passes)
    _ = mode

    var optimizer = Adam(learningRate: 0.05, precision: Double.self)
    for _ in 0..<20 {
      let gradients = valueWithGradient(at: adapted) { crossEntropy($0(Variable(x), mode: .inference), y) }.gradient
      #expect(Set(gradients.names) == Set(adapted.parameterNames))
      optimizer.update(&adapted, along: gradients)
    }
    #expect(adapted.base["0.weight"] == model["0.weight"])
    let merged = adapted.merged
    #expect(!merged(x).isClose(to: model(x), absolute: 1e-2))
    #expect(merged(x).isClose(to: adapted(x), relative: 1e-12, absolute: 1e-12))
    #expect(adapted.unmerged(merged)["3.weight"].isClose(to: model["3.weight"], absolute: 1e-12))
    #expect(throws: CompressionError.self) { try LoRA(model, rank: 0) }
    #expect(throws: CompressionError.self) { try LoRA(model) { $0 == "elsewhere" } }
  }

  /// A net that reads the digits 0 to 4 learns the others by a correction alone, which is all that is saved.
  @Test func anAdapterIsAFileOfItsOwn() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).safetensors").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    var model = GPT(vocabulary: 11, context: 8, width: 16, heads: 2, blocks: 1, seed: 1)
    var adapted = try LoRA(model, rank: 2, seed: 2) { $0.contains("self_attn") && $0.hasSuffix("weight") }
    let (texts, answers) = (Tensor([[1, 2, 3, 4], [5, 6, 7, 8]]), Tensor([[2, 3, 4, 5], [6, 7, 8, 9]]))
    func loss(_ model: GPT<Float>) -> Variable<Float> { crossEntropy(model(texts), answers) }
    let before = loss(model).value.scalar
    var optimizer = Adam(learningRate: 0.02)
    for _ in 0..<60 {
      let gradients = valueWithGradient(at: adapted) { loss($0.model()) }.gradient
      optimizer.update(&adapted, along: gradients)
    }
    #expect(loss(adapted.merged).value.scalar < before - 0.1)
    #expect(loss(adapted.model()).value.isClose(to: loss(adapted.merged).value, absolute: 1e-5))
    try adapted.saveWeights(to: path)
    let file = try SafeTensors(path: path)
    #expect(file.names.count == 4 && file.names.allSatisfy { $0.hasSuffix("lora_A") || $0.hasSuffix("lora_B") })
    var fresh = try LoRA(model, rank: 2, seed: 9) { $0.contains("self_attn") && $0.hasSuffix("weight") }
    try fresh.loadWeights(from: path)
    #expect(fresh.merged(texts).value == adapted.merged(texts).value)
    model.freeze()
    var frozen = try LoRA(model, rank: 2, seed: 2) { $0.contains("self_attn") && $0.hasSuffix("weight") }
    let gradients = valueWithGradient(at: frozen) { loss($0.model()) }.gradient
    #expect(gradients.names.count == 4)
    frozen.freeze()
    #expect(frozen.parameterCount == 0)
  }
}

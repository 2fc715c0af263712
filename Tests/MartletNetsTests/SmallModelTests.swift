import Foundation
import MartletDatasets
import MartletModels
import MartletNets
import MartletNumerics
import Testing

/// What can be saved, and at what price: each way of making a model small with its table of sizes and scores; and a model that
/// was trained for one task as the beginning of another.
@Suite struct SmallModelTests {
  private static func net(_ hidden: Int, seed: UInt64) -> Sequential<Float> {
    Sequential {
      Linear(64, hidden, seed: seed)
      ReLU()
      Linear(hidden, hidden, seed: seed + 1)
      ReLU()
      Linear(hidden, 10, seed: seed + 2)
    }
  }

  private static func fit(
    _ model: inout Sequential<Float>, _ x: Tensor<Float>, _ y: [Int], epochs: Int, learningRate: Double = 2e-3
  ) throws {
    var trainer = Trainer(optimizer: Adam(learningRate: learningRate), epochs: epochs, showsChart: false, seed: 1)
    try trainer.fit(&model, DataLoader(x, Tensor(y), batchSize: 32, seed: 1)) { model, batch, mode in
      crossEntropy(model(batch.x, mode: mode), batch.y)
    }
  }

  private static func score(_ model: Sequential<Float>, _ x: Tensor<Float>, _ y: [Int]) -> Double {
    accuracy(predicted: model(x).argMax(axis: 1).scalars, actual: y)
  }

  /// Bytes, pruning and a taught student beside the net as trained: smaller each, and hardly worse.
  @Test func everyWayHasItsTable() throws {
    let (train, test) = TrainingTests.digits
    let (x, xTest) = (train.x.asFloat, test.x.asFloat)
    var model = Self.net(96, seed: 1)
    try Self.fit(&model, x, train.y, epochs: 25)
    var report = CompressionReport()
    report.add("as trained", model, score: Self.score(model, xTest, test.y))

    let bytes = try Quantization().quantize(model)
    report.add("int8", bytes, score: Self.score(bytes, xTest, test.y))

    let loader = DataLoader(x, Tensor(train.y), batchSize: 32, seed: 1)
    for sparsity in [0.5, 0.9] {
      var pruned = model
      try MagnitudePruning(sparsity: sparsity).prune(&pruned, rounds: 3) { model, mask in
        var trainer = Trainer(
          optimizer: MaskedOptimizer(Adam(learningRate: 1e-3), mask), epochs: 4, showsChart: false, seed: 2)
        try trainer.fit(&model, loader) { model, batch, mode in crossEntropy(model(batch.x, mode: mode), batch.y) }
      }
      report.add("pruned to \(Int(100 - 100 * sparsity)) %", pruned, score: Self.score(pruned, xTest, test.y))
    }

    var (student, optimizer) = (Self.net(24, seed: 7), Adam<Float>(learningRate: 4e-3))
    let answers = model(x)
    for _ in 0..<300 {
      let gradients = valueWithGradient(at: student) {
        distillationLoss($0(Variable(x)), teacher: answers, Tensor(train.y), temperature: 4)
      }.gradient
      optimizer.update(&student, along: gradients)
    }
    report.add("student", student, score: Self.score(student, xTest, test.y))
    print(report)
    let rows = report.rows
    #expect(rows.count == 5 && rows[0].score >= 0.96)
    #expect(rows.allSatisfy { $0.score >= rows[0].score - 0.025 })
    #expect(rows[1].bytes * 10 < rows[0].bytes * 3 && rows[1].score >= rows[0].score - 0.005)
    #expect(abs(rows[2].sparsity - 0.5) < 0.01 && abs(rows[3].sparsity - 0.9) < 0.01)
    #expect(rows[4].bytes * 5 < rows[0].bytes)
    #expect(report.description.contains("pruned to 10 %") && report.displayBundle()[.html] != nil)
  }

  private static func convolutional(seed: UInt64) -> Sequential<Float> {
    Sequential {
      Lambda { $0.reshaped(-1, 1, 8, 8) }
      Conv2d(1, 16, kernel: 3, padding: .same, seed: seed)
      BatchNorm(16)
      ReLU()
      MaxPool2d(2)
      Conv2d(16, 32, kernel: 3, padding: .same, seed: seed + 1)
      BatchNorm(32)
      ReLU()
      MaxPool2d(2)
      Flatten()
      Linear(128, 10, seed: seed + 2)
    }
  }

  /// The digits 0 to 4 are learned; of 5 to 9 there are two pictures each. Who begins with what is known does better than who
  /// begins anew: with a new last layer on layers at rest, and with layers that move slowly. A low-rank correction is the
  /// smallest to keep.
  @Test func whatIsKnownHelps() throws {
    let (train, test) = TrainingTests.digits
    func rows(_ y: [Int], _ digits: Range<Int>) -> [Int] { y.indices.filter { digits.contains(y[$0]) } }
    let known = rows(train.y, 0..<5)
    var base = Self.convolutional(seed: 1)
    try Self.fit(&base, train.x[rows: known].asFloat, known.map { train.y[$0] }, epochs: 20)
    let few = (5..<10).flatMap { digit in train.y.indices.filter { train.y[$0] == digit }.prefix(2) }
    let held = rows(test.y, 5..<10)
    let (x, y) = (train.x[rows: few].asFloat, few.map { train.y[$0] })
    let (xTest, yTest) = (test.x[rows: held].asFloat, held.map { test.y[$0] })
    #expect(Self.score(base, xTest, yTest) < 0.05)

    func trained<M: Module<Float>>(
      _ start: M, _ optimizer: Adam<Float>, _ call: (M, Variable<Float>) -> Variable<Float>
    ) -> M {
      var (model, optimizer) = (start, optimizer)
      for _ in 0..<150 {
        let gradients = valueWithGradient(at: model) { crossEntropy(call($0, Variable(x)), Tensor(y)) }.gradient
        optimizer.update(&model, along: gradients)
      }
      return model
    }
    var report = CompressionReport()
    let anew = (0..<3).map { seed in
      let start = Self.convolutional(seed: 50 + 10 * UInt64(seed))
      return Self.score(trained(start, Adam(learningRate: 2e-3)) { $0($1, mode: .training()) }, xTest, yTest)
    }
    report.add("anew", base, score: anew.reduce(0, +) / 3)
    // The old last layer says 0 to 4, whatever it sees.
    var fresh = base
    let head = Linear(128, 10, seed: 99)
    (fresh["10.weight"], fresh["10.bias"]) = (head.weight.value, head.bias?.value ?? .zeros(10))
    var resting = fresh
    resting.freeze()
    resting.freeze("10.", false)
    let last = trained(resting, Adam(learningRate: 1e-2)) { $0($1, mode: .inference) }
    #expect(last["1.weight"] == base["1.weight"] && last["10.weight"] != fresh["10.weight"])
    report.add("new last layer", last, bytes: 4 * last.parameterCount, score: Self.score(last, xTest, yTest))
    let slow = Adam<Float>(
      learningRate: 5e-3, groups: [ParameterGroup(learningRateFactor: 0.06) { !$0.hasPrefix("10.") }])
    let all = trained(fresh, slow) { $0($1, mode: .inference) }
    #expect(all["1.weight"] != base["1.weight"])
    report.add("all, the first slowly", all, score: Self.score(all, xTest, yTest))
    let adapted = trained(
      try LoRA(fresh, rank: 4, seed: 3) { $0.hasSuffix("weight") }, Adam(learningRate: 5e-3)
    ) { $0($1, mode: .inference) }
    report.add(
      "low-rank correction", adapted.merged, bytes: 4 * adapted.parameterCount,
      score: Self.score(adapted.merged, xTest, yTest))
    print("anew: \(anew)")
    print(report)
    for row in report.rows[1...2] { #expect(row.score > report.rows[0].score, "\(row.name)") }
    #expect(report.rows[3].score > 0.6 && report.rows[3].bytes * 3 < report.rows[0].bytes)
  }
}

import Foundation
import MartletDatasets
import MartletFrames
import MartletModels
import MartletNets
import MartletNumerics
import Testing

@Suite struct TrainingTests {
  /// The digits as scikit-learn's `train_test_split` with a fifth held out and seed 0 cuts them; pixels from 0 to 1.
  static let digits: (train: (x: Matrix, y: [Int]), test: (x: Matrix, y: [Int])) = {
    do {
      let digits = try Datasets.digits()
      let (x, y) = (digits.features / 16, digits.labels)
      let split = try TrainTestSplit(count: y.count, testSize: 0.2, seed: 0)
      return ((x[rows: split.train], split.train.map { y[$0] }), (x[rows: split.test], split.test.map { y[$0] }))
    } catch { fatalError("\(error)") }
  }()

  /// scikit-learn's net of this size gets 349 of the 360 right.
  @Test func aSmallNetReadsDigits() throws {
    let (train, test) = Self.digits
    let model = try MLPClassifier<Int>(hiddenLayers: [64], seed: 0).fit(train.x, train.y)
    let score = try model.score(test.x, test.y)
    print("digits, 64 hidden units: \(Int((score * 360).rounded())) of 360 after \(model.epochs) epochs")
    #expect(score >= 0.96)
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func aConvolutionalNetReadsDigits(seed: UInt64) throws {
    let (train, test) = Self.digits
    var model = Sequential {
      Lambda { $0.reshaped(-1, 1, 8, 8) }
      Conv2d(1, 16, kernel: 3, padding: .same, initializer: .heNormal, seed: seed)
      BatchNorm(16)
      ReLU()
      MaxPool2d(2)
      Conv2d(16, 32, kernel: 3, padding: .same, initializer: .heNormal, seed: seed + 10)
      BatchNorm(32)
      ReLU()
      MaxPool2d(2)
      Flatten()
      Dropout(0.2)
      Linear(128, 10, seed: seed + 20)
    }
    let loader = DataLoader(train.x.asFloat, Tensor(train.y), batchSize: 32, seed: seed)
    var trainer = Trainer(
      optimizer: Adam(learningRate: 3e-3), epochs: 15, schedule: .cosine(steps: 15 * loader.batchCount),
      showsChart: false, seed: seed)
    let history = try trainer.fit(&model, loader) { model, batch, mode in
      crossEntropy(model(batch.x, mode: mode), batch.y)
    }
    let predictions = model(test.x.asFloat).argMax(axis: 1).scalars
    let score = accuracy(predicted: predictions, actual: test.y)
    print("digits, convolutions, seed \(seed): \(score), loss \(history.epochs.last?.loss ?? .nan)")
    #expect(score >= 0.98)
    #expect(history.epochs.count == 15)
  }

  private func line(_ seed: UInt64, _ count: Int = 64) -> DataLoader<Float, Float> {
    var random = PCG64(seed: seed)
    let x = random.normals(shape: [count, 3])
    let y = x • Matrix([[1], [-2], [0.5]]) + random.normals(shape: [count, 1]) * 0.3
    return DataLoader(x.asFloat, y.asFloat, batchSize: 16, seed: seed)
  }

  @Test func itEndsWhenHeldOutSamplesGetNoBetter() throws {
    var model = Sequential {
      Linear(3, 64, seed: 1)
      ReLU()
      Linear(64, 1, seed: 2)
    }
    var trainer = Trainer(optimizer: Adam(learningRate: 0.02), epochs: 500, patience: 5, showsChart: false, seed: 1)
    let held = line(2)
    try trainer.fit(&model, line(1), validation: held) { model, batch, mode in
      meanSquaredError(model(batch.x, mode: mode), batch.y)
    }
    let history = trainer.history
    #expect(history.earlyEnd != nil && history.epochs.count < 500)
    let best = history.best.map { history.epochs[$0].validationLoss } ?? nil
    let now = Trainer<Adam<Float>>.meanLoss(model, held) { model, batch, mode in
      meanSquaredError(model(batch.x, mode: mode), batch.y)
    }
    #expect(best.map { abs($0 - now) < 1e-6 } ?? false)
  }

  @Test func anInfiniteLossIsAnError() throws {
    var model = Linear(3, 1, seed: 1)
    var trainer = Trainer(optimizer: SGD(learningRate: 1e20), epochs: 20, showsChart: false)
    #expect(throws: TrainingError.self) {
      try trainer.fit(&model, line(1)) { model, batch, mode in meanSquaredError(model(batch.x), batch.y) }
    }
  }

  @Test func aCheckpointGoesOnAsIfNothingHadHappened() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).safetensors").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    func step(_ model: inout Linear<Float>, _ optimizer: inout Adam<Float>, _ epoch: Int) {
      for batch in line(3).epoch(epoch) {
        let gradients = valueWithGradient(at: model) { meanSquaredError($0(batch.x), batch.y) }.gradient
        optimizer.update(&model, along: gradients)
      }
    }
    var (model, optimizer) = (Linear(3, 1, seed: 5), Adam(learningRate: 0.1))
    step(&model, &optimizer, 0)
    try Checkpoint(model, optimizer, epoch: 1).write(to: path)
    step(&model, &optimizer, 1)
    var (other, fresh) = (Linear(3, 1, seed: 9), Adam(learningRate: 0.1))
    #expect(try Checkpoint.resume(&other, &fresh, from: path) == 1)
    step(&other, &fresh, 1)
    #expect(other["weight"] == model["weight"] && other["bias"] == model["bias"])

    var wrong = Linear(4, 1, seed: 1)
    #expect(throws: CheckpointError.self) { try Checkpoint.resume(&wrong, &fresh, from: path) }
    #expect(throws: CheckpointError.self) { try model.loadWeights(from: path) }
    var damaged = try Data(contentsOf: URL(fileURLWithPath: path))
    for place in stride(from: 0, to: damaged.count, by: 7) {
      var bytes = damaged
      bytes[place] ^= 0x55
      try bytes.write(to: URL(fileURLWithPath: path))
      var (model, optimizer) = (other, fresh)
      _ = try? Checkpoint.resume(&model, &optimizer, from: path)
    }
    damaged.removeLast(5)
    try damaged.write(to: URL(fileURLWithPath: path))
    #expect(throws: SafeTensorsError.self) { try Checkpoint.resume(&other, &fresh, from: path) }
  }

  @Test func weightsGoThroughAFile() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).safetensors").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    func model(_ seed: UInt64) -> Sequential<Float> {
      Sequential {
        Conv2d(1, 2, kernel: 3, seed: seed)
        BatchNorm(2)
      }
    }
    try model(1).saveWeights(to: path)
    var other = model(2)
    try other.loadWeights(from: path)
    #expect(other.parameters.map(\.parameter.value) == model(1).parameters.map(\.parameter.value))
  }

  @Test func schedulesAreTheirFormulas() {
    #expect(LearningRateSchedule.step(every: 10, gamma: 0.5).factor(step: 25) == 0.25)
    let cosine = LearningRateSchedule.cosine(steps: 110, warmUp: 10)
    #expect([0, 9, 60, 110].map { (cosine.factor(step: $0) * 1e6).rounded() / 1e6 } == [0.1, 1, 0.5, 0])
    let cycle = LearningRateSchedule.oneCycle(steps: 100)
    #expect(abs(cycle.factor(step: 0) - 0.04) < 1e-12 && abs(cycle.factor(step: 29) - 1) < 1e-12)
    #expect(abs(cycle.factor(step: 99) - 4e-6) < 1e-12)
    #expect(abs(LearningRateSchedule.linear(steps: 110, warmUp: 10).factor(step: 60) - 0.5) < 1e-12)
    var plateau = PlateauSchedule(factor: 0.5, patience: 2)
    let rates = [1, 0.9, 0.9, 0.9, 0.9, 0.9].map { plateau.next($0, learningRate: 1) }
    #expect(rates == [1, 1, 1, 1, 0.5, 1])
  }

  @Test func everyEpochHasAllSamplesInAnOrderOfItsOwn() {
    let loader = line(4, 50)
    let orders = (0..<3).map { loader.epoch($0).flatMap(\.rows) }
    #expect(orders.allSatisfy { $0.sorted() == Array(0..<50) } && Set(orders).count == 3)
    #expect(loader.epoch(1).flatMap(\.rows) == orders[1])
    #expect(loader.epoch(0).map(\.count) == [16, 16, 16, 2] && loader.batchCount == 4)
    for batch in loader.epoch() { #expect(batch.x.value == loader.x[rows: batch.rows]) }
  }

  @Test func theRateFinderFindsAUsableRate() {
    let search = LearningRateFinder.search(Linear(3, 1, seed: 1), SGD(learningRate: 1), line(5), from: 1e-4, to: 10) {
      model, batch, mode in meanSquaredError(model(batch.x), batch.y)
    }
    #expect(search.suggestion.map { (1e-3...1).contains($0) } ?? false, "\(search)")
  }

  @Test func averagesOfWeightsAreTheFormula() {
    var model = Linear(weight: Tensor<Float>([[1]]))
    var average = WeightAverage(model, decay: 0.75)
    model["weight"] = Tensor([[5]])
    average.add(model)
    #expect(average.model["weight"] == Tensor([[2]]))
  }

  /// What is normalised does not depend on the scale of the weights before it, so decay acts by the effective learning rate
  /// alone. (van Laarhoven, 2017)
  @Test func batchNormalisationMakesTheScaleOfWeightsIrrelevant() {
    var random = PCG64(seed: 9)
    let x = Variable(random.normals(shape: [32, 5]))
    var model = Sequential(precision: Double.self) {
      Linear(5, 4, bias: false, seed: 1, precision: Double.self)
      BatchNorm(4, epsilon: 0, precision: Double.self)
    }
    func result() -> (Matrix, Matrix) {
      let mode = Mode.training(seed: 1)
      let gradients = valueWithGradient(at: model) { ($0(x, mode: mode) * Variable(x.value[.all, 0..<4])).sum() }
        .gradient
      return (model(x, mode: mode).value, gradients["0.weight"]!)
    }
    let (before, slope) = result()
    model["0.weight"] = model["0.weight"] * 10
    let (after, flatter) = result()
    #expect(after.isClose(to: before, relative: 1e-9, absolute: 1e-9))
    #expect((flatter * 10).isClose(to: slope, relative: 1e-9, absolute: 1e-9))
  }

  @Test func runningMomentsAreKept() {
    var random = PCG64(seed: 2)
    let x = Variable((random.normals(shape: [50, 2]) * 3 + 1))
    var (model, optimizer) = (
      BatchNorm(2, momentum: 0.5, precision: Double.self), SGD(learningRate: 0, precision: Double.self)
    )
    let gradients = valueWithGradient(at: model) { $0(x, mode: .training(seed: 1)).squared().sum() }.gradient
    optimizer.update(&model, along: gradients)
    #expect(model["runningMean"].isClose(to: x.value.mean(axis: 0) * 0.5))
    #expect(model["runningVariance"].isClose(to: 0.5 + x.value.variance(axis: 0, degreesOfFreedom: 1) * 0.5))
  }

  @Test func loadersOfASplitHaveItsRows() throws {
    let y = (0..<50).map { $0 % 3 }
    let x = Matrix((0..<50).map { [Double($0), 0.5] })
    let (train, test) = try DataLoader.split(x, y, testSize: 0.2, batchSize: 16, seed: 7)
    let split = try TrainTestSplit(count: 50, testSize: 0.2, seed: 7)
    #expect(train.x == x[rows: split.train].asFloat && train.y.scalars == split.train.map { y[$0] })
    #expect(test.x == x[rows: split.test].asFloat && test.y.scalars == split.test.map { y[$0] })
    #expect(train.batchCount == 3 && test.batchCount == 1 && train.shuffles && !test.shuffles)
    #expect(throws: FitError.self) { try DataLoader.split(x, y, testSize: 1.5, seed: 7) }
  }

  @Test func epochsAreWholeNumbersOnTheAxis() throws {
    let samples = DataLoader(Tensor<Float>([[0, 1], [1, 0], [1, 1]]), Tensor([0, 1, 2]), batchSize: 3, seed: 1)
    var net = Sequential { Linear(2, 3, seed: 1) }
    var trainer = Trainer(optimizer: SGD(learningRate: 0.1), epochs: 4, showsChart: false, seed: 1)
    let svg = try trainer.fit(&net, samples) { model, batch, mode in
      crossEntropy(model(batch.x, mode: mode), batch.y)
    }.chart.svg
    #expect(svg.contains(">2<") && svg.contains(">3<") && !svg.contains(">2.5<"))
  }

  @Test func aSummaryNamesLayersAndShapes() {
    let model = Sequential {
      Linear(784, 256, seed: 1)
      ReLU()
      Linear(256, 10, seed: 2)
    }
    let text = model.summary(input: [1, 784]).text
    #expect(text.contains("203530 learned numbers, 814 kB") && text.contains("[1, 256]") && text.contains("200960"))
  }

  /// Names and shapes, not a screen of numbers.
  @Test func modelsIntroduceThemselves() throws {
    var model = Sequential {
      Linear(200, 30, seed: 1)
      BatchNorm(30)
    }
    #expect("\(Linear(200, 30, seed: 1))".hasPrefix("Linear: 6030 learned numbers, 24 kB"))
    model.freeze("0.bias")
    let text = "\(model)"
    #expect(
      text.contains("0.weight") && text.contains("[30, 200]") && text.contains("frozen") && text.contains("state"))
    #expect(text.count < 800 && model.displayBundle()[.html] != nil)
    let gradients = valueWithGradient(at: model) { $0(Variable(.ones(4, 200)), mode: .training(seed: 1)).sum() }
      .gradient
    #expect("\(gradients)".contains("0.weight") && !"\(gradients)".contains("0.bias") && "\(gradients)".count < 500)
    let loader = DataLoader(Tensor<Float>.zeros(50, 8), Tensor([Int](repeating: 0, count: 50)), batchSize: 20, seed: 3)
    #expect("\(loader)" == "50 samples of shape [8], answers of shape []: 3 batches of 20, shuffled with seed 3")
    #expect("\(try Quantization().quantize(model))".count < 800)
  }
}

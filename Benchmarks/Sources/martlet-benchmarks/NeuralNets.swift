import Martlet

/// One pass of Adam over random images, in batches of 128: a dense net and a convolutional one; over random sequences: a
/// memory and a transformer.
let neuralNets = Family(name: "nets") { _ in
  var random = PCG64(seed: 0)
  let x = random.uniforms(shape: [20_000, 784]).asFloat
  let y = Tensor(random.integers(20_000, in: 0..<10))
  func train(_ model: Sequential<Float>, _ x: Tensor<Float>) -> Double {
    var (model, optimizer, loss) = (model, Adam(learningRate: 1e-3), Float(0))
    for start in stride(from: 0, to: x.shape[0], by: 128) {
      let batch = start..<min(start + 128, x.shape[0])
      let (value, gradients) = valueWithGradient(at: model) { crossEntropy($0(Variable(x[batch])), y[batch]) }
      optimizer.update(&model, along: gradients)
      loss = value
    }
    return Double(loss)
  }
  let dense = Sequential {
    Linear(784, 256, seed: 1)
    ReLU()
    Linear(256, 10, seed: 2)
  }
  let mlp = best { train(dense, x) }
  report("mlp_784_256_10_epoch2e4_b128", mlp.seconds, score: mlp.result)
  let convolutional = Sequential {
    Conv2d(1, 16, kernel: 3, padding: .exactly(1), seed: 1)
    ReLU()
    MaxPool2d(2)
    Conv2d(16, 32, kernel: 3, padding: .exactly(1), seed: 2)
    ReLU()
    MaxPool2d(2)
    Flatten()
    Linear(32 * 49, 10, seed: 3)
  }
  let images = x[0..<5_000].reshaped(-1, 1, 28, 28)
  let cnn = best { train(convolutional, images) }
  report("cnn_2conv_epoch5e3_b128", cnn.seconds, score: cnn.result)
  let sequences = best { trainMemory() }
  report("lstm64_1024x64x32_b64", sequences.seconds, score: sequences.result)
  let attention = best { trainTransformer() }
  report("transformer_2x128x4_512x64_b32", attention.seconds, score: attention.result)
}

private func trainMemory() -> Double {
  struct Memory: Module {
    var memory = LSTM(32, 64, seed: 1)
    var output = Linear(64, 1, seed: 2)
  }
  var random = PCG64(seed: 1)
  let (x, y) = (random.uniforms(shape: [1_024, 64, 32]).asFloat, random.uniforms(shape: [1_024, 1]).asFloat)
  var (model, optimizer, loss) = (Memory(), Adam(learningRate: 1e-3), Float(0))
  for start in stride(from: 0, to: 1_024, by: 64) {
    let batch = start..<start + 64
    let (value, gradients) = valueWithGradient(at: model) {
      meanSquaredError($0.output($0.memory.run(Variable(x[batch])).state.hidden.part(0, axis: 0)), y[batch])
    }
    optimizer.update(&model, along: gradients)
    loss = value
  }
  return Double(loss)
}

private func trainTransformer() -> Double {
  var random = PCG64(seed: 2)
  let x = random.uniforms(shape: [512, 64, 128]).asFloat
  var model = Sequential {
    for layer in 0..<2 { TransformerEncoderLayer(128, heads: 4, hidden: 512, dropout: 0.1, seed: UInt64(layer)) }
  }
  var (optimizer, loss) = (Adam(learningRate: 1e-3), Float(0))
  for start in stride(from: 0, to: 512, by: 32) {
    let mode = Mode.training(seed: UInt64(start))
    let (value, gradients) = valueWithGradient(at: model) {
      $0(Variable(x[start..<start + 32]), mode: mode).squared().mean()
    }
    optimizer.update(&model, along: gradients)
    loss = value
  }
  return Double(loss)
}

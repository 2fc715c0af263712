import Martlet

/// One pass of Adam over random images, in batches of 128: a dense net and a convolutional one.
let neuralNets = Family(name: "nets") { _ in
  var random = PCG64(seed: 0)
  let x = random.uniforms(shape: [20_000, 784]).asFloat
  let y = Tensor(random.integers(20_000, in: 0..<10))
  let dense = Sequential {
    Linear(784, 256, seed: 1)
    ReLU()
    Linear(256, 10, seed: 2)
  }
  let mlp = best(of: 5) {
    passOfAdam(from: dense, over: 20_000, batch: 128) { model, batch, _ in
      crossEntropy(model(Variable(x[batch])), y[batch])
    }
  }
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
  let cnn = best(of: 5) {
    passOfAdam(from: convolutional, over: 5_000, batch: 128) { model, batch, _ in
      crossEntropy(model(Variable(images[batch])), y[batch])
    }
  }
  report("cnn_2conv_epoch5e3_b128", cnn.seconds, score: cnn.result)
}

/// One pass over random sequences: what the last state of a memory says of a number. Weights and sequences are those that the
/// peers' script begins with, so that the loss at the end is the same.
let recurrentNets = Family(name: "lstm") { data in
  struct Memory: Module {
    var memory = LSTM(32, 64, seed: 1)
    var output = Linear(64, 1, seed: 2)
  }
  let file = try SafeTensors(path: "\(data)/lstm.safetensors")
  let (x, y) = (try file.tensor("x"), try file.tensor("y"))
  var start = Memory()
  try start.loadWeights(from: "\(data)/lstm.safetensors")
  let lstm = best(of: 5) {
    passOfAdam(from: start, over: 1_024, batch: 64) { model, batch, _ in
      let last = model.memory.run(Variable(x[batch])).state.hidden.part(0, axis: 0)
      return meanSquaredError(model.output(last), y[batch])
    }
  }
  report("lstm64_1024x64x32_b64", lstm.seconds, score: lstm.result)
}

/// One pass over random sequences: an encoder of two layers, with dropout.
let transformers = Family(name: "transformer") { _ in
  var random = PCG64(seed: 2)
  let x = random.uniforms(shape: [512, 64, 128]).asFloat
  let start = Sequential {
    for layer in 0..<2 { TransformerEncoderLayer(128, heads: 4, hidden: 512, dropout: 0.1, seed: UInt64(layer)) }
  }
  let encoder = best(of: 5) {
    passOfAdam(from: start, over: 512, batch: 32) { model, batch, step in
      model(Variable(x[batch]), mode: .training(seed: step)).squared().mean()
    }
  }
  report("transformer_2x128x4_512x64_b32", encoder.seconds, score: encoder.result)
}

/// The mean loss of the last quarter of the batches.
private func passOfAdam<Model: Module>(
  from start: Model, over count: Int, batch: Int,
  _ loss: (_ model: Model, _ batch: Range<Int>, _ step: UInt64) -> Variable<Float>
) -> Double where Model.Scalar == Float {
  var (model, optimizer, losses) = (start, Adam(learningRate: 1e-3), [Double]())
  for first in stride(from: 0, to: count, by: batch) {
    let (value, gradients) = valueWithGradient(at: model) {
      loss($0, first..<min(first + batch, count), UInt64(first))
    }
    optimizer.update(&model, along: gradients)
    losses.append(Double(value))
  }
  let last = losses.suffix(losses.count / 4)
  return last.reduce(0, +) / Double(last.count)
}

import Martlet

/// One pass of Adam over random images, in batches of 128: a dense net and a convolutional one.
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
}

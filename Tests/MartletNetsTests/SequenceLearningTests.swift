import Foundation
import MartletNets
import MartletNumerics
import Testing

/// What sequence models can learn that others cannot.
@Suite struct SequenceLearningTests {
  /// Which token stands where can only be known by looking back at places that differ for each answer.
  @Test func oneBlockLearnsToReadBackwards() {
    let (length, count) = (6, 10)
    func sequences(_ samples: Int, _ random: inout PCG64) -> Tensor<Int> {
      Tensor(
        (0..<samples).flatMap { _ in
          let text = (0..<length).map { _ in random.integer(below: count) }
          return text + text.reversed()
        }, shape: [samples, 2 * length])
    }
    var model = GPT(vocabulary: count, context: 2 * length - 1, width: 32, heads: 2, blocks: 1, seed: 1)
    var optimizer = Adam(learningRate: 3e-3)
    var random = PCG64(seed: 2)
    for _ in 0..<500 {
      let texts = sequences(64, &random)
      var answers = texts[indices: [NamedTensorIndex.all, 1..<2 * length]]
      // What is not to be foretold does not count.
      answers[indices: [NamedTensorIndex.all, 0..<length - 1]] = Tensor([-1])
      let inputs = texts[indices: [NamedTensorIndex.all, 0..<2 * length - 1]]
      let gradients = valueWithGradient(at: model) { crossEntropy($0(inputs), answers, ignoring: -1) }.gradient
      optimizer.update(&model, along: gradients)
    }
    let texts = sequences(100, &random).scalars
    var right = 0
    for sample in 0..<100 {
      let text = Array(texts[sample * 2 * length..<(sample + 1) * 2 * length])
      let written = model.generate(Array(text[..<length]), count: length, temperature: 0)
      right += zip(written[length...], text[length...]).count { $0 == $1 }
    }
    print("reading backwards, one block: \(right) of \(100 * length) tokens right")
    #expect(Double(right) >= 0.99 * Double(100 * length))
  }

  /// "This Is the House That Jack Built", a nursery rhyme of the eighteenth century.
  static let rhyme: [String] = {
    let lines = [
      "This is the malt\n", "This is the rat,\nThat ate the malt\n",
      "This is the cat,\nThat killed the rat,\nThat ate the malt\n",
    ]
    let parts = [
      ("farmer sowing his corn", "That kept"), ("cock that crowed in the morn", "That waked"),
      ("priest all shaven and shorn", "That married"), ("man all tattered and torn", "That kissed"),
      ("maiden all forlorn", "That milked"), ("cow with the crumpled horn", "That tossed"), ("dog", "That worried"),
      ("cat", "That killed"), ("rat", "That ate"),
    ]
    let end = "That lay in the house that Jack built.\n\n"
    let more = (0...6).reversed().map { first in
      "This is the \(parts[first].0),\n"
        + (first..<parts.count).map { place in
          let next = place + 1 < parts.count ? parts[place + 1].0 + "," : "malt"
          return "\(parts[place].1) the \(next)\n"
        }.joined()
    }
    return ["This is the house that Jack built.\n\n"] + (lines + more).map { $0 + end }
  }()

  /// The mean of `−log p(next | character)` over a text, with counts from another and one more for each character.
  private func bigramLoss(_ train: [Int], _ test: [Int], _ count: Int) -> Double {
    var counts = [[Double]](repeating: [Double](repeating: 1, count: count), count: count)
    for (a, b) in zip(train, train.dropFirst()) { counts[a][b] += 1 }
    let losses = zip(test, test.dropFirst()).map { a, b in
      -log(counts[a][b] / counts[a].reduce(0, +))
    }
    return losses.reduce(0, +) / Double(losses.count)
  }

  /// The last verse is held out: its first line is new, the rest is told as before.
  @Test func aCharacterGPTBeatsPairsOfCharacters() throws {
    let characters = Set(Self.rhyme.joined()).sorted()
    func numbers(_ text: String) -> [Int] { text.map { characters.firstIndex(of: $0)! } }  // collected from it
    let train = numbers(Self.rhyme.dropLast().joined())
    let test = numbers(Self.rhyme[Self.rhyme.count - 1])
    let context = 32
    var model = GPT(
      vocabulary: characters.count, context: context, width: 48, heads: 4, blocks: 2, dropout: 0.1, seed: 1)
    var trainer = Trainer(
      optimizer: AdamW(learningRate: 3e-3, weightDecay: 0.1), epochs: 3, clippingNorm: 1, showsChart: false, seed: 1)
    let starts = (0..<train.count - context).map { $0 }
    let windows = starts.flatMap { train[$0..<$0 + context] }.map { Float($0) }
    let answers = starts.flatMap { train[$0 + 1...$0 + context] }
    let loader = DataLoader(
      Tensor(windows, shape: [starts.count, context]), Tensor(answers, shape: [starts.count, context]), batchSize: 32,
      seed: 1)
    try trainer.fit(&model, loader) { model, batch, mode in crossEntropy(model(batch.x, mode: mode), batch.y) }
    // Each character of the last verse from the `context` before it.
    let text = train.suffix(context) + test
    let held = (0..<test.count).map { Array(text[text.startIndex + $0..<text.startIndex + $0 + context]) }
    let scores = model(Tensor(held.flatMap { $0 }, shape: [test.count, context])).part(context - 1, axis: 1)
    let loss = Double(crossEntropy(scores, Tensor(test)).value.scalar)
    let pairs = bigramLoss(train, test, characters.count)
    print("last verse of \(test.count) characters: GPT \(loss), pairs of characters \(pairs) nats")
    #expect(loss < pairs - 0.5)
  }

  /// The sum of two marked numbers among 20; the best constant has the variance of the sum, 1/6.
  ///
  /// Reference: Hochreiter and Schmidhuber (1997), section 5.4.
  @Test func anLSTMAddsTwoNumbersFarApart() {
    struct Adder: Module {
      var memory = LSTM(2, 32, seed: 1)
      var output = Linear(32, 1, seed: 2)
      func callAsFunction(_ x: Variable<Float>) -> Variable<Float> {
        output(memory.run(x).state.hidden.part(0, axis: 0))
      }
    }
    let steps = 20
    func samples(_ count: Int, _ random: inout PCG64) -> (x: Tensor<Float>, y: Tensor<Float>) {
      var (x, y): ([Float], [Float]) = ([], [])
      for _ in 0..<count {
        let marked = [random.integer(below: steps / 2), steps / 2 + random.integer(below: steps / 2)]
        let numbers = (0..<steps).map { _ in Float(random.uniform(from: 0, to: 1)) }
        for step in 0..<steps { x += [numbers[step], marked.contains(step) ? 1 : 0] }
        y.append(numbers[marked[0]] + numbers[marked[1]])
      }
      return (Tensor(x, shape: [count, steps, 2]), Tensor(y, shape: [count, 1]))
    }
    var (model, optimizer, random) = (Adder(), Adam(learningRate: 0.01), PCG64(seed: 3))
    for _ in 0..<800 {
      let (x, y) = samples(64, &random)
      let gradients = valueWithGradient(at: model) { meanSquaredError($0(Variable(x)), y) }.gradient
      optimizer.update(&model, along: gradients.clipped(toNorm: 1))
    }
    let (x, y) = samples(1_000, &random)
    let error = Double(meanSquaredError(model(Variable(x)), y).value.scalar)
    print("adding over 20 steps: mean squared error \(error), 0.167 for the best constant")
    #expect(error < 0.01)
  }

  /// Two halves of a sequence one after the other are the whole.
  @Test func aStateGoesOnWhereItEnded() {
    var random = PCG64(seed: 4)
    let x = random.normals(shape: [3, 8, 2])
    let layer = LSTM(2, 5, layers: 2, seed: 1, precision: Double.self)
    let (whole, end) = layer.run(Variable(x))
    let first = layer.run(Variable(x[indices: [NamedTensorIndex.all, 0..<5]]))
    let second = layer.run(Variable(x[indices: [NamedTensorIndex.all, 5..<8]]), from: first.state.detached())
    let joined = Variable.concatenated([first.outputs, second.outputs], axis: 1)
    #expect(joined.value.isClose(to: whole.value, absolute: 1e-14))
    #expect(second.state.cells?.value.isClose(to: end.cells?.value ?? .zeros(1), absolute: 1e-14) ?? false)
    #expect(whole.value == layer(x))
  }
}

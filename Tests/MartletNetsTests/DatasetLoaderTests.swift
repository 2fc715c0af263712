import Foundation
import MartletNets
import MartletNumerics
import Synchronization
import Testing

/// Batches of samples that are made when they are asked for, on this thread or ahead of time on another.
@Suite struct DatasetLoaderTests {
  struct Unreadable: Error, Equatable { let index: Int }

  /// Numbers that know how often they were asked for; one of them may be unreadable, and each takes a while where that is wanted.
  final class Numbers: Dataset, Sendable {
    let count: Int
    let unreadable: Int?
    let seconds: Double
    private let asked = Mutex(0)

    init(_ count: Int, unreadable: Int? = nil, seconds: Double = 0) {
      (self.count, self.unreadable, self.seconds) = (count, unreadable, seconds)
    }

    var timesAsked: Int { asked.withLock { $0 } }

    func element(at index: Int) throws -> (number: Int, noise: UInt64) {
      asked.withLock { $0 += 1 }
      if seconds > 0 { Thread.sleep(forTimeInterval: seconds) }
      if index == unreadable { throw Unreadable(index: index) }
      return (index, Random.nextSeed())
    }
  }

  struct Pairs: Sendable, Equatable {
    let numbers: [Int]
    let noise: [UInt64]
    let last: UInt64
  }

  private static func loader(
    _ numbers: Numbers, batchSize: Int = 4, shuffles: Bool = true, dropsLast: Bool = false, prefetch: Int
  ) -> DatasetLoader<Numbers, Pairs> {
    DatasetLoader(
      numbers, batchSize: batchSize, shuffles: shuffles, dropsLast: dropsLast, prefetch: prefetch, seed: 5
    ) { Pairs(numbers: $0.map(\.number), noise: $0.map(\.noise), last: Random.nextSeed()) }
  }

  private static func all<Content, Failure>(_ batches: BatchIterator<Content, Failure>) throws -> [Content] {
    var found: [Content] = []
    while let batch = try batches.next() { found.append(batch) }
    return found
  }

  @Test func batchesAreTheSameHoweverManyArePreparedAhead() throws {
    for epoch in 0..<3 {
      let plain = try Self.all(Self.loader(Numbers(30), prefetch: 0).epoch(epoch))
      #expect(plain.map(\.numbers.count) == [4, 4, 4, 4, 4, 4, 4, 2])
      #expect(plain.flatMap(\.numbers).sorted() == Array(0..<30))
      // Every element and every closure has drawn seeds of its own.
      #expect(Set(plain.flatMap(\.noise) + plain.map(\.last)).count == 38)
      for prefetch in [1, 3, 50] {
        #expect(try Self.all(Self.loader(Numbers(30), prefetch: prefetch).epoch(epoch)) == plain)
      }
      let tensors = DataLoader(Tensor(Array(0..<30)), Tensor(Array(0..<30)), batchSize: 4, seed: 5)
      #expect(tensors.epoch(epoch).map(\.rows) == plain.map(\.numbers))
    }
    let orders = try (0..<2).map { try Self.all(Self.loader(Numbers(30), prefetch: 2).epoch($0)).flatMap(\.numbers) }
    #expect(orders[0] != orders[1])
    let kept = Self.loader(Numbers(30), shuffles: false, dropsLast: true, prefetch: 2)
    #expect(try kept.batchCount == 7 && Self.all(kept.epoch()).flatMap(\.numbers) == Array(0..<28))
  }

  @Test func tensorsArePreparedAheadToo() {
    var random = PCG64(seed: 3)
    let (x, y) = (random.normals(shape: [25, 3]).asFloat, Tensor(Array(0..<25)))
    for shuffles in [true, false] {
      let plain = Array(DataLoader(x, y, batchSize: 4, shuffles: shuffles, seed: 1).epoch(2))
      let ahead = Array(DataLoader(x, y, batchSize: 4, shuffles: shuffles, prefetch: 2, seed: 1).epoch(2))
      #expect(ahead.map(\.rows) == plain.map(\.rows) && ahead.map(\.y) == plain.map(\.y))
      #expect(ahead.map(\.x.value) == plain.map(\.x.value) && plain.count == 7)
    }
  }

  /// Waits until a number stays the same for a while.
  private static func settled(_ number: () -> Int) -> Int {
    var (last, since) = (number(), 0)
    while since < 20 {
      Thread.sleep(forTimeInterval: 0.01)
      let now = number()
      (last, since) = (now, now == last ? since + 1 : 0)
    }
    return last
  }

  @Test func noMoreThanAFewBatchesWait() throws {
    let numbers = Numbers(100)
    let batches = Self.loader(numbers, prefetch: 2).epoch()
    for taken in 1...5 {
      _ = try batches.next()
      #expect(Self.settled { numbers.timesAsked } == (taken + 2) * 4)
    }
    #expect(batches.rows.count == 4)
  }

  @Test func errorsComeWhereTheirBatchWould() throws {
    for prefetch in [0, 1, 4] {
      let batches = Self.loader(Numbers(40, unreadable: 13), shuffles: false, prefetch: prefetch).epoch()
      for first in [0, 4, 8] { #expect(try batches.next()?.numbers == Array(first..<first + 4)) }
      #expect(throws: Unreadable(index: 13)) { _ = try batches.next() }
      #expect(try batches.next() == nil)
    }
    struct Odd: Error {}
    let loader = DatasetLoader([1, 2, 3], batchSize: 1, shuffles: false, prefetch: 1, seed: 1) { numbers in
      if numbers == [2] { throw Odd() }
      return numbers
    }
    let batches = loader.epoch()
    #expect(try batches.next() == [1])
    #expect(throws: Odd.self) { _ = try batches.next() }
  }

  /// Who leaves a loop after its first pass leaves nobody behind who goes on making batches.
  @Test func whatIsLeftIsGivenUp() throws {
    let numbers = Numbers(1_000, seconds: 0.002)
    do {
      let batches = Self.loader(numbers, batchSize: 50, prefetch: 8).epoch()
      _ = try batches.next()
    }
    // One element may have been under way.
    let asked = numbers.timesAsked
    #expect(Self.settled { numbers.timesAsked } <= asked + 2)
  }

  /// A batch that an interrupt has ended, which was not meant for who waits for it, is made by the one who waits.
  @Test func whatAnInterruptOfOthersEndsIsMadeAgain() throws {
    let order = BatchOrder(sampleCount: 6, batchSize: 2, shuffles: false, dropsLast: false, seed: 1).epoch(0)
    let attempts = Mutex([Int: Int]())
    let batches = BatchIterator<Int, Never>(order, prefetch: 1) { batch, _ in
      attempts.withLock {
        $0[batch, default: 0] += 1
        return $0[batch] == 1 ? nil : batch
      }
    }
    #expect(Array(batches) == [0, 1, 2])
  }

  @Test func listsOfTokensAreFilledUp() throws {
    let texts = [[5, 3], [7, 1, 4], [2], []]
    let whole = PaddedTokens(texts, filling: 9)
    #expect(whole.tokens == Tensor([[5, 3, 9], [7, 1, 4], [2, 9, 9], [9, 9, 9]]))
    #expect(
      whole.isPadding
        == Tensor([[false, false, true], [false, false, false], [false, true, true], [true, true, true]]))
    #expect(whole.lengths == [2, 3, 1, 0])
    let cut = PaddedTokens(texts, length: 2)
    #expect(cut.tokens == Tensor([[5, 3], [7, 1], [2, 0], [0, 0]]) && cut.lengths == [2, 2, 1, 0])
    let batches = DatasetLoader(texts, batchSize: 2, shuffles: false, seed: 1).epoch()
    let first = try batches.next()
    #expect(first?.tokens == Tensor([[5, 3, 0], [7, 1, 4]]) && first?.lengths == [2, 3])
    #expect(first?.isPadding == Tensor([[false, false, true], [false, false, false]]))
    #expect(try batches.next()?.tokens == Tensor([[2], [0]]))
  }

  /// What fills a text up is not seen: an encoder and a memory make the same of it as of the text alone.
  @Test func paddingIsNotSeen() {
    let words = Embedding(10, width: 8, seed: 1)
    let encoder = TransformerEncoder(8, layers: 2, heads: 2, dropout: 0, seed: 2)
    let memory = LSTM(8, 6, layers: 2, bidirectional: true, seed: 3)
    let texts = [[1, 2, 3, 4, 5], [6, 7]]
    let batch = PaddedTokens(texts)
    let both = words(batch.tokens)
    let alone = words(Tensor([texts[1]]))
    let seen = encoder(both, padding: batch.isPadding).value[1..<2, 0..<2]
    #expect(seen.isClose(to: encoder(alone).value, relative: 1e-5, absolute: 1e-5))
    let (read, own) = (memory.run(both, lengths: batch.lengths), memory.run(alone))
    #expect(read.outputs.value[1..<2, 0..<2].isClose(to: own.outputs.value, relative: 1e-5, absolute: 1e-6))
    #expect(read.outputs.value[1, 2...].scalars.allSatisfy { $0 == 0 })
    let (last, expected) = (read.state.hidden.value[.all, 1], own.state.hidden.value[.all, 0])
    #expect(last.isClose(to: expected, relative: 1e-5, absolute: 1e-6))
  }

  private struct Row: Sendable {
    let x: [Float]
    let y: Float
  }

  /// The same model comes of the same samples, from a tensor or one by one, prepared ahead or not; and errors reach who trains.
  @Test func trainersTakeBothLoaders() throws {
    var random = PCG64(seed: 8)
    let x = random.normals(shape: [40, 3]).asFloat
    let y = x.sum(axis: 1, keepDimensions: true)
    var trainer = Trainer(optimizer: Adam(learningRate: 0.05), epochs: 5, showsChart: false, seed: 1)
    var model = Linear(3, 1, seed: 4)
    try trainer.fit(&model, DataLoader(x, y, batchSize: 16, seed: 2)) { model, batch, mode in
      meanSquaredError(model(batch.x, mode: mode), batch.y)
    }
    let rows = (0..<40).map { Row(x: x[$0].scalars, y: y[$0, 0]) }
    for prefetch in [0, 2] {
      var other = Linear(3, 1, seed: 4)
      var fresh = Trainer(optimizer: Adam(learningRate: 0.05), epochs: 5, showsChart: false, seed: 1)
      let loader = DatasetLoader(rows, batchSize: 16, prefetch: prefetch, seed: 2) { rows in
        (
          x: Tensor(rows.flatMap(\.x), shape: [rows.count, 3]), y: Tensor(rows.map(\.y), shape: [rows.count, 1])
        )
      }
      try fresh.fit(&other, loader, validation: loader) { model, batch, mode in
        meanSquaredError(model(Variable(batch.x), mode: mode), batch.y)
      }
      #expect(other["weight"] == model["weight"])
      #expect(fresh.history.epochs.map(\.loss) == trainer.history.epochs.map(\.loss))
      let search = try LearningRateFinder.search(other, SGD(learningRate: 1), loader, steps: 12) { model, batch, _ in
        meanSquaredError(model(Variable(batch.x)), batch.y)
      }
      #expect(search.rates.count > 6)
    }
    let broken = DatasetLoader(Numbers(20, unreadable: 3), batchSize: 4, prefetch: 1, seed: 1) { _ in Variable(x) }
    #expect(throws: Unreadable(index: 3)) {
      try trainer.fit(&model, broken) { model, x, _ in model(x).squared().mean() }
    }
  }

  @Test func afterEachEpochThereIsAnOpportunity() throws {
    var random = PCG64(seed: 8)
    let x = random.normals(shape: [32, 3]).asFloat
    let loader = DataLoader(x, x.sum(axis: 1, keepDimensions: true), batchSize: 16, seed: 2)
    var model = Linear(3, 1, seed: 4)
    model.freeze("bias")
    var trainer = Trainer(optimizer: SGD(learningRate: 0.1), epochs: 50, showsChart: false, seed: 1)
    var (plateau, seen) = (PlateauSchedule(factor: 0.5, patience: 1), [Int]())
    try trainer.fit(
      &model, loader,
      afterEpoch: { model, trainer in
        seen.append(trainer.history.epochs.count)
        trainer.optimizer.learningRate = plateau.next(
          trainer.history.epochs.count < 3 ? 1 : 2, learningRate: trainer.optimizer.learningRate)
        if seen.count == 2 { model.freeze("bias", false) }
        if seen.count == 6 { trainer.end(because: "enough") }
      }, loss: { model, batch, mode in meanSquaredError(model(batch.x, mode: mode), batch.y) })
    #expect(seen == [1, 2, 3, 4, 5, 6] && trainer.history.earlyEnd == "enough")
    #expect(trainer.history.epochs.map(\.learningRate) == [0.1, 0.1, 0.1, 0.05, 0.05, 0.025])
    #expect(model.parameterCount == 4)
    struct Enough: Error {}
    #expect(throws: Enough.self) {
      try trainer.fit(
        &model, loader, afterEpoch: { _, _ in throw Enough() },
        loss: { model, batch, mode in meanSquaredError(model(batch.x, mode: mode), batch.y) })
    }
  }
}

import MartletModels
import MartletNumerics
import Testing

@Suite struct LatentDirichletAllocationTests {
  let reference: LatentReference
  let counts, others: SparseMatrix
  init() throws {
    reference = try .read()
    (counts, others) = (SparseMatrix(Matrix(reference.counts)), SparseMatrix(Matrix(reference.others)))
  }

  private func method(_ name: String) -> LatentDirichletAllocation {
    var method = LatentDirichletAllocation(topics: 3, seed: 5)
    switch name {
    case "priors": (method.textPrior, method.wordPrior, method.maximumIterations) = (0.1, 0.01, 20)
    case "measured": (method.measuresEvery, method.perplexityTolerance, method.maximumIterations) = (2, 0.05, 60)
    case "online": method.learning = .online(batchSize: 16)
    case "slow": method.learning = .online(batchSize: 50, decay: 0.9, offset: 2)
    default: break
    }
    return method
  }

  @Test(arguments: ["batch", "priors", "measured", "online", "slow"]) func topicsAreScikitLearns(name: String) throws {
    let expected = try #require(reference.allocations[name])
    let model = try method(name).fit(counts)
    // scikit-learn's own digamma function has nine digits: with SciPy's in its place its topics move by up to 4e-8.
    #expect(agree(model.components, expected.components, within: 1e-6))
    #expect(agree(try model.transform(others), expected.shares, within: 1e-6))
    #expect(agree([try model.logLikelihood(others)], [expected.score], within: 1e-7))
    #expect(agree([try model.perplexity(others)], [expected.perplexity], within: 1e-7))
    #expect(agree([try model.perplexity(counts)], [expected.bound], within: 1e-7))
    // scikit-learn does not count the round after which it stops.
    #expect(model.iterations == expected.iterations + (name == "measured" ? 1 : 0))
    #expect(model.perplexities.count == (name == "measured" ? model.iterations / 2 : 0))
  }

  /// Texts of two vocabularies that have nothing in common fall into two topics.
  @Test(arguments: [1, 2, 3] as [UInt64]) func plantedTopicsAreFound(seed: UInt64) throws {
    var random = PCG64(seed: seed)
    let rows = (0..<60).map { text in
      (0..<20).map { word in word / 10 == text % 2 ? Double(random.integer(below: 5)) : 0 }
    }
    let x = SparseMatrix(Matrix(rows))
    let model = try LatentDirichletAllocation(topics: 2, maximumIterations: 30, seed: seed).fit(x)
    let shares = try model.transform(x)
    let leading = shares.argMax(axis: 1).scalars
    #expect((0..<60).allSatisfy { leading[$0] == leading[$0 % 2] } && leading[0] != leading[1], "seed \(seed)")
    #expect(agree(shares.sum(axis: 1).scalars, [Double](repeating: 1, count: 60), within: 1e-12))
    #expect(agree(model.wordProbabilities.sum(axis: 1).scalars, [1, 1], within: 1e-12))
    let words = model.topWords((0..<20).map { "w\($0)" }, count: 10)
    #expect(Set(words[leading[0]]) == Set((0..<10).map { "w\($0)" }), "seed \(seed)")
    // About as uncertain as about one of ten words.
    #expect((8...12).contains(try model.perplexity(x)), "seed \(seed)")
  }

  @Test func perplexityFalls() throws {
    let model = try LatentDirichletAllocation(
      topics: 3, maximumIterations: 12, measuresEvery: 1, perplexityTolerance: 0, seed: 2
    ).fit(counts)
    #expect(model.perplexities.count == 12)
    #expect(zip(model.perplexities, model.perplexities.dropFirst()).allSatisfy { $1 < $0 + 0.05 })
    #expect(model.perplexities[11] < 0.95 * model.perplexities[0])
    #expect(try model.perplexities[11] == model.perplexity(counts))
  }

  @Test func threadsDoNotMatter() throws {
    let many = try method("online").fit(counts)
    #expect(try Parallel.$threadLimit.withValue(1) { try method("online").fit(counts) } == many)
  }

  @Test func refusals() throws {
    #expect(refusal { try LatentDirichletAllocation(topics: 0).fit(counts) } == .parameter)
    #expect(refusal { try LatentDirichletAllocation(textPrior: 0).fit(counts) } == .parameter)
    #expect(refusal { try LatentDirichletAllocation(wordPrior: -1).fit(counts) } == .parameter)
    #expect(refusal { try LatentDirichletAllocation(learning: .online(batchSize: 0)).fit(counts) } == .parameter)
    #expect(refusal { try LatentDirichletAllocation(learning: .online(decay: 2)).fit(counts) } == .parameter)
    #expect(refusal { try LatentDirichletAllocation(learning: .online(offset: 0)).fit(counts) } == .parameter)
    #expect(refusal { try LatentDirichletAllocation(measuresEvery: 0).fit(counts) } == .parameter)
    #expect(refusal { try LatentDirichletAllocation(maximumTextSteps: 0).fit(counts) } == .parameter)
    #expect(refusal { try LatentDirichletAllocation(seed: 1 << 40).fit(counts) } == .parameter)
    #expect(refusal { try LatentDirichletAllocation().fit(Matrix([[1, -1]])) } == .parameter)
    #expect(refusal { try LatentDirichletAllocation().fit(Matrix.zeros(2, 3)) } == .tooFewSamples)
    let model = try method("batch").fit(counts)
    #expect(refusal { try model.perplexity(SparseMatrix(Matrix.zeros(1, 30))) } == .tooFewSamples)
    #expect(refusal { try model.transform(SparseMatrix(Matrix.ones(1, 29))) } == .shape)
    // A text without words has topics as beforehand.
    #expect(agree(try model.transform(Matrix.zeros(1, 30)).scalars, [1.0 / 3, 1.0 / 3, 1.0 / 3], within: 1e-12))
  }

  @Test func models() throws {
    let model = try method("batch").fit(counts)
    #expect(try ClassicData.reread(model) == model)
    #expect(try ClassicData.damageProblems(model) { _ = try $0.transform(others) }.isEmpty)
    #expect(model.description.hasPrefix("Topics\n3 topics of 30 words, after 10 rounds"))
  }
}

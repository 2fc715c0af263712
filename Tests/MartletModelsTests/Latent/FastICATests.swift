import Foundation
import MartletModels
import MartletNumerics
import Testing

@Suite struct FastICATests {
  let reference: LatentReference
  let recordings, start: Matrix
  init() throws {
    reference = try .read()
    (recordings, start) = (Matrix(reference.recordings), Matrix(reference.start))
  }

  private func method(_ name: String) -> FastICA {
    var method = FastICA(components: 3, maximumIterations: 1_000, tolerance: 1e-10, start: start)
    switch name {
    case "deflation": method.algorithm = .deflation
    case "exponential": method.contrast = .exponential
    case "cube": method.contrast = .cube
    case "steep": method.contrast = .logCosh(scale: 1.5)
    case "cube, deflation": (method.contrast, method.algorithm) = (.cube, .deflation)
    case "arbitrary": method.whitening = .arbitraryVariance
    case "seeded": (method.start, method.seed) = (nil, 3)
    default: break
    }
    return method
  }

  @Test(arguments: [
    "parallel", "deflation", "exponential", "cube", "steep", "cube, deflation", "arbitrary", "seeded",
  ]) func sourcesAreScikitLearns(name: String) throws {
    let expected = try #require(reference.ica[name])
    let model = try method(name).fit(recordings)
    #expect(model.hasConverged && model.iterations == expected.iterations)
    #expect(agree(model.components, expected.components, within: 1e-7))
    #expect(agree(model.mixing, expected.mixing, within: 1e-7))
    #expect(agree(model.whitening, expected.whitening, within: 1e-9))
    #expect(agree(try model.transform(recordings[0..<3, .all]), expected.first, within: 1e-7))
  }

  @Test func whiteSamplesAreTakenAsTheyAre() throws {
    var method = method("parallel")
    (method.components, method.whitening) = (nil, .none)
    let model = try method.fit(Matrix(reference.white))
    #expect(agree(model.components, reference.plain, within: 1e-8))
    #expect(model.means == [0, 0, 0])
  }

  /// Every source is one of those that were mixed, up to its sign: they correlate.
  @Test func mixedSignalsComeApart() throws {
    let found = try FastICA(components: 3, seed: 0).fit(recordings).transform(recordings)
    let moments = (0..<200).map { 8 * Double($0) / 199 }
    let square = moments.map { Foundation.sin(3 * $0) > 0 ? 1.0 : -1 }
    for signal in [moments.map { Foundation.sin(2 * $0) }, square] {
      let likeness = (0..<3).map { abs(correlation(found.column($0).scalars, signal)) }
      #expect((likeness.max() ?? 0) > 0.97, "\(likeness)")
    }
    // Uncorrelated, each of variance 1.
    #expect(agree(found.covarianceMatrix(degreesOfFreedom: 0).scalars, Matrix.eye(3).scalars, within: 1e-8))
  }

  @Test func allSourcesMixToTheSamplesAgain() throws {
    let model = try FastICA(seed: 1).fit(recordings)
    #expect(model.components.shape == [4, 4])
    let again = try model.inverseTransform(model.transform(recordings))
    #expect(agree(again.scalars, recordings.scalars, within: 1e-9))
  }

  @Test func refusals() throws {
    #expect(refusal { try FastICA(components: 5).fit(recordings) } == .parameter)
    #expect(refusal { try FastICA(components: 0).fit(recordings) } == .parameter)
    #expect(refusal { try FastICA(contrast: .logCosh(scale: 3)).fit(recordings) } == .parameter)
    #expect(refusal { try FastICA(maximumIterations: 0).fit(recordings) } == .parameter)
    #expect(refusal { try FastICA(components: 2, start: start).fit(recordings) } == .shape)
    #expect(refusal { try FastICA(components: 2, whitening: .none).fit(recordings) } == .parameter)
    #expect(refusal { try FastICA().fit(Matrix.ones(5, 2)) } == .notConverged)
    #expect(refusal { try FastICA(components: 3, start: .zeros(3, 3)).fit(recordings) } == .notConverged)
    let along = Matrix([[1, 0, 0], [1, 0, 0], [0, 0, 1]])
    let stuck = FastICA(components: 3, algorithm: .deflation, maximumIterations: 1, start: along)
    #expect(try stuck.fit(recordings).hasConverged == false)
    let one = try FastICA(components: 3, maximumIterations: 1, seed: 0).fit(recordings)
    #expect(!one.hasConverged && one.description.contains("not settled after 1 iterations"))
  }
}

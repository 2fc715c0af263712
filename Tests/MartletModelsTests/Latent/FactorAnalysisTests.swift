import Foundation
import MartletDatasets
import MartletModels
import MartletNumerics
import Testing

@Suite struct FactorAnalysisTests {
  let reference: LatentReference
  init() throws { reference = try .read() }

  private func problem(_ name: String) throws -> (FactorAnalysis, Matrix) {
    let iris = try ClassicData.iris().x
    let cancer = try Datasets.breastCancer().matrix(except: "diagnosis")
    var method = FactorAnalysis(components: 2, tolerance: 1e-3, maximumIterations: 400)
    switch name {
    case "all": method.components = nil
    case "varimax", "quartimax":
      (method.components, method.rotation) = (3, name == "varimax" ? .varimax : .quartimax)
      return (method, cancer[.all, 0..<10])
    case "wide": return (method, cancer[0..<8, .all])
    case "start": (method.components, method.start) = (1, [0.5, 0.2, 1, 0.3])
    default: break
    }
    return (method, iris)
  }

  @Test(arguments: ["iris", "all", "varimax", "quartimax", "wide", "start"])
  func factorsAreScikitLearns(name: String) throws {
    let expected = try #require(reference.factors[name])
    let (method, x) = try problem(name)
    let model = try method.fit(x)
    #expect(model.iterations == expected.iterations && model.hasConverged == (expected.iterations < 400))
    #expect(
      agree(Array(model.logLikelihoods.suffix(3)), Array(expected.likelihoods.suffix(model.iterations)), within: 1e-8))
    #expect(agree(model.noiseVariances, expected.noise, within: 1e-6))
    #expect(agree(model.components, expected.components, within: 1e-6))
    #expect(agree(try model.transform(x[0..<3, .all]), expected.first, within: 1e-5))
    #expect(agree(model.covariance().row(0).scalars, expected.covariance, within: 1e-6))
    #expect(agree(try model.logDensities(x[0..<3, .all]), expected.densities, within: 1e-5))
  }

  /// Samples of a known model: its loadings and noise come back, and likelihood never falls.
  @Test(arguments: [1, 2, 3] as [UInt64]) func aKnownModelIsFound(seed: UInt64) throws {
    var random = PCG64(seed: seed)
    let loadings = Matrix([[2, 2, 2, 0, 0, 0], [0, 0, 0, 1, 1, 1]])
    let noise = [0.5, 1, 2, 0.5, 0.2, 1]
    let deviations = Matrix(noise.map { $0.squareRoot() })
    let x = random.normals(shape: [20_000, 2]) • loadings + random.normals(shape: [20_000, 6]) * deviations
    let model = try FactorAnalysis(components: 2, rotation: .varimax, tolerance: 1e-6).fit(x)
    #expect(agree(model.noiseVariances, noise, within: 0.06), "seed \(seed): \(model.noiseVariances)")
    let strongest = model.components[0, 0] > 1 ? [0, 1] : [1, 0]
    #expect(agree(model.components[rows: strongest].scalars, loadings.scalars, within: 0.06), "seed \(seed)")
    #expect(zip(model.logLikelihoods, model.logLikelihoods.dropFirst()).allSatisfy { $1 >= $0 - 1e-6 })
    let common = model.commonVariances
    #expect(agree(zip(common, model.noiseVariances).map(+), x.variance(axis: 0).scalars, within: 0.01))
  }

  /// A rotation changes the factors, not what they say of the samples.
  @Test func rotationsDoNotChangeTheCovariance() throws {
    let x = try ClassicData.iris().x
    let plain = try FactorAnalysis(components: 2).fit(x)
    for rotation in [FactorRotation.varimax, .quartimax] {
      let turned = try FactorAnalysis(components: 2, rotation: rotation).fit(x)
      #expect(agree(turned.covariance().scalars, plain.covariance().scalars, within: 1e-10))
      #expect(!agree(turned.components.scalars, plain.components.scalars, within: 1e-3))
    }
    // The mean log density of the samples is what was climbed, a sample.
    let mean = try mean(plain.logDensities(x))
    #expect(abs(mean * 150 - plain.logLikelihoods[plain.iterations - 1]) < 1)
  }

  @Test func refusals() throws {
    let x = try ClassicData.iris().x
    #expect(refusal { try FactorAnalysis(components: 5).fit(x) } == .parameter)
    #expect(refusal { try FactorAnalysis(components: 0).fit(x) } == .parameter)
    #expect(refusal { try FactorAnalysis(start: [1, 1]).fit(x) } == .parameter)
    #expect(refusal { try FactorAnalysis(start: [1, 1, 0, 1]).fit(x) } == .parameter)
    #expect(refusal { try FactorAnalysis(tolerance: -1).fit(x) } == .parameter)
    #expect(refusal { try FactorAnalysis(maximumIterations: 0).fit(x) } == .parameter)
    #expect(refusal { try FactorAnalysis().fit(x[0..<1, .all]) } == .tooFewSamples)
    #expect(try !FactorAnalysis(components: 2, maximumIterations: 2).fit(x).hasConverged)
  }
}

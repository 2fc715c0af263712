import MartletModels
import MartletNumerics
import Testing

@Suite struct DensityTests {
  struct Reference: Decodable {
    let moons, centres: [[Double]]
    let spectral, smooth, shift, order, labels: [Int]
    let bandwidth: Double
    let reachability: [Double?]
    let core: [Double]
  }
  let reference: Reference
  let iris: Matrix
  init() throws {
    reference = try ReferenceFile.read("clusters")
    iris = try ClassicData.iris().x
  }

  @Test func spectralGroupsAreScikitLearns() throws {
    let moons = Matrix(reference.moons)
    let model = try SpectralClustering(clusters: 2, affinity: .nearestNeighbors(8), seed: 0).fit(moons)
    #expect(ClassicData.samePartition(model.labels, reference.spectral))
    let smooth = try SpectralClustering(clusters: 3, affinity: .rbf(gamma: 0.5), seed: 0).fit(iris)
    #expect(ClusterAgreement(smooth.labels, reference.smooth).adjustedRandIndex > 0.97)
    #expect(abs(smooth.eigenvalues[0]) < 1e-9)
    #expect(try ClassicData.reread(smooth) == smooth)
    #expect(refusal { try SpectralClustering(clusters: 2, affinity: .precomputed).fit(moons) } == .shape)
  }

  @Test func meanShiftIsScikitLearns() throws {
    let model = try MeanShift(bandwidth: 0.9).fit(iris)
    #expect(agree(model.centres.scalars, reference.centres.flatMap { $0 }, within: 1e-9))
    #expect(model.labels == reference.shift)
    #expect(try model.predict(iris) == model.labels)
    let usual = try MeanShift().fit(iris)
    #expect(agree([usual.bandwidth], [reference.bandwidth], within: 1e-9))
    #expect(try ClassicData.reread(model) == model)
  }

  @Test func orderingIsScikitLearns() throws {
    let model = try OPTICS(minimumSamples: 5).fit(iris)
    #expect(agree(model.coreDistances, reference.core, within: 1e-9))
    let expected = reference.reachability.map { $0 ?? .infinity }
    #expect(model.reachability.filter(\.isFinite).count == expected.filter(\.isFinite).count)
    #expect(ClassicData.samePartition(model.labels(radius: 0.5), reference.labels))
    #expect(try ClassicData.reread(model) == model)
  }

  @Test func damagedFilesDoNoHarm() throws {
    let part = iris[0..<12, .all]
    #expect(try ClassicData.damageProblems(OPTICS(minimumSamples: 3).fit(part)) { _ = $0.labels(radius: 1) } == [])
    #expect(try ClassicData.damageProblems(MeanShift().fit(part)) { _ = try $0.predict(part) } == [])
    #expect(
      try ClassicData.damageProblems(SpectralClustering(clusters: 2, seed: 0).fit(part)) { _ = $0.clusterSizes } == [])
    #expect(try ClassicData.damageProblems(TSNE(perplexity: 3, iterations: 250).fit(part)) { _ = $0.description } == [])
  }
}

import MartletNumerics
import Testing

@Suite struct RandomTests {
  struct Stream: Decodable {
    let uniform: [Double]
    let permutation, integers, large: [Int]
  }
  struct Entry: Decodable {
    let seed: UInt64
    let twister, pcg: Stream
  }
  struct Reference: Decodable { let streams: [Entry] }

  @Test(arguments: 0..<4) func streamsEqualNumPys(place: Int) throws {
    let entry = try ReferenceFile.read("random", as: Reference.self).streams[place]
    func draw<Generator: SeededGenerator>(_: Generator.Type) -> Generator { Generator(seed: entry.seed) }
    var random = draw(MT19937.self)
    #expect(Array(random.uniforms(700).suffix(5)) == entry.twister.uniform)
    random = draw(MT19937.self)
    #expect(random.permutation(50) == entry.twister.permutation)
    random = draw(MT19937.self)
    #expect((0..<20).map { _ in random.integer(below: 1000) } == entry.twister.integers)
    random = draw(MT19937.self)
    #expect((0..<5).map { _ in random.integer(below: 1 << 40) } == entry.twister.large)
    var pcg = draw(PCG64.self)
    #expect(pcg.uniforms(20) == entry.pcg.uniform)
    pcg = draw(PCG64.self)
    #expect(pcg.permutation(50) == entry.pcg.permutation)
    pcg = draw(PCG64.self)
    #expect((0..<20).map { _ in pcg.integer(below: 1000) } == entry.pcg.integers)
    pcg = draw(PCG64.self)
    #expect((0..<5).map { _ in pcg.integer(below: 1 << 40) } == entry.pcg.large)
  }

  @Test func swiftsOwnFunctionsTakeThem() {
    var random = PCG64(seed: 1)
    let dice = (0..<6000).map { _ in Int.random(in: 1...6, using: &random) }
    for side in 1...6 { #expect((880...1120).contains(dice.count { $0 == side }), "seed 1, side \(side)") }
    #expect(random.permutation(0) == [] && random.permutation(1) == [0])
  }
}

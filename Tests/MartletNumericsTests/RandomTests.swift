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

  /// Seeds that nobody names come from the scope: the same in every run of it, also in the tasks that it starts.
  @Test func scopesFixSeeds() async {
    func seeds() -> [UInt64] { (0..<3).map { _ in Random.nextSeed() } }
    let first = withRandomSeed(5) { seeds() }
    #expect(first == withRandomSeed(5) { seeds() } && Set(first).count == 3)
    #expect(first != withRandomSeed(6) { seeds() })
    #expect(first.allSatisfy { $0 <= UInt32.max })
    let inTask = await withRandomSeed(5) { await Task { seeds() }.value }
    #expect(inTask == first)
    // Within a scope, seed(_:) starts the scope's seeds again, and nothing else.
    let again = withRandomSeed(9) {
      Random.seed(5)
      return seeds()
    }
    #expect(again == first)
    // An inner scope leaves the outer one where it was.
    let around = withRandomSeed(5) { [Random.nextSeed(), withRandomSeed(8) { Random.nextSeed() }, Random.nextSeed()] }
    #expect([around[0], around[2]] == [first[0], first[1]])
  }

  /// FIPS 180-4's own examples, and lengths around a block.
  @Test func hashesAreSHA256() {
    #expect(
      SHA256.hexadecimal(of: Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(SHA256.hexadecimal(of: []) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      SHA256.hexadecimal(of: Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8))
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      SHA256.hexadecimal(of: [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    for count in [55, 56, 63, 64, 65, 119, 120] {
      let bytes = (0..<count).map { UInt8($0) }
      var inParts = SHA256()
      for byte in bytes { inParts.update([byte]) }
      #expect(inParts.finished() == SHA256.hexadecimal(of: bytes), "\(count) bytes")
    }
  }
}

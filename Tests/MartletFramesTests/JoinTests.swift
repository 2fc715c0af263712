import MartletFrames
import MartletNumerics
import Testing

@Suite struct JoinTests {
  let reference: VerbsReference
  init() throws { reference = try VerbsReference.read() }

  static let kinds: [(String, JoinKind)] = [
    ("inner", .inner), ("left", .left), ("right", .right), ("outer", .outer), ("semi", .semi), ("anti", .anti),
  ]

  @Test(arguments: kinds) func agreesWithPolars(_ name: String, _ kind: JoinKind) throws {
    let (left, right) = (try reference.leftFrame(), try reference.rightFrame())
    for (expected, keys) in [(reference.joins[name], ["key"]), (reference.joinsOfTwo[name], ["key", "number"])] {
      guard let expected else { continue }
      let result = try left.joined(right, on: keys, kind: kind)
      #expect(Set(result.columnNames) == Set(expected.keys), "\(name) on \(keys)")
      for (column, values) in expected {
        #expect(try result.column(column).agrees(with: values), "\(name) on \(keys): \(column)")
      }
    }
  }

  @Test func keepsOrderAndTypes() throws {
    let a = try DataFrame(Column("id", [3, 1, 2, 1]), Column("x", ["c", "a", "b", "A"]))
    let b = try DataFrame(Column("number", [1, 3, 1]), Column("x", [10, 30, 11]))
    let inner = try a.joined(b, on: ["id"], equalTo: ["number"])
    #expect(inner.columnNames == ["id", "x", "x_right"])
    #expect(try inner["id", Int.self].values() == [3, 1, 1, 1, 1])
    #expect(try inner["x_right", Int.self].values() == [30, 10, 11, 10, 11])
    let left = try a.joined(b, on: ["id"], equalTo: ["number"], kind: .left, suffix: "B")
    #expect(left["xB"].type == .int && left["xB"].missingCount == 1, "whole numbers stay whole beside missing ones")
    #expect(try a.joined(a.distinct("id"), on: "id").select(a.columnNames) == a)
    #expect(try a.crossJoined(b).shape == (12, 4))
    #expect(try a.joined(b.head(0), on: ["id"], equalTo: ["number"]).rowCount == 0)
    #expect(try a.head(0).joined(b, on: ["id"], equalTo: ["number"], kind: .outer).rowCount == 3)
  }

  @Test func refusesWhatDoesNotFit() throws {
    let a = try DataFrame(Column("id", [1]), Column("t", ["1"]))
    #expect(throws: FrameError.self) { try a.joined(a, on: ["id"], equalTo: ["t"]) }
    #expect(throws: FrameError.self) { try a.joined(a, on: "i") }
    #expect(throws: FrameError.self) { try a.joined(a, on: [String]()) }
    do { _ = try a.joined(a, on: ["id"], equalTo: ["t"]) } catch {
      #expect(error.description.contains("'id' holds Int on the left, 't' String on the right"))
    }
  }

  /// Random frames, large enough for several blocks: every kind against the definition, pair by pair.
  @Test(arguments: [1, 2, 3] as [UInt64]) func agreesWithTheDefinition(seed: UInt64) throws {
    var random = PCG64(seed: seed)
    let spread = [4, 1000, 1 << 40][Int(seed) - 1]
    func keys(_ count: Int) -> [Int?] {
      (0..<count).map { _ in random.integer(below: 10) == 0 ? nil : random.integer(below: 40) * (spread / 4) }
    }
    let (first, second) = (keys(300), keys(50))
    let left = try DataFrame(Column("k", first), Column("a", Array(0..<300)))
    let right = try DataFrame(Column("k", second), Column("b", Array(0..<50)))
    var pairs: [[Int?]] = []
    for row in first.indices {
      let partners = second.indices.filter { first[row] != nil && second[$0] == first[row] }
      pairs += partners.isEmpty ? [[row, nil]] : partners.map { [row, $0] }
    }
    let result = try left.joined(right, on: "k", kind: .left)
    let found = zip(try result["a", Int.self], try result["b", Int.self]).map { [$0, $1] }
    #expect(found == pairs, "seed \(seed)")
    let texts = try left.adding("k", col("k").asText()).joined(
      right.adding("k", col("k").asText()), on: "k", kind: .left)
    #expect(try texts.select("a", "b") == result.select("a", "b"), "seed \(seed), by text")
  }
}

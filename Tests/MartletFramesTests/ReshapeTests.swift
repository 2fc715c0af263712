import MartletFrames
import MartletNumerics
import Testing

@Suite struct ReshapeTests {
  let reference: VerbsReference
  let frame: DataFrame
  init() throws {
    reference = try VerbsReference.read()
    frame = try reference.series()
  }

  @Test func sortsAndAggregatesAsPolars() throws {
    let left = try reference.leftFrame()
    let sorted = try left.sorted(by: .ascending("key"), .descending("number"))
    #expect(try sorted["row", Int.self].values() == reference.sortedRows)
    let result = try left.grouped(by: "key").aggregate(
      .sum("number").named("sum"), .min("value").named("min"), .max("value").named("max"),
      .first("value").named("first"), .last("value").named("last"), .distinctCount("number").named("distinct"),
      .variance("value").named("variance"), .count("value").named("count"), .count().named("rows"))
    for (name, values) in reference.aggregated {
      #expect(try result.column(name).agrees(with: values), "\(name)")
    }
    #expect(result["sum"].type == .int && result["rows"].type == .int)
  }

  @Test func pivots() throws {
    let wide = try frame.pivot(rows: "day", columns: "shop", values: .sum("full"))
    #expect(try wide["day", Int.self].values() == reference.pivotDays)
    for (shop, values) in reference.pivot { #expect(try wide.column(shop).agrees(with: values), "\(shop)") }
    let counts = try frame.crossTable("day", "shop")
    for (shop, values) in reference.cross { #expect(try counts[shop, Int.self].values() == values) }
    let long = try wide.unpivot(keeping: ["day"], names: "shop", values: "sum").droppingMissing()
    let summed = try frame.grouped(by: "shop", "day").aggregate(.sum("full").named("sum"))
    #expect(try long.sorted(by: .ascending("shop"), .ascending("day")).select("shop", "day", "sum") == summed)
    #expect(throws: FrameError.self) { try frame.unpivot("full", "shop") }
  }

  @Test func binsAndCorrelates() throws {
    let labels = ["A", "B", "C", "D"]
    let cut = try frame.column(of: col("full").binned(at: [60, 80, 100, 120, 140], labels: labels)).texts()
    // pandas' first interval is open below unless told otherwise; no value lies on that edge.
    #expect(cut == reference.cut)
    let quarters = col("full").binned(intoQuantiles: 4, labels: ["1", "2", "3", "4"])
    #expect(try frame.column(of: quarters).texts() == reference.qcut.map { $0 })
    let squares = try DataFrame(
      Column("value", reference.full), Column("other", reference.full.indices.map { Double($0 * $0) }))
    #expect(abs(try squares.correlations().rows[0].number("other")! - reference.correlation) < 1e-12)
    #expect(throws: FrameError.self) { try frame.column(of: col("full").binned(at: [2, 1])) }
    #expect(try frame.column(of: col("full").binned(at: [0, 100, 1000])).texts().contains("[0, 100]"))
  }

  @Test func concatenates() throws {
    let a = try DataFrame(Column("x", [1, nil]), Column("s", ["p", "q"]))
    let b = try DataFrame(Column("s", ["q", nil, "r"]), Column("x", [3, 4, nil]))
    let both = try a.appending(b)
    #expect(try Array(both["x", Int.self]) == [1, nil, 3, 4, nil])
    #expect(try Array(both["s", String.self]) == ["p", "q", "q", nil, "r"])
    #expect(try both.valueCounts(of: "s")["count", Int.self].values() == [2, 1, 1])
    #expect(throws: FrameError.self) { try a.appending(b.renamed("x", to: "y")) }
    #expect(throws: FrameError.self) { try a.appending(b.adding("x", text("s"))) }
    let filled = try DataFrame.concatenating([a, b.renamed("x", to: "y")], fillsMissing: true)
    #expect(filled.columnNames == ["x", "s", "y"] && filled["x"].missingCount == 4 && filled["y"].type == .int)
    #expect(try DataFrame.concatenating([]).shape == (0, 0))
  }

  @Test func fillsDropsAndSamples() throws {
    let frame = try DataFrame(
      Column("i", [1, nil, 3, 3]), Column("d", [nil, 2.0, 4, nil]), Column("s", ["a", nil, "b", "b"]))
    #expect(try frame.fillingMissing("i", .value(9))["i", Int.self].values() == [1, 9, 3, 3])
    #expect(try frame.fillingMissing("d", .value(1))["d", Double.self].values() == [1, 2, 4, 1])
    #expect(try frame.fillingMissing("d", .mean)["d", Double.self].values() == [3, 2, 4, 3])
    #expect(try frame.fillingMissing("s", .mode)["s", String.self].values() == ["a", "b", "b", "b"])
    for (name, filling) in [("i", DataFrame.Filling.value(0.5)), ("i", .mean), ("s", .value(1)), ("d", .value("x"))] {
      #expect(throws: FrameError.self, "a filling never changes a column's type") {
        try frame.fillingMissing(name, filling)
      }
    }
    #expect(try frame.distinct("i").rowCount == 3 && frame.distinct().rowCount == 4)
    let sample = frame.sample(3, seed: 5)
    #expect(sample == frame.sample(3, seed: 5) && sample.rowCount == 3 && frame.sample(9, seed: 1).rowCount == 4)
    let summary = frame.summary()
    #expect(try summary["distinct", Int.self].values() == [2, 2, 2])
    #expect(summary["mostFrequent"].texts() == ["3", "2.0", "b"])
  }

  /// Random keys of every type and size: the order and the groups by their definition.
  @Test(arguments: 0..<6 as Range<UInt64>) func sortingAndGroupingByDefinition(seed: UInt64) throws {
    var random = PCG64(seed: seed)
    let count = [10, 100, 1000, 3000, 200_000, 150_000][Int(seed)]
    let spread = [3, 50, 1 << 50, 10, 500, 1 << 60][Int(seed)]
    let numbers = (0..<count).map { _ in
      random.integer(below: 20) == 0 ? nil : random.integer(below: spread) - spread / 2
    }
    let fractions = numbers.map { $0.map { Double($0) / 8 } }
    let frame = try DataFrame(
      Column("i", numbers), Column("d", fractions), Column("t", numbers.map { $0.map { "\($0 % 1000)" } }),
      Column("row", Array(0..<count)))
    let expected = (0..<count).sorted { a, b in
      guard let x = numbers[a] else { return numbers[b] == nil && a < b }
      guard let y = numbers[b] else { return true }
      return x == y ? a < b : x < y
    }
    #expect(try frame.sorted(by: "i")["row", Int.self].values() == expected, "seed \(seed)")
    #expect(try frame.sorted(by: "d")["row", Int.self].values() == expected, "seed \(seed)")
    let down = expected.filter { numbers[$0] == nil }
    #expect(try frame.sorted(by: "i", .descending).tail(down.count)["row", Int.self].values() == down, "seed \(seed)")
    let texts = try frame.sorted(by: "t")["t", String.self].present
    #expect(
      zip(texts, texts.dropFirst()).allSatisfy { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) || $0 == $1 })
    let sums = Dictionary(grouping: 0..<count, by: { numbers[$0] })
    let grouped = try frame.grouped(by: "i").aggregate(.count(), .sum("row"))
    #expect(grouped.rowCount == sums.count)
    for row in 0..<min(grouped.rowCount, 200) {
      let rows = sums[try grouped["i", Int.self][row]] ?? []
      #expect(
        try grouped["count", Int.self][row] == rows.count && grouped["sum row", Int.self][row] == rows.reduce(0, +))
    }
    let pairs = try frame.grouped(by: "t", "i").aggregate(.count())
    #expect(pairs.rowCount == sums.count, "seed \(seed): a text follows from its number")
  }
}

import MartletFrames
import MartletNumerics
import Testing

@Suite struct PandasTests {
  struct Both: Decodable {
    let city: [String]
    let floor, count: [Int]
  }
  struct Reference: Decodable {
    let csv: String
    let notes, cities: [String]
    let missing: Int
    let count, valueCounts, sortedRows, filtered: [Int]
    let mean, sum, median, standardDeviation, min, max, q90, sortedPrices: [Double]
    let both: Both
    let describe: [String: [Double]]
  }
  let reference: Reference
  let frame: DataFrame

  init() throws {
    reference = try ReferenceFile.read("table")
    frame = try DataFrame(csvText: reference.csv)
  }

  @Test func readsWhatPandasWrote() throws {
    #expect(frame.columns.map(\.type) == [.string, .int, .double, .string])
    #expect(try frame["note", String.self].values() == reference.notes)
    #expect(frame["price"].missingCount == reference.missing)
    #expect(try DataFrame(csvText: frame.csvText()) == frame)
  }

  @Test func groups() throws {
    let result = try frame.grouped(by: "city").aggregate(
      .count(), .mean("price"), .sum("price"), .median("price"), .standardDeviation("price"), .min("price"),
      .max("price"), .quantile("price", 0.9).named("q90"))
    #expect(try result["city", String.self].values() == reference.cities)
    #expect(try result["count", Int.self].values() == reference.count)
    for (name, expected) in [
      ("mean price", reference.mean), ("sum price", reference.sum), ("median price", reference.median),
      ("standard deviation price", reference.standardDeviation), ("min price", reference.min),
      ("max price", reference.max), ("q90", reference.q90),
    ] {
      #expect(agree(try result[name, Double.self].values(), expected, within: 1e-12), "\(name)")
    }
    let both = try frame.grouped(by: "city", "floor").aggregate(.count())
    #expect(try both["city", String.self].values() == reference.both.city)
    #expect(try both["floor", Int.self].values() == reference.both.floor)
    #expect(try both["count", Int.self].values() == reference.both.count)
  }

  @Test func describes() throws {
    let table = frame.describe()
    #expect(try table["column", String.self].values() == ["floor", "price"])
    for (row, name) in ["floor", "price"].enumerated() {
      let found = ["count", "mean", "standardDeviation", "min", "25%", "50%", "75%", "max"].map {
        table.rows[row].number($0) ?? .nan
      }
      #expect(agree(found, reference.describe[name] ?? [], within: 1e-12), "\(name)")
    }
    let counts = try frame.valueCounts(of: "floor")
    #expect(try counts.sorted(by: "floor")["count", Int.self].values() == reference.valueCounts)
    #expect(try counts["count", Int.self].values() == reference.valueCounts.sorted(by: >))
  }

  @Test func sortsAndFilters() throws {
    #expect(try frame.sorted(by: "price", .descending)["price", Double.self].present == reference.sortedPrices)
    let numbered = try frame.adding("row", Array(0..<frame.rowCount))
    #expect(try numbered.sorted(by: "price")["row", Int.self].values() == reference.sortedRows)
    let filtered = try numbered.filter(col("price") > 200 && text("city") != "Rome")
    #expect(try filtered["row", Int.self].values() == reference.filtered)
  }
}

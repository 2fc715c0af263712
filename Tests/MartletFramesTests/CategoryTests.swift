import MartletFrames
import Testing

/// Categories beside pandas' ordered ones; see Tests/Reference/make_columns.py.
@Suite struct CategoryTests {
  struct Reference: Decodable {
    struct Categories: Decodable {
      let order: [String]
      let sizes: [String?]
      let amounts: [Int]
      let codes: [Int?]
      let ascending, descending, sums, lexical: [Int]
      let groups: [String?]
      let atLeastM: [Bool]
      let least, largest: String
    }
    let categories: Categories
  }
  let reference: Reference.Categories
  let frame: DataFrame

  init() throws {
    reference = try ReferenceFile.read("columns", as: Reference.self).categories
    frame = try DataFrame(
      Column("size", reference.sizes, categories: reference.order), Column("amount", reference.amounts),
      Column("row", Array(reference.sizes.indices)))
  }

  func problem(_ body: () throws -> Void) -> String {
    do { try body() } catch let error as FrameError { return error.description } catch { return "\(error)" }
    return "accepted"
  }

  @Test func keepsItsOrder() throws {
    let size = try frame["size", Category.self]
    #expect(size.categories == reference.order && size.codes == reference.codes)
    #expect(size.map { $0?.name } == reference.sizes)
    #expect(frame["size"].type == .categorical && frame["size"].categories == reference.order)
    #expect(try frame.sorted(by: "size")["row", Int.self].values() == reference.ascending)
    #expect(try frame.sorted(by: "size", .descending)["row", Int.self].values() == reference.descending)
    let groups = try frame.grouped(by: "size").aggregate(.sum("amount"))
    #expect(groups["size"].texts() == reference.groups)
    #expect(try groups["sum amount", Int.self].values() == reference.sums)
    #expect(groups["size"].categories == reference.order, "also those without a row")
    let extremes = try frame.aggregate(.min("size"), .max("size"))
    #expect(extremes.columns.map { $0.texts() } == [[reference.least], [reference.largest]])
    #expect(
      try frame.pivot(rows: "row", columns: "size", values: .count()).columnNames.dropFirst().prefix(4) == [
        "S", "M", "L", "XL",
      ])
    #expect(frame.description.contains("Categorical"))
  }

  @Test func comparesByOrder() throws {
    let holds = try frame.filter(category("size") >= "M")["row", Int.self].values()
    #expect(holds == reference.atLeastM.indices.filter { reference.atLeastM[$0] })
    #expect(
      try frame.filter(category("size") == "S").rowCount == 3 && frame.filter(category("size") < "S").rowCount == 0)
    #expect(try frame.filter(text("size").hasSuffix("L")).rowCount == 2)
    #expect(try frame.column(of: category("size").code).numbers() == reference.codes.map { $0.map(Double.init) })
    #expect(
      problem { _ = try frame.filter(category("size") > "m") }
        == "'m' is none of the 5 categories of 'size': S, M, L, XL, XXL. Did you mean 'M'?")
    #expect(problem { _ = try frame.filter(col("size") > 1) }.contains("Did you mean category(\"size\").code?"))
    #expect(frame.rows[0].text("size") == "M" && frame.rows[2].text("size") == nil)
  }

  @Test func comesFromTextAndGoesBack() throws {
    let texts = try frame.converting("size", to: .string)
    #expect(try texts["size", String.self] == Column("size", reference.sizes))
    let lexical = try texts.converting("size", to: .categorical)["size", Category.self]
    #expect(lexical.categories == ["L", "M", "S", "XL"] && lexical.codes.compactMap { $0 } == reference.lexical)
    #expect(try texts.converting("size", to: .categorical(reference.order)) == frame)
    let numbers = try DataFrame(Column("n", [10, 9, nil, 10])).converting("n", to: .categorical)
    #expect(numbers["n"].categories == ["9", "10"], "in the order of the numbers, not of their texts")
    #expect(
      problem { _ = try texts.converting("size", to: .categorical(["S", "M", "L"])) }
        == "Row 3: 'XL' is none of the 3 categories of 'size': S, M, L. Did you mean 'L'?")
    #expect(problem { _ = try texts.converting("size", to: .categorical(["S", "S"])) }.contains("'S' is named twice"))
    let turned = try frame.converting("size", to: .categorical(reference.order.reversed()))
    #expect(try turned.sorted(by: "size").head(1)["size"].texts() == ["XL"])
  }

  @Test func filesAndTables() throws {
    let schema: [String: ColumnType] = ["size": .categorical(reference.order)]
    #expect(try DataFrame(csvText: frame.csvText(), schema: schema) == frame)
    #expect(try DataFrame(jsonText: frame.jsonText(), schema: schema) == frame)
    do {
      _ = try DataFrame(csvText: "size\nS\nXS\n", schema: schema)
      Issue.record("accepted")
    } catch { #expect(error.line == 3 && error.description.contains("Did you mean") || error.line == 3) }
    #expect(try frame.query("select count(*) as n from frame where size = ?", ["S"])["n", Int.self].values() == [3])
    #expect(try frame.appending(frame).rowCount == 20)
    let others = try frame.converting("size", to: .categorical(reference.order.reversed()))
    #expect(
      problem { _ = try frame.appending(others) }.hasPrefix("'size' has the categories S, M, L, XL, XXL in one frame"))
    let prices = try DataFrame(
      Column("size", ["XXL", "S"], categories: reference.order), Column("price", [9, 4]))
    let joined = try frame.joined(prices, on: "size", kind: .outer)
    #expect(joined["size"].categories == reference.order && joined.rowCount == 11)
    #expect(
      try frame.fillingMissing("size", .value("XXL")).sorted(by: "size").tail(2)["size"].texts() == ["XXL", "XXL"])
    #expect(
      problem { _ = try frame.fillingMissing("size", .value("huge")) }.contains("'huge' is none of the 5 categories"))
    #expect(try frame.fillingMissing("size", .mode)["size"].missingCount == 0)
  }

  @Test func hasNoValue() throws {
    let none = try Column("c", [nil, nil], categories: [])
    #expect(none.categories == [] && none.codes == [nil, nil] && AnyColumn(none).texts() == [nil, nil])
    let frame = try DataFrame(none)
    #expect(try frame.sorted(by: "c").grouped(by: "c").aggregate(.count())["count", Int.self].values() == [2])
    #expect(try frame.converting("c", to: .string)["c"].texts() == [nil, nil])
    #expect(try frame.filter(text("c") == "x").rowCount == 0)
  }
}

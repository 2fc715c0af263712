import Foundation
import MartletFrames
import MartletNumerics
import Testing

/// Columns of `Float`, `Int32`, lists and tensors, and what turns one type into another.
@Suite struct ColumnTypeTests {
  struct Reference: Decodable {
    struct Singles: Decodable {
      let doubles, floats: [Double]
    }
    let singles: Singles
  }

  func problem(_ body: () throws -> Void) -> String {
    do { try body() } catch let error as FrameError { return error.description } catch { return "\(error)" }
    return "accepted"
  }

  func frame() throws -> DataFrame {
    try DataFrame(
      Column("f", [1.5, nil, -0.25] as [Float?]), Column("i", [7, .max, nil] as [Int32?]),
      Column("list", [[1, 2.5], [], nil] as [[Double]?]), Column("whole", [[3], nil, [1, 2]] as [[Int]?]),
      Column("words", [["a", "b \"c\", d"], [""], nil] as [[String]?]),
      Column(
        "picture", [Tensor<Float>([1, 2, 3, 4], shape: [2, 2]), nil, Tensor([5], shape: [1])] as [Tensor<Float>?]))
  }

  @Test func typesAndDisplay() throws {
    let frame = try frame()
    #expect(
      frame.columns.map(\.type.description) == ["Float", "Int32", "[Double]", "[Int]", "[String]", "Tensor"])
    #expect(frame.columns.map(\.isNumeric) == [true, true, false, false, false, false])
    #expect(frame.columns.map(\.missingCount) == [1, 1, 1, 1, 1, 1])
    #expect(
      try frame.select("f", "i", "list", "picture").description == """
        3 rows × 4 columns
              f           i  list        picture
          Float       Int32  [Double]    Tensor
        ───────  ──────────  ──────────  ────────────
           1.50           7  [1.0, 2.5]  shape [2, 2]
        missing  2147483647  []          missing
          -0.25     missing  missing     shape [1]
        """)
    #expect(try frame["list", [Double].self][0] == [1, 2.5])
    #expect(
      problem { _ = try frame["f", Double.self] } == "Column 'f' holds Float, not Double.")
    #expect(problem { _ = try frame["picture", [Int].self] } == "Column 'picture' holds Tensor, not [Int].")
    let long = try DataFrame(Column("x", [Array(repeating: 0.5, count: 100)]))
    #expect(long.description.contains("[0.5, 0.5, 0.5, 0.5, 0.5, …] 100"))
  }

  @Test func readsBackWhatItWrites() throws {
    let frame = try frame()
    let schema: [String: ColumnType] = [
      "f": .float, "i": .int32, "list": .list(of: .double), "whole": .list(of: .int), "words": .list(of: .string),
      "picture": .tensor,
    ]
    #expect(try DataFrame(csvText: frame.csvText(), schema: schema) == frame)
    #expect(try DataFrame(jsonText: frame.jsonText(), schema: schema) == frame)
    let database = try SQLiteDatabase(":memory:")
    try database.write(frame, to: "t")
    let texts = try database.query("select * from t")
    #expect(texts.columns.map(\.type) == [.double, .int, .string, .string, .string, .string])
    #expect(
      try texts.converting("f", to: .float).converting("i", to: .int32).converting("list", to: .list(of: .double))
        .converting("whole", to: .list(of: .int)).converting("words", to: .list(of: .string))
        .converting("picture", to: .tensor) == frame)
  }

  @Test func calculatesAsTheWiderType() throws {
    let frame = try DataFrame(Column("f", [1.5, nil, 0.25] as [Float?]), Column("i", [.max, 2, 3] as [Int32]))
    let sums = try frame.adding("f2", col("f") * 2).adding("i2", col("i") + 1).adding("abs", (col("i") * -1).absolute())
    #expect(sums.columns.map(\.type) == [.float, .int32, .double, .int, .int])
    #expect(try sums["f2", Double.self].present == [3, 0.5])
    #expect(try sums["i2", Int.self].values() == [2_147_483_648, 3, 4])
    #expect(try frame.filter(col("i") < 3 || col("f") == 0.25).rowCount == 2)
    let aggregated = try frame.aggregate(.sum("i"), .sum("f"), .mean("f"), .max("f"), .min("i"), .median("i"))
    #expect(aggregated.columns.map(\.type) == [.int, .double, .double, .float, .int32, .double])
    #expect(try aggregated["sum i", Int.self].values() == [2_147_483_652])
    #expect(try frame.matrix(of: ["i"]).scalars == [2_147_483_647, 2, 3])
    #expect(try frame["f", Float.self].mean() == 0.875 && frame["i", Int32.self].median() == 3)
    #expect(try frame.column(of: col("i").asFloat()).type == .float)
    #expect(try frame.column(of: when(col("i") > 2, then: col("i"), otherwise: number(0))).type == .int)
    #expect(try frame.fillingMissing("f", .mean)["f", Float.self].values() == [1.5, 0.875, 0.25])
    #expect(try frame.fillingMissing("f", .interpolated)["f", Float.self].values() == [1.5, 0.875, 0.25])
    #expect(frame.rows[2].number("f") == 0.25 && frame.rows[1].number("i") == 2)
    #expect(frame.describe().rowCount == 2)
  }

  @Test func groupsJoinsAndSorts() throws {
    let frame = try DataFrame(
      Column("f", [2, .nan, -1, 2] as [Float]), Column("i", [3, -1, 3, 0] as [Int32]),
      Column("tags", [["b"], ["a", "c"], ["a"], ["b"]]), Column("row", [0, 1, 2, 3]))
    func rows(_ name: String) throws -> [Int] { try frame.sorted(by: name)["row", Int.self].values() }
    #expect(try rows("f") == [2, 0, 3, 1])
    #expect(try rows("i") == [1, 3, 0, 2])
    #expect(try rows("tags") == [2, 1, 0, 3], "a shorter list before a longer one that starts like it")
    #expect(try frame.grouped(by: "tags").aggregate(.count())["count", Int.self].values() == [1, 1, 2])
    #expect(try frame.grouped(by: "i").aggregate(.sum("row"))["sum row", Int.self].values() == [1, 3, 2])
    let names = try DataFrame(Column("tags", [["b"], ["x"]]), Column("name", ["bee", "ex"]))
    #expect(try frame.joined(names, on: "tags", kind: .inner)["row", Int.self].values() == [0, 3])
    #expect(try frame.distinct("tags").rowCount == 3)
    #expect(try frame.appending(frame).rowCount == 8)
    let wrong = try DataFrame(Column("i", [1, 2]))
    #expect(
      problem { _ = try frame.joined(wrong, on: "i", kind: .inner) }.contains("'i' holds Int32 on the left, 'i' Int"))
  }

  @Test func convertsWithoutChangingAValue() throws {
    let reference = try ReferenceFile.read("columns", as: Reference.self).singles
    let singles = try DataFrame(Column("x", reference.doubles)).converting("x", to: .float)
    #expect(try singles["x", Float.self].values().map(Double.init) == reference.floats)
    func convert(_ column: AnyColumn, _ type: ColumnType) throws -> AnyColumn { try column.converted(to: type) }
    let texts = AnyColumn(Column("t", ["1", nil, "-3"]))
    #expect(try convert(texts, .int32) == AnyColumn(Column("t", [1, nil, -3] as [Int32?])))
    #expect(try convert(texts, .double) == AnyColumn(Column("t", [1, nil, -3] as [Double?])))
    #expect(try convert(AnyColumn(Column("b", [true, false])), .int) == AnyColumn(Column("b", [1, 0])))
    #expect(try convert(AnyColumn(Column("b", ["true", nil])), .bool) == AnyColumn(Column("b", [true, nil])))
    #expect(try convert(AnyColumn(Column("n", [2.0, 3.0])), .int) == AnyColumn(Column("n", [2, 3])))
    #expect(
      try convert(AnyColumn(Column("l", [[1, 2]])), .list(of: .double)) == AnyColumn(Column("l", [[1.0, 2.0]])))
    #expect(
      try convert(AnyColumn(Column("l", [[1, 2]])), .tensor).texts() == ["[1.0, 2.0]"])
    #expect(
      problem { _ = try convert(AnyColumn(Column("n", [1, 2.5])), .int) }
        == "2.5 in row 1 of 'n' is no Int. Round or bring it into range first, or keep the type.")
    #expect(problem { _ = try convert(AnyColumn(Column("n", [1 << 31])), .int32) }.hasPrefix("2147483648 in row 0"))
    #expect(problem { _ = try convert(AnyColumn(Column("n", [1e300])), .float) }.contains("is no Float"))
    #expect(
      problem { _ = try convert(AnyColumn(Column("t", ["7", "seven"])), .int) }
        == "Column 't' holds String; 'seven' in row 1 is no Int.")
    #expect(
      problem { _ = try convert(AnyColumn(Column("d", [Date(timeIntervalSince1970: 0)])), .int32) }
        == "Column 'd' holds Date, which does not become Int32.")
    #expect(
      problem { _ = try convert(texts, .list(of: .bool)) } == "Column 't' holds String, which does not become [Bool].")
  }

  @Test func csvSaysWhereATypeFails() throws {
    do {
      _ = try DataFrame(csvText: "a,b\n1,\"x\ny\"\n3000000000,z", schema: ["a": .int32])
      Issue.record("accepted")
    } catch {
      #expect(error.kind == .type && error.line == 4 && error.column == 1)
      #expect(error.description.contains("column 'a' should hold Int32. 3000000000 in row 1"))
    }
    do {
      _ = try DataFrame(csvText: "a\n[1]\n\"[1, 2\"", schema: ["a": .list(of: .int)])
      Issue.record("accepted")
    } catch { #expect(error.line == 3 && error.description.contains("'[1, 2' in row 1 is no [Int]")) }
    for hostile in ["[[1], [1, 2]]", "[1, [2]]", String(repeating: "[", count: 100_000), "[1,]", "[,]", "]", ""] {
      #expect(problem { _ = try AnyColumn(Column("t", [hostile])).converted(to: .tensor) }.contains("is no Tensor"))
    }
  }

  @Test func listsAreTakenApart() throws {
    let frame = try DataFrame(Column("genre", ["Drama, War", nil, "Comedy"]), Column("x", [[1.5, 2], [], [3]]))
      .adding("genres", text("genre").split(separatedBy: ", "))
    #expect(try frame.column(of: list("genres").count).numbers() == [2, nil, 1])
    #expect(try frame.column(of: list("x").count).numbers() == [2, 0, 1])
    #expect(try frame.filter(list("genres").contains("War")).rowCount == 1)
    #expect(try frame.filter(list("x").contains(3)).rowCount == 1)
    #expect(try frame.column(of: list("genres").text(at: 1)).texts() == ["War", nil, nil])
    #expect(try frame.column(of: list("x").number(at: 0)).numbers() == [1.5, nil, 3])
  }

  @Test func tensorsStack() throws {
    let batch = Tensor<Float>((0..<12).map { Float($0) }, shape: [3, 2, 2])
    let frame = try DataFrame(Column("picture", rowsOf: batch), Column("label", ["a", "b", "c"]))
    #expect(try frame["picture", Tensor<Float>.self].stacked() == batch)
    #expect(try frame[rows: [2, 0]]["picture", Tensor<Float>.self].stacked().scalars == [8, 9, 10, 11, 0, 1, 2, 3])
    let ragged = Column("p", [Tensor<Float>([1], shape: [1]), Tensor<Float>([1, 2], shape: [2])])
    #expect(problem { _ = try ragged.stacked() }.hasPrefix("Row 1 of 'p' has shape [2], row 0 [1]"))
  }

  @Test func roundsForShowing() throws {
    let frame = try DataFrame(
      Column("d", [1.23456, nil, 2.5]), Column("f", [0.126, 1, 1e30] as [Float]), Column("i", [1, 2, 3]))
    let rounded = frame.rounded(2)
    #expect(rounded.columns.map(\.type) == [.double, .float, .int])
    #expect(try rounded["d", Double.self].present == [1.23, 2.5])
    #expect(try rounded["f", Float.self].values() == [0.13, 1, 1e30])
    #expect(try frame.rounded(0)["d", Double.self].present == [1, 2], "halves to the even digit")
  }
}

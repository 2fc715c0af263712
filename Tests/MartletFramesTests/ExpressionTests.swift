import MartletFrames
import MartletNumerics
import Testing

@Suite struct ExpressionTests {
  let frame: DataFrame

  init() throws {
    frame = try DataFrame(
      Column("i", [7, -7, nil, 0]), Column("d", [0.5, nil, 2, -1]), Column("b", [true, false, nil, true]),
      Column("s", ["Braund, Mr. Owen", "Heikkinen, Miss. Laina", nil, "x"]))
  }

  func numbers(_ expression: NumberExpression) throws -> [Double?] { try frame.column(of: expression).numbers() }
  func texts(_ expression: TextExpression) throws -> [String?] { try frame.column(of: expression).texts() }

  @Test func wholeNumbersStayWhole() throws {
    for expression in [col("i") + 1, 2 * col("i"), col("i") - col("i"), col("i") % 4, -col("i"), col("b") + 1] {
      #expect(try frame.column(of: expression).type == .int)
    }
    for expression in [col("i") + 1.0, col("i") / 2, col("i") * col("d"), col("i").raised(to: 2)] {
      #expect(try frame.column(of: expression).type == .double)
    }
    #expect(try numbers(col("i") % 4) == [3, -3, nil, 0])
    #expect(try numbers(col("i") / 2) == [3.5, -3.5, nil, 0])
    #expect(try numbers(col("d") * 2 - 1) == [0, nil, 3, -3])
    #expect(try numbers(col("i").absolute() + col("b")) == [8, 7, nil, 1])
    #expect(try numbers(when(col("i") < 0, then: col("i"), otherwise: col("d"))) == [0.5, -7, nil, -1])
    #expect(try numbers(col("d").filled(with: 9.0).clipped(to: 0...2)) == [0.5, 2, 2, 0])
    #expect(try frame.column(of: col("i").filled(with: 0)).type == .int)
    #expect(try numbers((col("d") * 10).asInt()) == [5, nil, 20, -10])
    #expect(try numbers(col("d").squareRoot().rounded(decimals: 2))[2] == 1.41)
  }

  @Test func whatDoesNotFitIsAnError() throws {
    let large = try DataFrame(Column("x", [Int.max, nil, 1]), Column("zero", [1, 0, 0]))
    for expression in [col("x") + 1, col("x") * 2, -2 - col("x"), col("x") % col("zero"), (col("x") * 1e300).asInt()] {
      #expect(throws: FrameError.self) { try large.column(of: expression) }
    }
    do { _ = try large.column(of: col("x") + 1) } catch {
      #expect(error.kind == .arithmetic && error.description.hasPrefix("'x + 1' in row 0 does not fit an Int"))
    }
    #expect(throws: FrameError.self) { try large.aggregate(.sum("x")) }
    #expect(try large.filter(isMissing("x")).column(of: col("x") % col("zero")).missingCount == 1)
    #expect(throws: FrameError.self) { try large.column(of: col("x").cumulativeSum()) }
    do { _ = try frame.filter(col("s") > 1) } catch {
      #expect(error.description == "Column 's' holds String, not numbers. Did you mean text(\"s\")?")
    }
  }

  @Test func unknownIsNeitherTrueNorFalse() throws {
    func rows(_ condition: Condition) throws -> [Bool?] { Array(try frame.column(of: condition).typed(as: Bool.self)) }
    #expect(try rows(col("i") > 0) == [true, false, nil, false])
    #expect(try rows(col("i") > 0 && isTrue("b")) == [true, false, nil, false])
    #expect(try rows(col("i") > 0 || col("d") > 0) == [true, nil, true, false])
    #expect(try rows(!(col("i") > 0)) == [false, true, nil, true])
    #expect(try rows(isMissing("i") && col("d") > 0) == [false, false, true, false])
    #expect(try rows(col("i").isIn([7, 0])) == [true, false, nil, true])
    #expect(try rows(col("i").isBetween(-7, 0)) == [false, true, nil, true])
    #expect(try rows(text("s") == text("s")) == [true, true, nil, true])
    #expect(try rows(text("s").matches("^[A-Z].*\\.")) == [true, true, nil, false])
    #expect(throws: FrameError.self) { try rows(text("s").matches("(")) }
  }

  @Test func texts() throws {
    let name = text("s")
    #expect(try texts(name.part(0, separatedBy: ",").uppercased()) == ["BRAUND", "HEIKKINEN", nil, "X"])
    #expect(try texts(name.extracting("([A-Za-z]+)\\.")) == ["Mr", "Miss", nil, nil])
    #expect(try texts(name.part(1, separatedBy: ", ").prefix(2) + "!") == ["Mr!", "Mi!", nil, nil])
    #expect(try texts("<" + name.suffix(1) + name.prefix(1).lowercased()) == ["<nb", "<ah", nil, "<xx"])
    #expect(try texts(name.replacing(["x": " y "]).trimmed().filled(with: "?"))[2...] == ["?", "y"])
    #expect(try texts(name.replacing("Mr", with: "Mx"))[0] == "Braund, Mx. Owen")
    #expect(try numbers(name.count) == [16, 22, nil, 1])
    #expect(try texts(when(name.hasPrefix("B"), then: "b", otherwise: "other")) == ["b", "other", nil, "other"])
    let digits = try DataFrame(Column("t", ["1.5", "-2", nil, "many"]))
    #expect(try digits.column(of: text("t").asNumber(orMissing: true)).numbers() == [1.5, -2, nil, nil])
    do { _ = try digits.column(of: text("t").asNumber()) } catch {
      #expect(error.description.hasPrefix("'many' in row 3 of 't' is no number."))
    }
  }

  @Test func aggregationsOfExpressions() throws {
    let sales = try DataFrame(Column("shop", ["a", "b", "a"]), Column("price", [2.0, 3, 4]), Column("n", [1, 2, 3]))
    let result = try sales.grouped(by: "shop").aggregate(
      .sum(col("price") * col("n")).named("turnover"), .max(text("shop")),
      .custom("range", "price") { ($0.max() ?? 0) - ($0.min() ?? 0) })
    #expect(try result["turnover", Double.self].values() == [14, 6])
    #expect(try result["range", Double.self].values() == [2, 0])
    #expect(result["max shop"].texts() == ["a", "b"])
    let shares = try sales.adding("share", col("price") / col("price").sum().over("shop"))
    #expect(try shares["share", Double.self].values() == [2.0 / 6, 1, 4.0 / 6])
    let best = try sales.grouped(by: "shop").combining { try $0.sorted(by: "price", .descending).head(1) }
    #expect(try best["price", Double.self].values() == [4, 3])
    #expect(try sales.filter(col("n") > 9).aggregate(.sum("n"), .mean("price")).rows[0].number("sum n") == 0)
    let nan = try DataFrame(Column("x", [1, Double.nan, nil]))
    #expect(
      try nan.aggregate(.min("x"), .max("x"), .count("x")).columns.map { try $0.numbers()[0]?.isNaN } == [
        true, true, false,
      ])
  }
}

import MartletFrames
import MartletNumerics
import Testing

@Suite struct DataFrameTests {
  let people: DataFrame

  init() throws {
    people = try DataFrame(
      Column("name", ["Ada", "Grace", "Alan", "Emmy"]), Column("age", [36, nil, 41, 53]),
      Column("height", [1.6, 1.7, nil, Double.nan]), Column("member", [true, false, nil, true]))
  }

  @Test func numbersOfAnyNumericColumn() throws {
    let frame = try DataFrame([
      AnyColumn(Column("whole", [1, 2])), AnyColumn(Column("true", [true, false])),
      AnyColumn(Column("part", [0.5, nil])),
      AnyColumn(Column("text", ["a", "b"])),
    ])
    #expect(try frame.numbers("whole") == [1, 2])
    #expect(try frame.numbers("true") == [1, 0])
    #expect(throws: FrameError.self) { try frame.numbers("text") }
    let error = #expect(throws: FrameError.self) { try frame.numbers("part") }
    #expect(error?.kind == .missingValues)
  }

  @Test func columns() throws {
    #expect(people.shape == (4, 4))
    #expect(people["age"].type == .int && people["age"].missingCount == 1)
    let age = try people["age", Int.self]
    #expect(Array(age) == [36, nil, 41, 53] && age.present == [36, 41, 53])
    #expect(age.sum() == 130 && age.median() == 41 && age.min() == 36 && age.max() == 53)
    #expect(try people["name", String.self].min() == "Ada" && Column<Int>("empty", []).max() == nil)
    #expect(try people["name", String.self].values() == ["Ada", "Grace", "Alan", "Emmy"])
    #expect(try people["height", Double.self][3]?.isNaN == true, "NaN is a value, not a missing one")
    #expect(Column("x", ["b", "a", "b"]).distinct == ["a", "b"])
    #expect(Column<String>("empty", [nil, nil]).missingCount == 2)
  }

  @Test func aNameWithATypeIsAskedOfSeveralFrames() throws {
    let age = ColumnID("age", Double.self)
    let (crew, guests) = (try DataFrame(Column("age", [31.5, 40])), try DataFrame(Column("age", ["31"])))
    #expect(try crew[age].max() == 40)
    do { _ = try guests[age] } catch { #expect(error.kind == .type) }
    do { _ = try crew[ColumnID("wage", Double.self)] } catch { #expect(error.kind == .unknownColumn) }
    #expect(throws: FrameError.self) { try guests[age] }
  }

  @Test func errorsSayWhatToDo() throws {
    let frame = try DataFrame(
      ["sepalLength", "sepalWidth", "petalLength", "petalWidth", "species"].map { AnyColumn(Column($0, [1.0])) })
    #expect(throws: FrameError.self) { try frame.column("spieces") }
    do { _ = try frame.column("spieces") } catch {
      #expect(
        error.description == """
          No column 'spieces'. Did you mean 'species'? \
          The frame has sepalLength, sepalWidth, petalLength, petalWidth, species (5 columns).
          """)
    }
    do { _ = try people["age", Double.self] } catch {
      #expect(error.description == "Column 'age' holds Int, not Double.")
    }
    do { _ = try people.matrix(of: ["age"]) } catch {
      #expect(error.kind == .missingValues && error.description.contains("1 missing value, the first in row 1"))
    }
    do { _ = try people.matrix(of: ["name"]) } catch { #expect(error.kind == .type) }
    do { _ = try DataFrame(Column("a", [1]), Column("a", [2])) } catch { #expect(error.kind == .duplicateColumn) }
    do { _ = try DataFrame(Column("a", [1]), Column("b", [2, 3])) } catch { #expect(error.kind == .rowCount) }
    do { _ = try people.renamed("age", to: "name") } catch { #expect(error.kind == .duplicateColumn) }
    do { _ = try people.filter(col("agee") > 3) } catch { #expect(error.kind == .unknownColumn) }
  }

  @Test func verbs() throws {
    #expect(try people.select("age", "name").columnNames == ["age", "name"])
    #expect(try people.dropping("age").columnNames == ["name", "height", "member"])
    #expect(try people.renamed("age", to: "years").columnNames[1] == "years")
    #expect(people.head(2).rowCount == 2 && people.tail(1).rows[0].text("name") == "Emmy")
    #expect(people.head(99).csvText() == people.tail(99).csvText())
    #expect(try people.adding("double", col("age") * 2)["double", Int.self].present == [72, 82, 106])
    #expect(try people.adding("age", [1, 2, 3, 4]).matrix(of: ["age"]).scalars == [1, 2, 3, 4])
    #expect(people.rowCount == 4 && people["age"].missingCount == 1, "verbs leave the frame as it is")
    #expect(try people.droppingMissing().rowCount == 2)
    #expect(try people.droppingMissing("age").rowCount == 3)
  }

  func names(_ frame: DataFrame) throws -> [String] { try frame["name", String.self].values() }

  @Test func filters() throws {
    #expect(try names(people.filter(col("age") > 40)) == ["Alan", "Emmy"])
    #expect(try names(people.filter(!(col("age") > 40))) == ["Ada"], "what is unknown is neither")
    #expect(try names(people.filter(col("age") > 40 || text("name") == "Grace")) == ["Grace", "Alan", "Emmy"])
    #expect(try names(people.filter(isTrue("member") && text("name") != "Ada")) == ["Emmy"])
    #expect(try names(people.filter(isMissing("age") || isMissing("height"))) == ["Grace", "Alan"])
    #expect(try names(people.filter(text("name").contains("a") && col("age") + 1 >= col("age"))) == ["Ada", "Alan"])
    #expect(try names(people.filter(text("name").isIn(["Emmy"]))) == ["Emmy"])
    #expect(try names(people.filter { $0.number("age") ?? 0 < 40 }) == ["Ada", "Grace"])
    #expect(try names(people.filter { $0["member", Bool.self] == true }) == ["Ada", "Emmy"])
  }

  @Test func sortsStablyWithMissingLast() throws {
    #expect(try names(people.sorted(by: "age")) == ["Ada", "Alan", "Emmy", "Grace"])
    #expect(try names(people.sorted(by: "age", .descending)) == ["Emmy", "Alan", "Ada", "Grace"])
    #expect(
      try names(people.sorted(by: "height")) == ["Ada", "Grace", "Emmy", "Alan"], "NaN after numbers, missing last")
    let many = try DataFrame(Column("key", (0..<100).map { $0 % 3 }), Column("place", Array(0..<100)))
    for order in [DataFrame.SortOrder.ascending, .descending] {
      let sorted = try many.sorted(by: "key", order)
      for group in try sorted.grouped(by: "key").frames {
        let places = try group["place", Int.self].values()
        #expect(places == places.sorted())
      }
    }
  }

  @Test func matrices() throws {
    let x = Matrix([[1, 2], [3, 4]])
    let frame = try DataFrame(x, names: ["a", "b"])
    #expect(try frame.matrix(of: ["b", "a"]).scalars == [2, 1, 4, 3])
    #expect(try frame.matrix(except: "a").shape == [2, 1])
    #expect(throws: FrameError.self) { try DataFrame(x, names: ["a"]) }
  }
}

import Foundation
import MartletFrames
import Testing

@Suite struct RecordTests {
  enum Port: String, Codable {
    case cherbourg = "C"
    case queenstown = "Q"
    case southampton = "S"
  }
  enum Deck: Int, Codable {
    case upper = 1
    case lower = 2
  }
  struct Passenger: Codable, Equatable {
    var name: String
    var age: Double?
    var fare: Double
    var siblings: Int
    var survived: Bool
    var port: Port?
    var deck: Deck
    var born: Date?
    enum CodingKeys: String, CodingKey {
      case name, age, fare
      case siblings = "sibsp"
      case survived, port, deck, born
    }
  }
  struct Place: Codable { var town: Town }
  struct Town: Codable { var name: String }

  let passengers = [
    Passenger(
      name: "Ann", age: 22.5, fare: 7.25, siblings: 1, survived: false, port: .southampton, deck: .lower,
      born: Date(timeIntervalSince1970: 86_400)),
    Passenger(
      name: "Bob", age: nil, fare: 71, siblings: 0, survived: true, port: nil, deck: .upper, born: nil),
  ]

  @Test func recordsBecomeRowsAndAreReadBack() throws {
    let frame = try DataFrame(encoding: passengers)
    #expect(frame.columnNames == ["name", "age", "fare", "sibsp", "survived", "port", "deck", "born"])
    #expect(
      frame.columns.map(\.type) == [.string, .double, .double, .int, .bool, .string, .int, .date])
    #expect(Array(try frame["age", Double.self]) == [22.5, nil])
    #expect(Array(try frame["port", String.self]) == ["S", nil])
    #expect(try frame.rows(as: Passenger.self) == passengers)
  }

  @Test func columnsWithoutAnyValueKeepTheirType() throws {
    struct Reading: Codable, Equatable {
      var level: Double?
      var note: String?
      var moment: Date?
      var port: Port?
    }
    let frame = try DataFrame(encoding: [Reading(), Reading()])
    #expect(frame.shape == (rows: 2, columns: 4))
    #expect(frame.columns.map(\.type) == [.double, .string, .date, .string])
    #expect(frame.columns.allSatisfy { $0.missingCount == 2 })
    #expect(try frame.rows(as: Reading.self) == [Reading(), Reading()])
    #expect(try DataFrame(encoding: [Reading]()).shape == (rows: 0, columns: 0))
  }

  @Test func wholeNumbersAreReadAsFractionsAndShorterOnesWhereTheyFit() throws {
    struct Wide: Decodable, Equatable {
      var a: Double
      var b: Float
      var c: Int16
      var d: [Double]
      var e: String
    }
    let frame = try DataFrame([
      AnyColumn(Column("a", [1, 2])), AnyColumn(Column("b", [Int32(3), 4])), AnyColumn(Column("c", [5, 6])),
      AnyColumn(Column("d", [[1.5], []])), AnyColumn(try Column("e", ["x", "y"], categories: ["y", "x"])),
    ])
    #expect(
      try frame.rows(as: Wide.self) == [
        Wide(a: 1, b: 3, c: 5, d: [1.5], e: "x"), Wide(a: 2, b: 4, c: 6, d: [], e: "y"),
      ])
  }

  @Test func problemsNameTheRowTheColumnAndTheProperty() throws {
    struct Age: Decodable { var age: Double }
    struct Whole: Decodable { var age: Int }
    struct Misspelt: Decodable { var aeg: Double }
    struct Small: Decodable { var size: Int8 }
    struct Free: Decodable {
      var age: Double?
      var weight: Double?
    }
    let frame = try DataFrame(Column("age", [1.5, nil]), Column("size", [1, 300]))
    func problem(_ work: () throws -> Void) -> FrameError? {
      do { try work() } catch { return error as? FrameError }
      return nil
    }
    let missing = problem { _ = try frame.rows(as: Age.self) }
    #expect(missing?.kind == .missingValues && missing?.description.contains("Row 1 of column 'age'") == true)
    let type = problem { _ = try frame.rows(as: Whole.self) }
    #expect(type?.kind == .type && type?.description == "Column 'age' holds Double, not Int.")
    let unknown = problem { _ = try frame.rows(as: Misspelt.self) }
    #expect(unknown?.kind == .unknownColumn && unknown?.description.contains("'aeg'") == true)
    let large = problem { _ = try frame.rows(as: Small.self) }
    #expect(large?.kind == .arithmetic && large?.description.contains("300 in row 1 of 'size'") == true)
    #expect(problem { _ = try frame.rows(as: Double.self) }?.kind == .parameter)
    #expect(try frame.rows(as: Free.self).map(\.weight) == [nil, nil])
    #expect(problem { _ = try DataFrame(encoding: [Place(town: Town(name: "Oslo"))]) }?.kind == .type)
    #expect(problem { _ = try frame.renamed("age", to: "town").rows(as: Place.self) }?.kind == .type)
    #expect(problem { _ = try DataFrame(encoding: [1, 2]) }?.kind == .parameter)
  }
}

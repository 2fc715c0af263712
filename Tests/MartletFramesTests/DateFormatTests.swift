import Foundation
import MartletFrames
import Testing

/// Dates that are written in other ways than ISO 8601, beside Python's `strptime`.
@Suite struct DateFormatTests {
  struct Reference: Decodable {
    struct Written: Decodable {
      let format, text: String
      let seconds: Double
    }
    let dates: [Written]
  }

  @Test func readsAsStrptimeDoes() throws {
    for written in try ReferenceFile.read("columns", as: Reference.self).dates {
      let read = try DataFrame(csvText: "d\n\"\(written.text)\"", schema: ["d": .date(format: written.format)])
      #expect(try read["d", Date.self][0]?.timeIntervalSince1970 == written.seconds, "\(written)")
      let frame = try DataFrame(Column("d", [written.text, nil]))
      let dates = try frame.adding("d", text("d").asDate(format: written.format))["d", Date.self]
      #expect(dates[0]?.timeIntervalSince1970 == written.seconds && dates[1] == nil)
    }
  }

  @Test func formsWithOneMeaningAreDates() throws {
    let day = Date(timeIntervalSince1970: 1_772_323_200)  // 2026-03-01
    for text in [
      "2026-03-01", "2026/03/01", "1 March 2026", "01-Mar-2026", "March 1, 2026", "Mar 1 2026", "1 Mar 2026",
    ] {
      let frame = try DataFrame(csvText: "d\n\"\(text)\"\n")
      #expect(frame["d"].type == .date, "\(text)")
      #expect(try frame["d", Date.self].values() == [day])
    }
    for text in ["03/04/2026", "1 Nonsense 2026", "31 June 2026", "May 2026", "2026/13/01", "1234/56/7890"] {
      #expect(try DataFrame(csvText: "d\n\"\(text)\"\n")["d"].type == .string, "\(text)")
    }
  }

  @Test func saysWhatIsWrong() throws {
    func problem(_ text: String, _ format: String) -> CSVError? {
      do throws(CSVError) {
        _ = try DataFrame(csvText: "n,d\n1,01/02/2026\n2,\(text)", schema: ["d": .date(format: format)])
        return nil
      } catch { return error }
    }
    let wrong = problem("2026-03-01", "dd/MM/yyyy")
    #expect(wrong?.line == 3 && wrong?.column == 2)
    #expect(
      wrong?.message
        == "column 'd' should hold Date. Column 'd' holds String; '2026-03-01' in row 1 is no Date of the format 'dd/MM/yyyy'."
    )
    for text in ["31/02/2026", "1/2/2026", "01/02/26", "01/02/2026 ", ""] where !text.isEmpty {
      #expect(problem(text, "dd/MM/yyyy")?.line == 3, "\(text)")
    }
    #expect(problem("01/02/2026", "dd/MM/jjjj")?.message.contains("'jjjj' in the date format") == true)
    #expect(problem("01/02/2026", "dd/MM")?.message.contains("has no year") == true)
    #expect(problem("01/02/2026", "dd/MM/yyyy'T")?.message.contains("an apostrophe without a second one") == true)
    #expect(problem("01/02/2026", "dd/MM/yyyy") == nil)
  }
}

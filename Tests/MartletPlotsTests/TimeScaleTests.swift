import Foundation
import MartletPlots
import Testing

/// Dates stand where they are, and ticks where calendars and clocks have them.
@Suite struct TimeScaleTests {
  func date(_ text: String) throws -> Date {
    try #require(ISO8601DateFormatter().date(from: text.count == 10 ? text + "T00:00:00Z" : text))
  }

  func picture(from start: String, to end: String, width: Double = 640) throws -> Picture {
    let dates = [try date(start), try date(end)]
    return Picture(Chart { LineMark(x: dates, y: [0, 1]) }.size(width: width, height: 200))
  }

  @Test func datesKeepTheirDistances() throws {
    // 2023 has 365 days, of which January has 31.
    let dates = try ["2023-01-01", "2023-02-01", "2024-01-01"].map(date)
    let x = Picture(Chart { PointMark(x: dates, y: [1, 2, 3]) }).all("circle").compactMap { $0.number("cx") }
    try #require(x.count == 3)
    #expect(abs((x[1] - x[0]) / (x[2] - x[0]) - 31.0 / 365) < 1e-4)
  }

  /// For each span the labels, and the lines below them, that a calendar has.
  @Test(
    arguments: [
      ("2000-01-01", "2010-01-01", (2000...2010).map(String.init), []),
      ("1900-01-01", "2000-01-01", stride(from: 1900, through: 2000, by: 10).map(String.init), []),
      (
        "2023-11-15", "2024-05-15", ["Dec", "Jan", "Feb", "Mar", "Apr", "May"], ["2023", "2024"]
      ),
      (
        "2024-02-25", "2024-03-04",
        ["25 Feb", "26 Feb", "27 Feb", "28 Feb", "29 Feb", "1 Mar", "2 Mar", "3 Mar", "4 Mar"],
        ["2024"]
      ),
      (
        "2024-06-01T21:00:00Z", "2024-06-02T09:00:00Z",
        ["21:00", "00:00", "03:00", "06:00", "09:00"], ["1 Jun 2024", "2 Jun 2024"]
      ),
      (
        "2024-06-01T11:59:00Z", "2024-06-01T12:02:00Z",
        ["11:59:00", "11:59:30", "12:00:00", "12:00:30", "12:01:00", "12:01:30", "12:02:00"], ["1 Jun 2024"]
      ),
    ])
  func ticksOfSpans(_ start: String, _ end: String, _ labels: [String], _ contexts: [String]) throws {
    let picture = try picture(from: start, to: end)
    #expect(picture.labels("x-tick") == labels)
    #expect(picture.labels("x-context") == contexts)
  }

  /// Ticks of months stand at the months' first days, which are not equally far from each other.
  @Test func monthsHaveTheirOwnLengths() throws {
    let picture = try picture(from: "2023-01-01", to: "2023-05-01")
    let ticks = picture.all("text", class: "x-tick")
    #expect(ticks.map(\.text) == ["Jan", "Feb", "Mar", "Apr", "May"])
    let x = ticks.compactMap { $0.number("x") }
    let days = zip(x.dropFirst(), x).map { ($0 - $1) / (x[4] - x[0]) * 120 }
    for (found, expected) in zip(days, [31.0, 28, 31, 30]) { #expect(abs(found - expected) < 0.05) }
  }

  @Test func weeksBeginOnMondays() throws {
    // 3 June 2024 was a Monday.
    let picture = try picture(from: "2024-06-01", to: "2024-07-20")
    #expect(picture.labels("x-tick").first == "3 Jun" && picture.labels("x-tick").dropFirst().first == "10 Jun")
  }

  @Test func labelsNeverTouch() throws {
    let start = try date("2021-03-04")
    for exponent in stride(from: -3.0, through: 11, by: 0.25) {
      let dates = [start, start.addingTimeInterval(pow(10, exponent))]
      for width in [200.0, 640] {
        let picture = Picture(Chart { LineMark(x: dates, y: [0, 1]) }.size(width: width, height: 200))
        for line in ["x-tick", "x-context"] {
          let boxes = boxes(of: picture.all("text", class: line))
          #expect(
            zip(boxes, boxes.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound }, "10^\(exponent) s, \(line)")
        }
        #expect(!picture.labels("x-tick").isEmpty, "10^\(exponent) s")
      }
    }
  }

  @Test func framesKeepTheirDates() throws {
    let table = Columns(columns: [
      "when": PlotColumn(instants: [0, 86_400, nil]), "value": PlotColumn(numbers: [1, 2, 3]),
    ])
    let chart = try Chart(table) { PointMark(x: "when", y: "value") }
    let tooltips = Picture(chart).all("title").map(\.text)
    #expect(tooltips == ["when: 1970-01-01\nvalue: 1", "when: 1970-01-02\nvalue: 2"])
    #expect(chart.notes == ["1 value left out: missing or not finite"])
  }

  @Test func barsStandAtDates() throws {
    let months = try ["2023-01-01", "2023-02-01", "2023-03-01", "2023-05-01"].map(date)
    let bars = Picture(Chart { BarMark(x: months, y: [1, 2, 3, 4]) }).bars
    let middles = bars.compactMap { bar in bar.number("x").flatMap { x in bar.number("width").map { x + $0 / 2 } } }
    try #require(middles.count == 4)
    // 31, 28 and 61 days apart.
    #expect(abs((middles[3] - middles[2]) / (middles[1] - middles[0]) - 61.0 / 31) < 0.01)
    let widths = bars.compactMap { $0.number("width") }
    #expect(widths.allSatisfy { $0 < middles[2] - middles[1] })
  }

  @Test func domainsOfDates() throws {
    let dates = try ["2000-01-01", "2020-01-01"].map(date)
    let domain = try date("2005-01-01")...date("2010-01-01")
    let picture = Picture(Chart { LineMark(x: dates, y: [0, 1]) }.xDomain(domain))
    #expect(picture.labels("x-context") == ["2005", "2006", "2007", "2008", "2009", "2010"])
  }

  @Test(arguments: [[-1e300, 1e300], [.infinity, 0], [0, 0], [1e17, 2e17], [-7e13, 7e13], [0, 1e-7]])
  func anyDates(_ seconds: [Double]) {
    let dates = seconds.map { Date(timeIntervalSince1970: $0) }
    let charts = [
      Chart { PointMark(x: dates, y: [1, 2]) }, Chart { BarMark(x: dates, y: [1, 2]) }, Chart { HistogramMark(dates) },
      Chart { PointMark(x: [1, 2], y: [1, 2], color: dates) },
    ]
    for chart in charts {
      let svg = chart.svg
      #expect(Picture(svg).isWellFormed && !svg.contains("\"nan") && !svg.contains("\"inf"))
    }
  }
}

import MartletFrames
import Testing

@Suite struct WindowTests {
  let reference: VerbsReference
  let frame: DataFrame
  init() throws {
    reference = try VerbsReference.read()
    frame = try reference.series()
  }

  @Test func rollingAgreesWithPandas() throws {
    let found: [String: NumberExpression] = [
      "mean5": col("full").rolling(5).mean(), "sum5min1": col("value").rolling(5, minimumCount: 1).sum(),
      "min7": col("full").rolling(7).min(), "max7": col("full").rolling(7).max(),
      "std6": col("full").rolling(6).standardDeviation(),
      "var6min2": col("value").rolling(6, minimumCount: 2).variance(), "median5": col("full").rolling(5).median(),
      "centered5": col("full").rolling(5, isCentered: true).mean(),
      "days3": col("full").rolling(.days(3), by: "when").mean(), "ewm10": col("full").exponentialMean(span: 10),
    ]
    for (name, expression) in found {
      let expected = try #require(reference.rolling[name])
      #expect(try frame.column(of: expression).agrees(with: expected, within: 1e-11), "\(name)")
    }
    // pandas repeats the last mean where a value is missing; here it is missing.
    let means = try frame.column(of: col("value").exponentialMean(span: 4)).numbers()
    let expected = try #require(reference.rolling["ewmMissing"])
    for row in means.indices where reference.left.value[row] != nil {
      #expect(abs((means[row] ?? .nan) - (expected[row] ?? .nan)) < 1e-11, "row \(row)")
    }
  }

  @Test func windowFunctionsAgreeWithPandas() throws {
    let found: [String: any ColumnExpression] = [
      "shift2": col("value").shifted(2), "difference": col("full").difference(),
      "relative": col("full").relativeChange(),
      "cumulative": col("value").cumulativeSum(), "rank": col("value").rank(),
      "groupMean": col("full").mean().over("group"), "groupCumulative": col("full").cumulativeSum().over("group"),
      "groupRank": col("full").rank().over("group"), "groupShift": col("full").shifted().over("group"),
      "groupRolling": col("full").rolling(3).mean().over("group"),
    ]
    for (name, expression) in found {
      let expected = try #require(reference.windows[name])
      #expect(try frame.column(of: expression).agrees(with: expected, within: 1e-11), "\(name)")
    }
    for (name, filling) in [
      ("interpolated", DataFrame.Filling.interpolated), ("forward", .forward), ("backward", .backward),
    ] {
      let expected = try #require(reference.windows[name])
      #expect(try frame.fillingMissing("value", filling)["value"].agrees(with: expected), "\(name)")
    }
  }

  @Test func resamplingAgreesWithPandas() throws {
    let periods: [String: DatePeriod] = [
      "month": .month, "week": .week, "day": .day, "quarter": .quarter, "sixHours": .hours(6),
    ]
    for (name, period) in periods {
      let expected = try #require(reference.resampled[name])
      let result = try frame.resampled(by: "when", every: period).aggregate(.count(), .sum("full"), .mean("full"))
      #expect(result["when"].texts().map { String(($0 ?? "").prefix(10)) } == expected.starts, "\(name)")
      #expect(try result["count", Int.self].values() == expected.count, "\(name)")
      #expect(result["sum full"].agrees(with: expected.sum.map { $0 }), "\(name)")
      #expect(result["mean full"].agrees(with: expected.mean), "\(name)")
    }
    #expect(try frame.resampled(by: "when", every: .day, includesEmpty: false).count < 80)
    let months = try frame.resampled(by: "when", every: .month, named: "month").aggregate(.count(), .max("when"))
    #expect(months.columnNames == ["month", "count", "max when"])
    let apart = try DataFrame(Column("d", ["1900-01-01", "2100-01-01"])).adding("d", text("d").asDate())
    #expect(throws: FrameError.self) { try apart.resampled(by: "d", every: .seconds(1)) }
  }

  @Test func partsOfDatesAgreeWithPandas() throws {
    let when = date("when")
    let found: [String: NumberExpression] = [
      "year": when.year, "month": when.month, "day": when.day, "hour": when.hour, "minute": when.minute,
      "weekday": when.weekday, "dayOfYear": when.dayOfYear, "quarter": when.quarter,
    ]
    for (name, expression) in found {
      #expect(try frame.column(of: expression).typed(as: Int.self).values() == reference.parts[name], "\(name)")
    }
    let later = try frame.filter(when >= "2026-01-01" && when < "2026-02-01T00:00:00Z")
    #expect(later.rowCount == reference.when.count(where: { $0.hasPrefix("2026-01") }))
    #expect(throws: FrameError.self) { try frame.filter(when == "yesterday") }
    let ends = try DataFrame(Column("d", ["2024-01-31", "2023-12-31", nil])).adding("d", text("d").asDate())
    #expect(try ends.column(of: date("d").adding(1, .month)).texts() == ["2024-02-29", "2024-01-31", nil])
    #expect(try ends.column(of: date("d").adding(-1, .day).days(since: date("d"))).numbers() == [-1, -1, nil])
  }

  @Test func windowsOfTimeNeedOrder() throws {
    let back = try frame.sorted(by: "when", .descending)
    do {
      _ = try back.column(of: col("full").rolling(.days(3), by: "when").mean())
      Issue.record("accepted")
    } catch { #expect(error.kind == .parameter && error.description.contains("Sort by it first")) }
  }

  /// A window never loses digits to a large value that has left it.
  @Test func largeValuesLeaveNoTrace() throws {
    let values = [1e17, 1, 2, 3, 4, 5]
    let sums = try DataFrame(Column("x", values)).column(of: col("x").rolling(2).sum()).numbers()
    #expect(sums == [nil, 1e17 + 1, 3, 5, 7, 9])
  }
}

import Foundation
import MartletPlots
import Testing

/// Ticks are round numbers, in order, not too many, with labels that do not touch.
@Suite struct TickTests {
  /// The number behind a label such as `−1,250`, `0.05`, `1.5×10⁹`.
  func number(_ label: String) -> Double? {
    var text = label.replacingOccurrences(of: "−", with: "-").replacingOccurrences(of: ",", with: "")
    for (digit, raised) in zip("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻") {
      text = text.replacingOccurrences(of: String(raised), with: String(digit))
    }
    let parts = text.components(separatedBy: "×10")
    return parts.count == 2 ? Double("\(parts[0])e\(parts[1])") : Double(text)
  }

  /// Whether neighbours differ by 1, 2 or 5 times a power of ten.
  func isNice(_ step: Double) -> Bool {
    let mantissa = step / pow(10, (log10(step) + 1e-9).rounded(.down))
    return [1, 2, 5, 10].contains { abs(mantissa - $0) < 1e-6 * $0 }
  }

  @Test func randomRanges() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var generator = Seeded(state: seed)
    for _ in 0..<300 {
      let magnitude = pow(10, Double.random(in: -12...12, using: &generator))
      let lower = Double.random(in: -1...1, using: &generator) * magnitude
      let upper = lower + Double.random(in: 0.01...2, using: &generator) * magnitude
      let picture = Picture(Chart { PointMark(x: [lower, upper], y: [upper, lower]) })
      for axis in ["x-tick", "y-tick"] {
        let labels = picture.labels(axis)
        let context = "seed \(seed): \(lower)...\(upper): \(labels)"
        let values = labels.compactMap(number)
        #expect(values.count == labels.count && (2...12).contains(values.count), "\(context)")
        #expect(Set(labels).count == labels.count, "\(context)")
        let steps = zip(values.dropFirst(), values).map { $0 - $1 }
        let step = try #require(steps.first, "\(context)")
        #expect(steps.allSatisfy { abs($0 - step) <= 1e-6 * step }, "\(context)")
        #expect(isNice(step), "\(context)")
      }
      #expect(areApart(picture), "seed \(seed): \(lower)...\(upper)")
    }
  }

  /// A tight axis whose round numbers lie far apart still has two of them.
  @Test func aScaleIsReadFromTwoTicks() {
    for height in stride(from: 120.0, through: 400, by: 20) {
      for (lower, upper) in [(1.0, 9.0), (0.3, 0.9), (12.0, 18.0), (-4.0, -1.0), (1_020.0, 1_090.0)] {
        let chart = Chart { PointMark(x: [lower, upper], y: [lower, upper]) }
          .xDomain(lower...upper).yDomain(lower...upper).size(width: height, height: height)
        let picture = Picture(chart)
        for axis in ["x-tick", "y-tick"] {
          let labels = picture.labels(axis)
          #expect(labels.count >= 2, "\(axis) of \(lower)...\(upper) at \(height): \(labels)")
        }
        #expect(areApart(picture), "\(lower)...\(upper) at \(height)")
      }
    }
  }

  func areApart(_ picture: Picture) -> Bool {
    let boxes = boxes(of: picture.all("text", class: "x-tick"))
    return zip(boxes, boxes.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound }
  }

  /// A tick stands where a point of its value would: positions and labels agree.
  @Test func ticksStandWhereTheirValuesAre() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var generator = Seeded(state: seed)
    for _ in 0..<100 {
      let x = (0..<5).map { _ in Double.random(in: -500...1500, using: &generator) }
      let picture = Picture(Chart { PointMark(x: x, y: x) })
      let ticks = picture.all("text", class: "x-tick").map { (number($0.text) ?? .nan, $0.number("x") ?? .nan) }
      let (first, last) = (try #require(ticks.first), try #require(ticks.last))
      for (value, circle) in zip(x, picture.all("circle")) {
        let expected = first.1 + (value - first.0) / (last.0 - first.0) * (last.1 - first.1)
        #expect(abs(expected - (circle.number("cx") ?? .nan)) < 0.05, "seed \(seed): \(x)")
      }
    }
  }

  @Test func logarithmicAxesLabelPowersOfTen() throws {
    let picture = Picture(Chart { PointMark(x: [1, 10, 100, 1000], y: [1, 2, 3, 4]) }.xScale(.log))
    let x = picture.all("circle").compactMap { $0.number("cx") }
    try #require(x.count == 4)
    #expect(abs((x[1] - x[0]) - (x[2] - x[1])) < 0.02)
    #expect(Set(["1", "10", "100", "1000"]).isSubset(of: picture.labels("x-tick")))
  }

  @Test func valuesWithoutALogarithmAreMentioned() {
    let chart = Chart { PointMark(x: [-1, 0, 1, 10], y: [1, 2, 3, 4]) }.xScale(.log)
    #expect(Picture(chart).all("circle").count == 2)
    #expect(chart.notes == ["2 values left out: missing, not positive or not finite"])
  }

  @Test(arguments: [2, 5, 12, 40, 200])
  func namesDoNotTouch(count: Int) {
    let names = (0..<count).map { "category \($0)" }
    let picture = Picture(Chart { BarMark(x: names, y: names.indices.map { Double($0) }) })
    let labels = picture.all("text", class: "x-tick")
    #expect(!labels.isEmpty)
    if labels.contains(where: { $0.attributes["transform"] != nil }) {
      // Slanted by 40°: lines of 11 pixels need that much room across.
      let x = labels.compactMap { $0.number("x") }
      #expect(zip(x.dropFirst(), x).allSatisfy { ($0 - $1) * sin(40 * .pi / 180) >= 11 })
    } else {
      #expect(areApart(picture))
    }
  }

  @Test func verticalLabelsDoNotTouch() {
    for height in stride(from: 80.0, through: 800, by: 90) {
      let y = Picture(Chart { PointMark(x: [0, 1], y: [0, 997]) }.size(width: 300, height: height))
        .all("text", class: "y-tick").compactMap { $0.number("y") }
      #expect(zip(y, y.dropFirst()).allSatisfy { abs($0 - $1) >= 11 }, "height \(height)")
    }
  }

  /// Nothing is cut off at the picture's edges.
  @Test func labelsStayInside() throws {
    for width in [120.0, 300, 640] {
      let names = ["Llanfairpwllgwyngyll", "b", "Llanfairpwllgwyngyll again"]
      let picture = Picture(Chart { BarMark(x: names, y: [1e6, 2e7, 3]) }.size(width: width, height: 300).title("T"))
      for label in picture.all("text", class: "x-tick") where label.attributes["transform"] == nil {
        let box = try #require(boxes(of: [label]).first)
        #expect(box.lowerBound >= 0 && box.upperBound <= width)
      }
    }
  }
}

import MartletNumerics
import MartletPlots
import Testing

/// Statistical marks and diagrams, like all others, make pictures of anything and nothing but pictures.
@Suite struct HostileMarksTests {
  let attacks = HostileDataTests().attacks

  @Test func textIsNeverMarkup() throws {
    let values = attacks.indices.map { Double($0) }
    let joins = attacks.indices.dropLast().map { index in
      [Double(index == 0 ? 0 : attacks.count + index - 1), Double(index + 1), Double(index + 1), 0]
    }
    let charts = [
      Chart { BoxMark(x: attacks, y: values, color: attacks) },
      Chart { ViolinMark(x: attacks + attacks, y: values + values.map { $0 + 1 }) },
      Chart { StripMark(x: attacks, y: values) }, Chart { DensityMark(values + values, color: attacks + attacks) },
      Chart { EmpiricalDistributionMark(values, color: attacks) },
      Chart { ErrorBarMark(x: attacks, y: values, error: values) },
      Chart { RegressionMark(x: values + [3], y: values + [5], color: attacks + ["a"]) },
      Chart {
        DecisionRegions(x: 0...1, y: 0...1) { places in (0..<places.shape[0]).map { attacks[$0 % attacks.count] } }
      },
      Chart { SectorMark(attacks, values: values) }, Chart { WaterfallMark(attacks, changes: values) },
      Chart { TreeDiagram(0, children: { $0 == 0 ? Array(1..<attacks.count) : [] }, label: { attacks[$0] }) },
      Chart {
        NetworkMark(
          from: attacks, to: attacks.reversed(), groups: Dictionary(uniqueKeysWithValues: zip(attacks, attacks)))
      },
      try Chart.dendrogram(joins, labels: attacks), try Chart.featureImportance(attacks, values),
      try Chart.shapWaterfall(values: values, base: 0, names: attacks, features: values),
    ]
    for (index, chart) in charts.enumerated() {
      let picture = Picture(chart)
      #expect(picture.isWellFormed, "chart \(index)")
      let known: Set = ["svg", "title", "desc", "style", "rect", "text", "g", "line", "path", "circle", "clipPath"]
      #expect(Set(picture.elements.map(\.name)).isSubset(of: known), "chart \(index)")
      let attributes = picture.elements.flatMap(\.attributes.keys)
      #expect(!attributes.contains { $0.lowercased().hasPrefix("on") || $0.contains("href") }, "chart \(index)")
    }
  }

  @Test(
    arguments: [
      [], [1], [5, 5, 5], [0, 0], [.nan], [.infinity, -.infinity], [.nan, 1, 2], [1e300, -1e300], [1e-300, 2e-300],
      [.greatestFiniteMagnitude, -.greatestFiniteMagnitude], [.leastNonzeroMagnitude, 0], [1, 1.0.nextUp],
    ] as [[Double]])
  func anyNumbers(_ values: [Double]) throws {
    let names = values.indices.map { "name \($0)" }
    var charts = [
      Chart { BoxMark(y: values) }, Chart { ViolinMark(y: values) }, Chart { StripMark(y: values) },
      Chart { DensityMark(values) }, Chart { EmpiricalDistributionMark(values) },
      Chart { HexbinMark(x: values, y: values) },
      Chart { ErrorBarMark(x: names, y: values, error: values) }, Chart { RegressionMark(x: values, y: values) },
      Chart { RegressionMark(x: values, y: values, method: .loess()) },
      Chart { SectorMark(names, values: values.map { abs($0) }) },
      Chart { VectorFieldMark(x: values, y: values, u: values, v: values) },
      Chart { RasterMark([values], x: 0...1, y: 0...1) },
      Chart { WaterfallMark(names, changes: values) }, Chart { NetworkMark(from: values, to: values, weights: values) },
      Chart {
        ContourMark(x: 0...1, y: 0...1, samples: 5) { x, _ in values.isEmpty ? 0 : values[Int(x * 3) % values.count] }
      },
      Chart { PolarCurveMark(samples: 20) { values.isEmpty ? 0 : values[Int($0 * 3) % values.count] } },
      Chart { BoxMark(y: values) }.yScale(.log), Chart { DensityMark(values) }.xScale(.log),
      Chart.quantileQuantile(values),
    ]
    if !values.isEmpty {
      charts.append(try Chart.residuals(actual: values, predicted: values))
      charts.append(try Chart.silhouette(values, clusters: Array(values.indices)))
      charts.append(try Chart.elbow(counts: Array(values.indices), inertias: values))
    }
    for (index, chart) in charts.enumerated() {
      let svg = chart.svg
      #expect(Picture(svg).isWellFormed, "chart \(index)")
      for word in ["nan", "inf", "NaN"] {
        #expect(!svg.contains("\"\(word)") && !svg.contains("-\(word)") && !svg.contains(" \(word)"), "chart \(index)")
      }
    }
  }
}

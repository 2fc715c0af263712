import Foundation

/// What SciPy, Matplotlib, statsmodels and scikit-learn say; made by Tests/Reference/make_plots.py.
struct PlotReference: Decodable {
  struct Density: Decodable { let rule: String, width: Double, values: [Double] }
  struct Box: Decodable { let values, quartiles, whiskers, outliers: [Double] }
  struct Hexagons: Decodable { let x, y: [Double], columns, rows: Int, middles: [[Double]], counts: [Int] }
  struct Loess: Decodable { let share: Double, heights: [Double] }
  struct Trend: Decodable { let x, y, places, line, lower, upper: [Double], loess: [Loess] }
  struct Classifier: Decodable {
    let labels: [Bool]
    let scores, falsePositive, truePositive, precision, recall, probabilities, observed, predicted: [Double]
    let area, averagePrecision: Double
  }
  struct Quantiles: Decodable { let values, theoretical, ordered: [Double], slope, intercept: Double }
  struct Dendrogram: Decodable { let joins: [[Double]], leaves: [Int], cut: Double, clusters: [Int] }

  let petals, places: [Double]
  let densities: [Density]
  let boxes: [Box]
  let hexagons: Hexagons
  let trend: Trend
  let classifier: Classifier
  let quantiles: Quantiles
  let dendrogram: Dendrogram

  static func read() throws -> PlotReference { try read("plots", as: PlotReference.self) }

  /// Another file of the same folder.
  static func read<Content: Decodable>(_ name: String, as type: Content.Type) throws -> Content {
    let file = Bundle.module.bundleURL.appendingPathComponent("Reference/\(name).json")
    return try JSONDecoder().decode(type, from: Data(contentsOf: file))
  }
}

/// Whether two lists agree, relative to the expected values where those are above 1.
func agree(_ found: [Double], _ expected: [Double], within tolerance: Double = 1e-9) -> Bool {
  found.count == expected.count
    && zip(found, expected).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
}

/// The points of a path of straight lines, one list for each stretch.
func stretches(_ path: String?) -> [[(x: Double, y: Double)]] {
  (path ?? "").split(separator: "M").map { stretch in
    stretch.split(whereSeparator: { $0 == "L" || $0 == "Z" }).compactMap { pair in
      let numbers = pair.split(separator: " ").compactMap { Double($0) }
      return numbers.count == 2 ? (numbers[0], numbers[1]) : nil
    }
  }
}

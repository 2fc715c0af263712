import MartletFrames
import MartletNumerics

/// What every estimator asks of its data before it believes them.
package enum SampleChecks {
  /// Features are a table of numbers; with `allowingMissing`, NaN stands for a value that is not there.
  package static func features(_ x: Matrix, atLeast rows: Int = 1, allowingMissing: Bool = false) throws(FitError) {
    try shape(x, atLeast: rows)
    try finite(x.scalars, "feature", width: x.shape[1], allowingMissing: allowingMissing)
  }

  package static func features(_ x: Matrix, count: Int, allowingMissing: Bool = false) throws(FitError) {
    try features(x, atLeast: 0, allowingMissing: allowingMissing)
    try width(x, count)
  }

  /// There are rows and columns, whatever they hold.
  package static func shape(_ x: Matrix, atLeast rows: Int = 1) throws(FitError) {
    guard x.rank == 2, x.shape[1] > 0 else {
      throw FitError(
        .shape, expected: "features of shape [samples, features]", found: "shape \(x.shape)",
        advice: "One feature is a column: x[.all, .newAxis], or x.reshaped(-1, 1).")
    }
    guard x.shape[0] >= rows else {
      throw FitError(
        .tooFewSamples, expected: "at least \(rows) sample\(rows == 1 ? "" : "s")", found: "\(x.shape[0])",
        advice: "Add rows, or check the filter that left so few.")
    }
  }

  /// There are as many columns as in fitting.
  package static func width(_ x: Matrix, _ count: Int) throws(FitError) {
    guard x.shape[1] == count else {
      throw FitError(
        .shape, expected: "\(count) feature\(count == 1 ? "" : "s"), as in fitting", found: "shape \(x.shape)",
        advice: "Give the columns that the model was fitted with, in the same order.")
    }
  }

  package static func pairs(_ x: Matrix, targets: Int) throws(FitError) {
    guard x.shape[0] == targets else {
      throw FitError(
        .shape, expected: "one target for each of the \(x.shape[0]) rows", found: "\(targets) targets",
        advice: "Cut features and targets from the same rows.")
    }
  }

  /// Labels as codes; samples that count have at least two classes.
  package static func classes<Label: Hashable>(
    _ y: [Label], _ weights: [Double]?
  ) throws(FitError) -> LabelCoding<Label> {
    let coding = LabelCoding(y)
    let present = weights.map { weights in Set(y.indices.filter { weights[$0] > 0 }.map { y[$0] }).count }
    guard present ?? coding.classes.count > 1 else {
      throw FitError(
        .tooFewClasses, expected: "at least two classes",
        found: "only \(coding.classes.first.map { "\($0)" } ?? "none")",
        advice: "Give examples of every class that is to be told apart.")
    }
    return coding
  }

  package static func finite(
    _ values: [Double], _ what: String, width: Int, allowingMissing: Bool = false
  ) throws(FitError) {
    if areFinite(values) { return }
    guard let place = values.firstIndex(where: { !($0.isFinite || allowingMissing && $0.isNaN) }) else { return }
    throw FitError(
      .notFinite, expected: "finite numbers",
      found: "\(values[place]) as \(what) \(place % width) of row \(place / width)",
      advice: "Drop the row, or fill the value in.")
  }

  /// Whether all values are finite, eight at a time and on all cores: zero times any other number is not zero.
  private static func areFinite(_ values: [Double]) -> Bool {
    let zeros = Parallel.mapRanges(values.count) { range in
      values.withUnsafeBytes { bytes in
        var (sum, place) = (SIMD8<Double>.zero, range.lowerBound)
        while place + 8 <= range.upperBound {
          sum.addProduct(bytes.loadUnaligned(fromByteOffset: place * 8, as: SIMD8<Double>.self), SIMD8<Double>.zero)
          place += 8
        }
        return (place..<range.upperBound).reduce(sum.sum()) { $0 + 0 * values[$1] }
      }
    }
    return zeros.allSatisfy { $0 == 0 }
  }

  package static func parameter(_ isValid: Bool, _ name: String, _ expected: String, _ found: some Any) throws(FitError)
  {
    if !isValid {
      throw FitError(.parameter, expected: "\(name) \(expected)", found: "\(found)", advice: "Change it and fit again.")
    }
  }

  /// Turns a table's refusal into a model's.
  package static func table<Result>(_ ask: () throws(FrameError) -> Result) throws(FitError) -> Result {
    do {
      return try ask()
    } catch {
      // A refusal ends its sentence; here another follows.
      let found = error.description.hasSuffix(".") ? String(error.description.dropLast()) : error.description
      throw FitError(
        .table, expected: "columns that the model can use", found: found, advice: "Check the frame's columns.")
    }
  }
}

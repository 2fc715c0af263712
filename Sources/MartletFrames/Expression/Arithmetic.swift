import Foundation

/// The operations of two numbers, for whole columns.
enum Arithmetic: Sendable {
  case add, subtract, multiply, divide, remainder, power

  var sign: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .remainder: "%"
    case .power: "^"
    }
  }

  func callAsFunction(_ a: NumberExpression, _ b: NumberExpression) -> NumberExpression {
    let label = "\(a._label) \(sign) \(b._label)"
    return NumberExpression(label) { context throws(FrameError) in
      .column(try apply(try a.evaluate(context), try b.evaluate(context), label, count: context.rowCount))
    }
  }

  private func apply(
    _ a: NumberOperand, _ b: NumberOperand, _ label: String, count: Int
  ) throws(FrameError) -> AnyColumn {
    let validity = a.validity(count: count).intersection(b.validity(count: count))
    if a.isWhole && b.isWhole && self != .divide && self != .power {
      return .ints(label, try wholeResults(a.ints, b.ints, validity, label), validity)
    }
    return .doubles(label, results(a.doubles, b.doubles, count: count), validity)
  }

  private func results(_ a: Side<Double>, _ b: Side<Double>, count: Int) -> [Double] {
    switch self {
    case .add: Side.combine(a, b, count: count) { $0 + $1 }
    case .subtract: Side.combine(a, b, count: count) { $0 - $1 }
    case .multiply: Side.combine(a, b, count: count) { $0 * $1 }
    case .divide: Side.combine(a, b, count: count) { $0 / $1 }
    case .remainder: Side.combine(a, b, count: count) { $0.truncatingRemainder(dividingBy: $1) }
    case .power: Side.combine(a, b, count: count) { pow($0, $1) }
    }
  }

  private func wholeResults(
    _ a: Side<Int>, _ b: Side<Int>, _ validity: ValidityBitmap, _ label: String
  ) throws(FrameError) -> [Int] {
    let count = validity.count
    let results: [Int]
    let fails: [Bool]
    switch self {
    case .add:
      results = Side.combine(a, b, count: count) { $0 &+ $1 }
      fails = Side.combine(a, b, count: count) { $0.addingReportingOverflow($1).overflow }
    case .subtract:
      results = Side.combine(a, b, count: count) { $0 &- $1 }
      fails = Side.combine(a, b, count: count) { $0.subtractingReportingOverflow($1).overflow }
    case .multiply:
      results = Side.combine(a, b, count: count) { $0 &* $1 }
      fails = Side.combine(a, b, count: count) { $0.multipliedReportingOverflow(by: $1).overflow }
    default:
      results = Side.combine(a, b, count: count) { $1 == 0 || $1 == -1 ? 0 : $0 % $1 }
      fails = Side.combine(a, b, count: count) { $1 == 0 }
    }
    // What stands in a missing row means nothing, and may well not fit.
    if fails.contains(true), let row = fails.indices.first(where: { fails[$0] && validity[$0] }) {
      throw self == .remainder ? .divisionByZero(label, row: row) : .overflow("'\(label)' in row \(row)")
    }
    return results
  }
}

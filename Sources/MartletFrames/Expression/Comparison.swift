/// The comparisons of two numbers, for whole columns.
enum Comparison: Sendable {
  case equal, unequal, less, lessOrEqual, greater, greaterOrEqual

  func callAsFunction(_ a: NumberExpression, _ b: NumberExpression) -> Condition {
    Condition("\(a._label) \(sign) \(b._label)") { context throws(FrameError) in
      let (a, b) = (try a.evaluate(context), try b.evaluate(context))
      let count = context.rowCount
      let validity = a.validity(count: count).intersection(b.validity(count: count))
      let holds =
        a.isWhole && b.isWhole
        ? compare(a.ints, b.ints, count: count) : compare(a.doubles, b.doubles, count: count)
      return Column(name: "", storage: PlainColumnStorage(holds), validity: validity)
    }
  }

  var sign: String {
    switch self {
    case .equal: "=="
    case .unequal: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    }
  }

  func compare(_ a: Side<Int>, _ b: Side<Int>, count: Int) -> [Bool] {
    switch self {
    case .equal: Side.combine(a, b, count: count) { $0 == $1 }
    case .unequal: Side.combine(a, b, count: count) { $0 != $1 }
    case .less: Side.combine(a, b, count: count) { $0 < $1 }
    case .lessOrEqual: Side.combine(a, b, count: count) { $0 <= $1 }
    case .greater: Side.combine(a, b, count: count) { $0 > $1 }
    case .greaterOrEqual: Side.combine(a, b, count: count) { $0 >= $1 }
    }
  }

  private func compare(_ a: Side<Double>, _ b: Side<Double>, count: Int) -> [Bool] {
    switch self {
    case .equal: Side.combine(a, b, count: count) { $0 == $1 }
    case .unequal: Side.combine(a, b, count: count) { $0 != $1 }
    case .less: Side.combine(a, b, count: count) { $0 < $1 }
    case .lessOrEqual: Side.combine(a, b, count: count) { $0 <= $1 }
    case .greater: Side.combine(a, b, count: count) { $0 > $1 }
    case .greaterOrEqual: Side.combine(a, b, count: count) { $0 >= $1 }
    }
  }
}

/// What can be added up row by row: counts, sums, means, variances.
enum GroupSums {
  /// How many values of each group are there.
  static func counts(_ validity: ValidityBitmap, _ groups: GroupedRows) -> [Int] {
    guard validity.hasMissing else { return groups.sizes }
    let groups = groups.groups
    return groups.accumulate(0) { counts, range in
      groups.ids.withPointer { ids in for row in range where validity[row] { counts[Int(ids[row])] += 1 } }
    } merge: {
      $0 += $1
    }
  }

  /// - Throws: ``FrameError`` of kind `type` for texts and dates, `arithmetic` where a whole sum does not fit.
  static func sum(_ column: AnyColumn, _ groups: GroupedRows) throws(FrameError) -> AnyColumn {
    let sums: [Int]
    switch column.widened.content {
    case .int(let ints): sums = try wholeSums(ints.storage.values, ints.validity, groups, name: column.name)
    case .bool(let bools):
      sums = try wholeSums(bools.storage.values.map { $0 ? 1 : 0 }, bools.validity, groups, name: column.name)
    default:
      let values = try column.doubleValues()
      return AnyColumn(Column(column.name, doubleSums(values, column.validity, groups.groups)))
    }
    return AnyColumn(Column(column.name, sums))
  }

  private struct WholeSum: BitwiseCopyable {
    var sum = 0
    var overflows = false
  }

  private static func wholeSums(
    _ values: [Int], _ validity: ValidityBitmap, _ groups: GroupedRows, name: String
  ) throws(FrameError) -> [Int] {
    let groups = groups.groups
    let sums = values.withPointer { values in
      groups.ids.withPointer { ids in
        groups.accumulate(WholeSum()) { sums, range in
          for row in range where validity[row] {
            let group = Int(ids[row])
            let (sum, overflows) = sums[group].sum.addingReportingOverflow(values[row])
            sums[group].sum = sum
            if overflows { sums[group].overflows = true }
          }
        } merge: { a, b in
          let (sum, overflows) = a.sum.addingReportingOverflow(b.sum)
          a = WholeSum(sum: sum, overflows: a.overflows || b.overflows || overflows)
        }
      }
    }
    if sums.contains(where: \.overflows) { throw .overflow("The sum of '\(name)'") }
    return sums.map(\.sum)
  }

  static func doubleSums(_ values: [Double], _ validity: ValidityBitmap, _ groups: RowGroups) -> [Double] {
    values.withPointer { values in
      groups.ids.withPointer { ids in
        groups.accumulate(0.0) { sums, range in
          if validity.hasMissing {
            for row in range where validity[row] { sums[Int(ids[row])] += values[row] }
          } else {
            for row in range { sums[Int(ids[row])] += values[row] }
          }
        } merge: {
          $0 += $1
        }
      }
    }
  }

  static func mean(_ column: AnyColumn, _ groups: GroupedRows) throws(FrameError) -> AnyColumn {
    let sums = doubleSums(try column.doubleValues(), column.validity, groups.groups)
    let counts = counts(column.validity, groups)
    return AnyColumn(
      Column(column.name, zip(sums, counts).map { $1 == 0 ? nil : $0 / Double($1) }))
  }

  /// The sum of squared distances from the mean over `n - 1`, worked out in two rounds so that no digits are lost.
  static func variance(
    _ column: AnyColumn, _ groups: GroupedRows, _ finish: (Double) -> Double
  ) throws(FrameError) -> AnyColumn {
    let values = try column.doubleValues()
    let counts = counts(column.validity, groups)
    let means = zip(doubleSums(values, column.validity, groups.groups), counts).map { $0 / Double($1) }
    let validity = column.validity
    let rows = groups.groups
    let squares = values.withPointer { values in
      rows.ids.withPointer { ids in
        means.withPointer { means in
          rows.accumulate(0.0) { sums, range in
            for row in range where validity[row] {
              let distance = values[row] - means[Int(ids[row])]
              sums[Int(ids[row])] += distance * distance
            }
          } merge: {
            $0 += $1
          }
        }
      }
    }
    return AnyColumn(
      Column(column.name, zip(squares, counts).map { $1 < 2 ? nil : finish($0 / Double($1 - 1)) }))
  }
}

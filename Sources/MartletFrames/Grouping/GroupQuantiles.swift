/// What needs all values of a group together: medians and other quantiles.
enum GroupQuantiles {
  /// The numbers that are there, group by group in the order of the rows, and where each group starts and the last ends.
  static func presentValues(
    _ column: AnyColumn, _ groups: GroupedRows
  ) throws(FrameError) -> (values: [Double], starts: [Int]) {
    let values = try column.doubleValues()
    let (rows, starts) = groups.arranged
    guard column.validity.hasMissing else { return (RowIndex(rows).gather(values, blank: 0), starts) }
    var present: [Double] = []
    var presentStarts = [0]
    for group in 0..<groups.count {
      for place in starts[group]..<starts[group + 1] where column.validity[Int(rows[place])] {
        present.append(values[Int(rows[place])])
      }
      presentStarts.append(present.count)
    }
    return (present, presentStarts)
  }

  /// The value below which a fraction of each group lie, interpolated between the two nearest.
  static func quantile(_ column: AnyColumn, _ fraction: Double, _ groups: GroupedRows) throws(FrameError) -> AnyColumn {
    var (values, starts) = try presentValues(column, groups)
    var results = [Double](repeating: 0, count: groups.count)
    values.withMutablePointer { values in
      results.withMutablePointer { results in
        let tasks = min(64, groups.count)
        Parallel.perform(tasks) { task in
          for group in groups.count * task / tasks..<groups.count * (task + 1) / tasks {
            results[group] = Selection.quantile(values + starts[group], starts[group + 1] - starts[group], fraction)
          }
        }
      }
    }
    return AnyColumn(
      Column(column.name, results.indices.map { starts[$0] == starts[$0 + 1] ? nil : results[$0] }))
  }
}

/// Finds the k-th smallest of some numbers without sorting them all.
enum Selection {
  /// - Returns: NaN where there are no numbers or one is NaN. The numbers are left in another order.
  static func quantile(_ values: UnsafeMutablePointer<Double>, _ count: Int, _ fraction: Double) -> Double {
    guard count > 0 else { return .nan }
    for place in 0..<count where values[place].isNaN { return .nan }
    let place = fraction * Double(count - 1)
    let lower = Int(place)
    let smaller = select(values, count, lower)
    guard place > Double(lower) else { return smaller }
    var larger = Double.infinity
    for place in lower + 1..<count { larger = min(larger, values[place]) }
    return smaller + (larger - smaller) * (place - Double(lower))
  }

  /// The value at place `wanted` of the sorted numbers, which ends there, with none larger before it.
  static func select(_ values: UnsafeMutablePointer<Double>, _ count: Int, _ wanted: Int) -> Double {
    var (low, high) = (0, count - 1)
    while high - low > 12 {
      let pivot = middle(values[low], values[(low + high) / 2], values[high])
      var (left, right) = (low, high)
      while left <= right {
        while values[left] < pivot { left += 1 }
        while values[right] > pivot { right -= 1 }
        if left <= right {
          (values[left], values[right]) = (values[right], values[left])
          left += 1
          right -= 1
        }
      }
      if wanted <= right { high = right } else if wanted >= left { low = left } else { return values[wanted] }
    }
    for place in stride(from: low + 1, through: high, by: 1) {
      let value = values[place]
      var hole = place
      while hole > low, values[hole - 1] > value {
        values[hole] = values[hole - 1]
        hole -= 1
      }
      values[hole] = value
    }
    return values[wanted]
  }

  private static func middle(_ a: Double, _ b: Double, _ c: Double) -> Double { max(min(a, b), min(max(a, b), c)) }
}

import MartletNumerics

/// How one feature's values become bins: small numbers in the order of the values, or one for each category.
struct BinMapper: Sendable {
  /// The bin of a missing value; those of values are below.
  static let missingBin = 255
  /// How many rows are looked at to place the borders; more would not move them noticeably.
  private static let sampleLimit = 1 << 16
  /// How many values are looked up together.
  private static let blockLength = 256

  /// Values up to `borders[b]` are in bin `b` or before; ascending, one fewer than the bins. Empty for categories.
  let borders: [Double]
  /// The category of each bin, ascending; `nil` for a feature of numbers.
  let categories: [Int]?

  /// How many bins values have.
  var binCount: Int { categories?.count ?? borders.count + 1 }

  /// Borders that put about as many samples into each bin.
  init(_ column: [Double], bins: Int) {
    categories = nil
    var values = Matrix(Self.sample(column).filter { !$0.isNaN })
    if values.count > 0 { values = values.sorted() }
    borders = Self.borders(values.scalars, bins: bins)
  }

  /// A bin for each category; `nil` where there are more than bins.
  init?(categories column: [Double]) {
    let found = Set(column.lazy.filter { !$0.isNaN }.map { Int($0) }).sorted()
    guard found.count <= Self.missingBin else { return nil }
    borders = []
    categories = found
  }

  private static func sample(_ column: [Double]) -> [Double] {
    guard column.count > sampleLimit else { return column }
    var random = PCG64(seed: 0)
    return random.distinctPlaces(sampleLimit, below: column.count).map { column[$0] }
  }

  /// Half-way between neighbouring values. A value that fills a bin alone takes it, and what is left is shared evenly
  /// among the bins that are left.
  private static func borders(_ sorted: [Double], bins: Int) -> [Double] {
    var runs: [(value: Double, count: Int)] = []
    for value in sorted {
      if let last = runs.last, last.value == value {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((value, 1))
      }
    }
    var borders: [Double] = []
    var (left, inBin) = (sorted.count, 0)
    for (place, run) in runs.dropLast().enumerated() {
      inBin += run.count
      let binsLeft = bins - borders.count
      if binsLeft < 2 { break }
      let next = runs[place + 1]
      // A bin is full when it has its share, or when the next value would overfill it by more than is missing.
      let share = Double(left) / Double(binsLeft)
      let isFull = Double(inBin) >= share || Double(inBin) + Double(next.count) - share > share - Double(inBin)
      guard runs.count <= bins || isFull else { continue }
      let middle = run.value / 2 + next.value / 2
      borders.append(middle < next.value ? max(middle, run.value) : run.value)
      left -= inBin
      inBin = 0
    }
    return borders
  }

  /// Writes each value's bin, `stride` bytes apart.
  func map(_ column: [Double], to bins: UnsafeMutablePointer<UInt8>, stride: Int) {
    if let categories {
      let places = Dictionary(uniqueKeysWithValues: categories.enumerated().map { ($1, UInt8($0)) })
      for (row, value) in column.enumerated() {
        bins[row * stride] = value.isNaN ? UInt8(Self.missingBin) : places[Int(value)] ?? UInt8(Self.missingBin)
      }
      return
    }
    // A power of two of borders, the last ones without end, lets every search take the same steps without a branch.
    var (padded, half) = (borders, 1)
    while half <= borders.count { half *= 2 }
    padded += [Double](repeating: .infinity, count: half - padded.count)
    padded.withUnsafeBufferPointer { padded in
      column.withUnsafeBufferPointer { column in
        withUnsafeTemporaryAllocation(of: Int.self, capacity: Self.blockLength) { below in
          for first in Swift.stride(from: 0, to: column.count, by: Self.blockLength) {
            let values = UnsafeBufferPointer(rebasing: column[first..<min(first + Self.blockLength, column.count)])
            Self.search(padded, half, values, below)
            for (place, value) in values.enumerated() {
              bins[(first + place) * stride] =
                value.isNaN ? UInt8(Self.missingBin) : UInt8(truncatingIfNeeded: below[place])
            }
          }
        }
      }
    }
  }

  /// How many borders are below each value. The searches go step by step together: none waits for its own last step.
  private static func search(
    _ padded: UnsafeBufferPointer<Double>, _ half: Int, _ values: UnsafeBufferPointer<Double>,
    _ below: UnsafeMutableBufferPointer<Int>
  ) {
    for place in values.indices { below[place] = 0 }
    var step = half / 2
    while step > 0 {
      for place in values.indices { below[place] += padded[below[place] + step - 1] < values[place] ? step : 0 }
      step /= 2
    }
  }
}

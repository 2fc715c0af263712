import MartletNumerics

/// Samples one by one, dense or sparse, for as long as the memory they lie in is held.
struct SampleRows {
  let values: UnsafePointer<Double>
  /// The feature of each value; `nil` where every sample has all.
  let columns: UnsafePointer<Int32>?
  fileprivate let starts: [Int]
  fileprivate let width: Int

  /// Where a sample's values are.
  @inline(__always)
  func range(_ sample: Int) -> Range<Int> {
    columns == nil ? sample * width..<(sample + 1) * width : starts[sample]..<starts[sample + 1]
  }

  /// The feature of a value of a sample.
  @inline(__always)
  func feature(_ place: Int, of sample: Int) -> Int { columns.map { Int($0[place]) } ?? place - sample * width }

  /// The sum of a sample's squares.
  func square(_ sample: Int) -> Double { range(sample).reduce(0) { $0 + values[$1] * values[$1] } }
}

extension Tensor where Scalar == Double {
  func withRows<Result>(_ body: (SampleRows) -> Result) -> Result {
    scalars.withUnsafeBufferPointer { scalars in
      // Not empty: there are samples with features.
      body(SampleRows(values: scalars.baseAddress!, columns: nil, starts: [], width: shape[1]))
    }
  }
}

extension SparseMatrix {
  func withRows<Result>(_ body: (SampleRows) -> Result) -> Result {
    // Without a stored element there is no memory: one element that belongs to no row stands for it.
    let (values, columns) = storedCount == 0 ? ([0], [0]) : (self.values, self.columns)
    return values.withUnsafeBufferPointer { values in
      columns.withUnsafeBufferPointer { columns in
        body(
          SampleRows(
            values: values.baseAddress!, columns: columns.baseAddress!, starts: rowStarts, width: shape[1]))
      }
    }
  }
}

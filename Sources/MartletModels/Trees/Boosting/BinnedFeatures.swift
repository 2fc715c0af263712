import MartletNumerics

/// Every sample's bins, eight features side by side: one load brings a sample's bins of eight features.
final class BinnedFeatures: @unchecked Sendable {  // nothing changes after `init`
  static let groupWidth = 8

  let rowCount: Int
  let featureCount: Int
  let mappers: [BinMapper]
  /// `groupCount` blocks of `rowCount` rows of eight bins; bins of features that do not exist are 0.
  private let bins: UnsafeMutablePointer<UInt8>

  var groupCount: Int { (featureCount + Self.groupWidth - 1) / Self.groupWidth }

  /// - Throws: ``FitError`` of kind `parameter` when a categorical feature has more than 255 categories.
  init(_ x: Matrix, bins binLimit: Int, categorical: [Int]) throws(FitError) {
    let (rows, width) = (x.shape[0], x.shape[1])
    (rowCount, featureCount) = (rows, width)
    let groups = (width + Self.groupWidth - 1) / Self.groupWidth
    // Plain memory, aligned for loads of eight bins; freed in `deinit`.
    let bins = UnsafeMutableRawPointer.allocate(byteCount: max(64, groups * rows * Self.groupWidth), alignment: 64)
      .assumingMemoryBound(to: UInt8.self)
    bins.update(repeating: 0, count: groups * rows * Self.groupWidth)
    self.bins = bins
    var found = [BinMapper?](repeating: nil, count: width)
    found.withUnsafeMutableBufferPointer { found in
      // Each piece fills the places of its own feature.
      nonisolated(unsafe) let (found, bins) = (found, bins)
      Parallel.forEach(width) { feature in
        let column = x.column(feature).scalars
        guard
          let mapper = categorical.contains(feature)
            ? BinMapper(categories: column) : BinMapper(column, bins: binLimit)
        else { return }
        mapper.map(column, to: bins + Self.offset(feature, rows), stride: Self.groupWidth)
        found[feature] = mapper
      }
    }
    mappers = found.compactMap { $0 }
    if let feature = found.firstIndex(where: { $0 == nil }) {
      throw FitError(
        .parameter, expected: "at most \(BinMapper.missingBin) categories",
        found: "more in feature \(feature)", advice: "Join rare categories, or treat the feature as a number.")
    }
  }

  deinit { bins.deallocate() }

  /// One feature's bins, ``groupWidth`` bytes apart.
  @inline(__always)
  func column(_ feature: Int) -> UnsafePointer<UInt8> { UnsafePointer(bins + Self.offset(feature, rowCount)) }

  /// A group's rows, eight bins in each number.
  @inline(__always)
  func group(_ group: Int) -> UnsafeRawPointer { UnsafeRawPointer(bins + group * rowCount * Self.groupWidth) }

  private static func offset(_ feature: Int, _ rows: Int) -> Int {
    feature / groupWidth * rows * groupWidth + feature % groupWidth
  }
}

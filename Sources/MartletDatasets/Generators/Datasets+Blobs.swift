import MartletNumerics

extension Datasets {
  /// Points that scatter normally around centres drawn at random, to group or to tell apart. (scikit-learn: `make_blobs`)
  ///
  ///     let (x, y, centers) = try Datasets.makeBlobs(samples: 300, centers: 4, seed: 0)
  ///     x.shape      // [300, 2]
  ///
  /// The numbers are scikit-learn's for `random_state` = `seed`.
  /// - Parameters:
  ///   - samples: how many points, shared out evenly.
  ///   - features: how many coordinates each has.
  ///   - centers: how many centres.
  ///   - standardDeviation: how far points scatter around their centre; at least 0. (`cluster_std`)
  ///   - centerBox: where the coordinates of the centres lie.
  ///   - isShuffled: whether the order is random; otherwise it is that of the centres.
  ///   - seed: 0 up to 2³² − 1; without one, a seed is drawn from ``Random``.
  /// - Returns: points of shape `[samples, features]`, the number of each one's centre, and the centres.
  /// - Throws: ``DatasetError`` when a parameter is out of its range.
  public static func makeBlobs(
    samples: Int = 100, features: Int = 2, centers: Int = 3, standardDeviation: Double = 1,
    centerBox: ClosedRange<Double> = -10...10, isShuffled: Bool = true, seed: UInt64? = nil
  ) throws(DatasetError) -> (features: Matrix, labels: [Int], centers: Matrix) {
    try checkSamples(samples)
    try check(features > 0, "features", "at least 1", features)
    try check(centers > 0, "centers", "at least 1", centers)
    var stream = try SampleStream(seed: seed)
    let drawn = (0..<centers * features).map { _ in
      stream.random.uniform(from: centerBox.lowerBound, to: centerBox.upperBound)
    }
    let counts = (0..<centers).map { samples / centers + ($0 < samples % centers ? 1 : 0) }
    return try stream.blobs(
      counts, around: Matrix(drawn, shape: [centers, features]),
      [Double](repeating: standardDeviation, count: centers), isShuffled)
  }

  /// Points that scatter normally around given centres.
  ///
  ///     let (x, y, _) = try Datasets.makeBlobs(
  ///       counts: [50, 100], centers: Matrix([[0, 0], [5, 5]]), standardDeviations: [0.5, 1.5], seed: 0)
  /// - Parameters:
  ///   - counts: how many points are around each centre.
  ///   - centers: a centre for each row.
  ///   - standardDeviations: how far points scatter, one for each centre or one for all.
  /// - Throws: ``DatasetError`` when the numbers of counts, centres and deviations differ or one is out of its range.
  public static func makeBlobs(
    counts: [Int], centers: Matrix, standardDeviations: [Double] = [1], isShuffled: Bool = true, seed: UInt64? = nil
  ) throws(DatasetError) -> (features: Matrix, labels: [Int], centers: Matrix) {
    try check(counts.allSatisfy { $0 >= 0 } && counts.contains { $0 > 0 }, "counts", "0 or more and not all 0", counts)
    try check(
      centers.rank == 2 && centers.shape[0] == counts.count, "centers", "a matrix of \(counts.count) rows, one a count",
      "of shape \(centers.shape)")
    try check(
      [1, counts.count].contains(standardDeviations.count), "standardDeviations", "1 or \(counts.count) numbers",
      standardDeviations)
    let isOne = standardDeviations.count == 1
    let deviations = isOne ? counts.map { _ in standardDeviations[0] } : standardDeviations
    var stream = try SampleStream(seed: seed)
    return try stream.blobs(counts, around: centers, deviations, isShuffled)
  }
}

extension SampleStream {
  fileprivate mutating func blobs(
    _ counts: [Int], around centers: Matrix, _ deviations: [Double], _ isShuffled: Bool
  ) throws(DatasetError) -> (features: Matrix, labels: [Int], centers: Matrix) {
    try check(
      deviations.allSatisfy { $0 >= 0 && $0.isFinite }, "standardDeviation", "finite and at least 0", deviations)
    var labels: [Int] = []
    var scalars: [Double] = []
    for (center, count) in counts.enumerated() {
      let place = centers.row(center).scalars
      for _ in 0..<count {
        for coordinate in place {
          scalars.append(random.normal(mean: coordinate, standardDeviation: deviations[center]))
        }
      }
      labels += [Int](repeating: center, count: count)
    }
    var features = Matrix(scalars, shape: [labels.count, centers.shape[1]])
    if isShuffled { shuffle(&features, &labels) }
    return (features, labels, centers)
  }
}

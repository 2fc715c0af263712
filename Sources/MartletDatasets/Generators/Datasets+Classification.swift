import Foundation
import MartletNumerics

extension Datasets {
  /// Classes made of normal clusters around the corners of a cube, among features that do not matter. (scikit-learn:
  /// `make_classification`)
  ///
  ///     let (x, y) = try Datasets.makeClassification(samples: 200, features: 5, informative: 3, redundant: 1, seed: 0)
  ///     x.shape      // [200, 5]
  ///
  /// The numbers are scikit-learn's for `random_state` = `seed`, up to rounding in products of matrices.
  /// - Parameters:
  ///   - informative: how many features tell the classes apart; 2 to that power is at least the number of clusters.
  ///   - redundant: how many are random combinations of the informative ones.
  ///   - repeated: how many repeat one of both. All others are noise.
  ///   - classes: how many classes.
  ///   - clustersPerClass: how many clusters each class has.
  ///   - weights: the share of each class; equal by default. One fewer than classes leaves the rest to the last.
  ///   - flipped: the share of labels that are drawn at random, from 0 to 1. (`flip_y`)
  ///   - separation: half the cube's side: the larger, the easier. (`class_sep`)
  ///   - isHypercube: whether the clusters are at the corners of a cube; otherwise of a box with random sides.
  ///   - shift: what is added to every feature; random ones when `nil`.
  ///   - scale: by what every feature is multiplied then; random ones from 1 to 101 when `nil`.
  ///   - isShuffled: whether rows and columns are in random order; otherwise informative, redundant, repeated and noise
  ///     follow one another.
  ///   - seed: 0 up to 2³² − 1; without one, a seed is drawn from ``Random``.
  /// - Returns: features of shape `[samples, features]`, and a class for each row, from 0.
  /// - Throws: ``DatasetError`` when a parameter is out of its range or they do not fit together.
  ///
  /// Reference: Guyon (2003), Design of experiments for the NIPS 2003 variable selection benchmark.
  public static func makeClassification(
    samples: Int = 100, features: Int = 20, informative: Int = 2, redundant: Int = 2, repeated: Int = 0,
    classes: Int = 2, clustersPerClass: Int = 2, weights: [Double]? = nil, flipped: Double = 0.01,
    separation: Double = 1, isHypercube: Bool = true, shift: Double? = 0, scale: Double? = 1, isShuffled: Bool = true,
    seed: UInt64? = nil
  ) throws(DatasetError) -> (features: Matrix, labels: [Int]) {
    try checkSamples(samples)
    try check(informative > 0, "informative", "at least 1", informative)
    try check(redundant >= 0 && repeated >= 0, "redundant and repeated", "at least 0", (redundant, repeated))
    try check(
      classes > 0 && clustersPerClass > 0, "classes and clustersPerClass", "at least 1", (classes, clustersPerClass))
    let noisy = features - informative - redundant - repeated
    try check(noisy >= 0, "features", "at least informative + redundant + repeated", features)
    try check((0...1).contains(flipped), "flipped", "from 0 to 1", flipped)
    let clusters = classes * clustersPerClass
    try check(
      informative >= 62 || clusters <= 1 << informative, "classes · clustersPerClass",
      "at most 2 to the power of informative, which is \(1 << min(informative, 62))", clusters)
    let counts = try clusterCounts(samples, try shares(weights, of: classes), classes, clustersPerClass)

    var stream = try SampleStream(seed: seed)
    let centers = stream.clusterCenters(clusters, informative, separation, isHypercube)
    var x = Matrix.zeros(samples, features)
    var y = [Int](repeating: 0, count: samples)
    x[.all, 0..<informative] = stream.random.normals(shape: [samples, informative])
    var start = 0
    for (cluster, count) in counts.enumerated() {
      let rows = start..<start + count
      let mixing = 2 * stream.random.uniforms(shape: [informative, informative]) - 1
      x[rows, 0..<informative] = (x[rows, 0..<informative] • mixing + centers.row(cluster))
      for row in rows { y[row] = cluster % classes }
      start += count
    }
    let known = informative + redundant
    if redundant > 0 {
      let mixing = 2 * stream.random.uniforms(shape: [informative, redundant]) - 1
      x[.all, informative..<known] = (x[.all, 0..<informative] • mixing)
    }
    if repeated > 0 {
      let chosen = stream.random.uniforms(repeated).map { Int(Double(known - 1) * $0 + 0.5) }
      x[.all, known..<known + repeated] = x.gathered(Tensor(chosen), axis: 1)
    }
    if noisy > 0 { x[.all, (features - noisy)...] = stream.random.normals(shape: [samples, noisy]) }
    stream.flip(&y, share: flipped, classes)
    let offsets = shift.map { [$0] } ?? stream.random.uniforms(features).map { (2 * $0 - 1) * separation }
    let scales = scale.map { [$0] } ?? stream.random.uniforms(features).map { 1 + 100 * $0 }
    x = (x + Matrix(offsets)) * Matrix(scales)
    if isShuffled {
      stream.shuffle(&x, &y)
      _ = stream.shuffleColumns(of: &x)
    }
    return (x, y)
  }

  private static func shares(_ weights: [Double]?, of classes: Int) throws(DatasetError) -> [Double] {
    guard var shares = weights else { return [Double](repeating: 1 / Double(classes), count: classes) }
    try check(
      [classes - 1, classes].contains(shares.count), "weights", "\(classes) numbers, or one fewer", shares)
    if shares.count < classes { shares.append(1 - shares.reduce(0, +)) }
    let sum = shares.reduce(0, +)
    try check(
      shares.allSatisfy { $0 >= -1e-9 } && sum <= 1 + 1e-9, "weights", "at least 0, with a sum of at most 1", shares)
    return shares
  }

  /// How many samples each cluster gets; what rounding leaves goes to the first ones.
  private static func clusterCounts(
    _ samples: Int, _ shares: [Double], _ classes: Int, _ clustersPerClass: Int
  ) throws(DatasetError) -> [Int] {
    var counts = (0..<classes * clustersPerClass).map { cluster in
      max(0, Int(Double(samples) * shares[cluster % classes] / Double(clustersPerClass)))
    }
    let left = samples - counts.reduce(0, +)
    try check(left >= 0, "weights", "shares whose samples add up to \(samples)", shares)
    for i in 0..<left { counts[i % counts.count] += 1 }
    return counts
  }
}

extension SampleStream {
  fileprivate mutating func clusterCenters(
    _ count: Int, _ dimensions: Int, _ separation: Double, _ isHypercube: Bool
  ) -> Matrix {
    let corners = corners(count, dimensions).flatMap { $0.map(Double.init) }
    var centers = Matrix(corners, shape: [count, dimensions]) * (2 * separation) - separation
    if !isHypercube {
      centers *= random.uniforms(shape: [count, 1])
      centers *= random.uniforms(shape: [1, dimensions])
    }
    return centers
  }

  /// Different corners of the unit cube. Beyond 30 dimensions only the last 30 are sure to differ.
  private mutating func corners(_ count: Int, _ dimensions: Int) -> [[Int]] {
    if dimensions > 30 {
      let first = (0..<count).map { _ in (0..<dimensions - 30).map { _ in random.integer(below: 2) } }
      return zip(first, corners(count, 30)).map { $0 + $1 }
    }
    return differentNumbers(count, below: 1 << dimensions).map { number in
      (0..<dimensions).reversed().map { number >> $0 & 1 }
    }
  }

  /// Numbers of which none occurs twice, found in one of three ways depending on how many of all are wanted.
  private mutating func differentNumbers(_ count: Int, below population: Int) -> [Int] {
    let share = Double(count) / Double(population)
    if share > 0.01 && share < 0.99 { return Array(random.permutation(population).prefix(count)) }
    if share < 0.2 {
      var seen: Set<Int> = []
      return (0..<count).map { _ in
        while true {
          let number = random.integer(below: population)
          if seen.insert(number).inserted { return number }
        }
      }
    }
    // All of them, or nearly: a reservoir, in which later numbers replace earlier ones.
    var numbers = Array(0..<count)
    for later in count..<population {
      let place = random.integer(below: later + 1)
      if place < count { numbers[place] = later }
    }
    return numbers
  }

  fileprivate mutating func flip(_ labels: inout [Int], share: Double, _ classes: Int) {
    let flipped = random.uniforms(labels.count).indices(where: { $0 < share })
    for range in flipped.ranges { for row in range { labels[row] = random.integer(below: classes) } }
  }
}

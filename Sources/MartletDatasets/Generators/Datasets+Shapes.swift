import Foundation
import MartletNumerics

extension Datasets {
  /// Points on two half circles that interlock, to tell apart: no straight line can. (scikit-learn: `make_moons`)
  ///
  ///     let (x, y) = try Datasets.makeMoons(samples: 200, noise: 0.1, seed: 0)
  ///     x.shape      // [200, 2]
  ///
  /// The numbers are scikit-learn's for `random_state` = `seed`.
  /// - Parameters:
  ///   - samples: how many points; half of them, rounded down, are on the upper moon, whose label is 0.
  ///   - isShuffled: whether the order is random; otherwise the upper moon comes first.
  ///   - noise: the standard deviation of what is added to each coordinate; at least 0. The moons' radius is 1.
  ///   - seed: 0 up to 2³² − 1; without one, a seed is drawn from ``Random``.
  /// - Returns: coordinates of shape `[samples, 2]`, and for each point 0 or 1.
  /// - Throws: ``DatasetError`` when a parameter is out of its range.
  public static func makeMoons(
    samples: Int = 100, isShuffled: Bool = true, noise: Double = 0, seed: UInt64? = nil
  ) throws(DatasetError) -> (features: Matrix, labels: [Int]) {
    let upper = Matrix.linspace(0, Double.pi, count: samples / 2).scalars.map { [cos($0), sin($0)] }
    let lower = Matrix.linspace(0, Double.pi, count: samples - samples / 2).scalars.map {
      [1 - cos($0), 0.5 - sin($0)]
    }
    return try twoCurves(upper, lower, samples, isShuffled, noise, seed)
  }

  /// Points on a circle and on a smaller one within it, to tell apart. (scikit-learn: `make_circles`)
  ///
  ///     let (x, y) = try Datasets.makeCircles(samples: 200, noise: 0.05, factor: 0.5, seed: 0)
  ///
  /// The numbers are scikit-learn's for `random_state` = `seed`.
  /// - Parameters:
  ///   - samples: how many points; half of them, rounded down, are on the outer circle, whose label is 0.
  ///   - isShuffled: whether the order is random; otherwise the outer circle comes first.
  ///   - noise: the standard deviation of what is added to each coordinate; at least 0. The outer radius is 1.
  ///   - factor: the inner radius, from 0 up to, not including, 1.
  ///   - seed: 0 up to 2³² − 1; without one, a seed is drawn from ``Random``.
  /// - Returns: coordinates of shape `[samples, 2]`, and for each point 0 or 1.
  /// - Throws: ``DatasetError`` when a parameter is out of its range.
  public static func makeCircles(
    samples: Int = 100, isShuffled: Bool = true, noise: Double = 0, factor: Double = 0.8, seed: UInt64? = nil
  ) throws(DatasetError) -> (features: Matrix, labels: [Int]) {
    try check(factor >= 0 && factor < 1, "factor", "from 0 up to, not including, 1", factor)
    func circle(_ count: Int, radius: Double) -> [[Double]] {
      let step = 2 * Double.pi / Double(count)
      return (0..<max(count, 0)).map { [cos(Double($0) * step) * radius, sin(Double($0) * step) * radius] }
    }
    let outer = circle(samples / 2, radius: 1)
    let inner = circle(samples - samples / 2, radius: factor)
    return try twoCurves(outer, inner, samples, isShuffled, noise, seed)
  }

  private static func twoCurves(
    _ first: [[Double]], _ second: [[Double]], _ samples: Int, _ isShuffled: Bool, _ noise: Double, _ seed: UInt64?
  ) throws(DatasetError) -> (features: Matrix, labels: [Int]) {
    try checkSamples(samples, noise: noise)
    var stream = try SampleStream(seed: seed)
    var features = Matrix(first + second)
    var labels = first.map { _ in 0 } + second.map { _ in 1 }
    if isShuffled { stream.shuffle(&features, &labels) }
    if noise > 0 { features += stream.noise(samples, 2, standardDeviation: noise) }
    return (features, labels)
  }

  /// Points on a sheet that is rolled up, for methods that unroll it. (scikit-learn: `make_swiss_roll`)
  ///
  ///     let (x, t) = try Datasets.makeSwissRoll(samples: 500, seed: 0)      // x.shape is [500, 3]
  ///
  /// A point at angle `t` and height `h` is `(t cos t, h, t sin t)`, with `t` from 1.5 π to 4.5 π and `h` from 0 to 21.
  /// The numbers are scikit-learn's for `random_state` = `seed`.
  /// - Parameters:
  ///   - noise: the standard deviation of what is added to each coordinate; at least 0.
  ///   - hasHole: whether a rectangle in the middle of the sheet is left out.
  ///   - seed: 0 up to 2³² − 1; without one, a seed is drawn from ``Random``.
  /// - Returns: coordinates of shape `[samples, 3]`, and the angle of each point: its place along the sheet.
  /// - Throws: ``DatasetError`` when a parameter is out of its range.
  public static func makeSwissRoll(
    samples: Int = 100, noise: Double = 0, hasHole: Bool = false, seed: UInt64? = nil
  ) throws(DatasetError) -> (features: Matrix, positions: [Double]) {
    try checkSamples(samples, noise: noise)
    var stream = try SampleStream(seed: seed)
    let (angles, heights) = hasHole ? stream.sheetWithHole(samples) : stream.sheet(samples)
    let coordinates = Matrix([
      angles.map { $0 * cos($0) }, heights, angles.map { $0 * sin($0) },
    ])
    return ((coordinates + stream.noise(3, samples, standardDeviation: 1) * noise).transposed(), angles)
  }

  /// Points on a sheet that is bent like an S. (scikit-learn: `make_s_curve`)
  ///
  /// A point at place `t`, from −1.5 π to 1.5 π, and height `h`, from 0 to 2, is `(sin t, h, sign(t) (cos t − 1))`.
  /// The numbers are scikit-learn's for `random_state` = `seed`.
  /// - Parameters:
  ///   - noise: the standard deviation of what is added to each coordinate; at least 0.
  ///   - seed: 0 up to 2³² − 1; without one, a seed is drawn from ``Random``.
  /// - Returns: coordinates of shape `[samples, 3]`, and the place of each point along the S.
  /// - Throws: ``DatasetError`` when a parameter is out of its range.
  public static func makeSCurve(
    samples: Int = 100, noise: Double = 0, seed: UInt64? = nil
  ) throws(DatasetError) -> (features: Matrix, positions: [Double]) {
    try checkSamples(samples, noise: noise)
    var stream = try SampleStream(seed: seed)
    let places = stream.random.uniforms(samples).map { 3 * Double.pi * ($0 - 0.5) }
    let heights = stream.random.uniforms(samples).map { 2 * $0 }
    let depths = places.map { ($0 > 0 ? 1 : $0 < 0 ? -1 : 0) * (cos($0) - 1) }
    let coordinates = Matrix([places.map { sin($0) }, heights, depths])
    return ((coordinates + stream.noise(3, samples, standardDeviation: 1) * noise).transposed(), places)
  }
}

extension SampleStream {
  fileprivate mutating func sheet(_ count: Int) -> (angles: [Double], heights: [Double]) {
    let angles = random.uniforms(count).map { 1.5 * Double.pi * (1 + 2 * $0) }
    return (angles, random.uniforms(count).map { 21 * $0 })
  }

  /// The sheet is three by three rectangles, π by 7, and the one in the middle is missing.
  fileprivate mutating func sheetWithHole(_ count: Int) -> (angles: [Double], heights: [Double]) {
    let places = (0..<9).filter { $0 != 4 }
    let corners = places.map { place -> (angle: Double, height: Double) in
      (Double.pi * (1.5 + Double(place / 3)), Double(place % 3 * 7))
    }
    let chosen = (0..<count).map { _ in corners[random.integer(below: 8)] }
    let angles = zip(chosen, random.uniforms(count)).map { $0.angle + $1 * Double.pi }
    return (angles, zip(chosen, random.uniforms(count)).map { $0.height + $1 * 7 })
  }
}

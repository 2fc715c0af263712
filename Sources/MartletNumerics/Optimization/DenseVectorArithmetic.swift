/// The two operations on long vectors that the minimisers are made of.
enum DenseVectorArithmetic {
  @inline(__always)
  static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in a.indices { sum += a[i] * b[i] }
    return sum
  }

  @inline(__always)
  static func addScaled(_ target: inout [Double], _ factor: Double, _ other: [Double]) {
    for i in target.indices { target[i] += factor * other[i] }
  }
}

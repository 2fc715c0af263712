/// The weights of two classes, whole numbers, in one: an addition adds both.
struct ClassPair: BitwiseCopyable, Sendable, Equatable {
  /// The first class in the upper 32 bits, the second in the lower.
  private(set) var bits: UInt64 = 0

  /// With a larger sum of weights, sums of squares would be rounded.
  static let mostWeight = Double(1 << 26)

  static let none = ClassPair()

  @inline(__always)
  init(_ bits: UInt64 = 0) { self.bits = bits }

  @inline(__always)
  init(isSecond: Bool, weight: Double) { bits = UInt64(weight) << (isSecond ? 0 : 32) }

  @inline(__always) var firstAlone: ClassPair { ClassPair(bits & ~0xffff_ffff) }
  @inline(__always) var secondAlone: ClassPair { ClassPair(bits & 0xffff_ffff) }
  @inline(__always) var first: Double { Double(bits >> 32) }
  @inline(__always) var second: Double { Double(bits & 0xffff_ffff) }
  @inline(__always) var weight: Double { first + second }
  @inline(__always) var squares: Double { first * first + second * second }

  @inline(__always)
  static func + (a: ClassPair, b: ClassPair) -> ClassPair { ClassPair(a.bits &+ b.bits) }
  @inline(__always)
  static func - (a: ClassPair, b: ClassPair) -> ClassPair { ClassPair(a.bits &- b.bits) }
  @inline(__always)
  static func += (a: inout ClassPair, b: ClassPair) { a.bits &+= b.bits }
}

/// ``GiniCriterion`` for two classes whose samples' weights are whole numbers, as those of a draw with replacement are: the
/// same trees, found faster.
struct TwoClassGini: SplitCriterion {
  private var left = ClassPair.none
  private var total = ClassPair.none

  /// Whether the weights are whole numbers with a sum that is exact in every form; `nil` for all 1.
  static func takes(_ weights: [Double]?) -> Bool {
    guard let weights else { return true }
    var sum = 0.0
    for weight in weights {
      guard weight >= 0, weight <= ClassPair.mostWeight, weight == weight.rounded() else { return false }
      sum += weight
    }
    return sum <= ClassPair.mostWeight
  }

  var outputCount: Int { 2 }
  var weight: Double { total.weight }
  var leftWeight: Double { left.weight }
  var impurity: Double { max(0, 1 - total.squares / (weight * weight)) }
  var isPure: Bool { total.first == 0 || total.second == 0 }
  var unsplitScore: Double { total.squares / weight }
  @inline(__always) var score: Double { Self.score(left, of: total) }

  /// `∑ Lₖ² / L + ∑ Rₖ² / R`.
  @inline(__always)
  static func score(_ left: ClassPair, of total: ClassPair) -> Double {
    let right = total - left
    return left.squares / left.weight + right.squares / right.weight
  }

  @inline(__always)
  mutating func begin(_ observations: UnsafePointer<ClassPair>, _ count: Int) {
    (left, total) = (.none, .none)
    for i in 0..<count { total += observations[i] }
  }

  @inline(__always) mutating func restart() { left = .none }
  @inline(__always) mutating func move(_ observation: ClassPair) { left += observation }

  func appendValue(to values: inout [Double]) {
    values.append(total.first / weight)
    values.append(total.second / weight)
  }

  func categoryOrder(_ secondClassWeight: Double, _ weight: Double) -> Double? { secondClassWeight / weight }
  func orderTerm(_ observation: ClassPair) -> (sum: Double, weight: Double) { (observation.second, observation.weight) }
  @inline(__always)
  static func pairs(_ observations: UnsafePointer<ClassPair>) -> UnsafePointer<ClassPair>? { observations }
}

import MartletNumerics

/// A set of possible observations or actions.
public protocol Space<Element>: Sendable {
  associatedtype Element
  /// Whether the element is possible.
  func contains(_ element: Element) -> Bool
  /// One of the elements at random.
  func sample(using random: inout PCG64) -> Element
}

/// The whole numbers `0..<count`, perhaps with names. (Gymnasium: `Discrete`)
///
///     DiscreteSpace(names: ["left", "right"]).count      // 2
public struct DiscreteSpace: Space, Hashable {
  /// How many there are; at least 1.
  public let count: Int
  /// A name for each.
  public let names: [String]

  /// Numbers whose names are their digits. Stops the cell unless `count` is positive.
  public init(_ count: Int) { self.init(names: (0..<max(count, 0)).map(String.init)) }

  /// Numbers with names. Stops the cell when there are none.
  public init(names: [String]) {
    guard !names.isEmpty else { fatalError("A space needs at least one element.") }
    self.names = names
    count = names.count
  }

  public func contains(_ element: Int) -> Bool { (0..<count).contains(element) }

  public func sample(using random: inout PCG64) -> Int { random.integer(below: count) }
}

/// Lists of numbers, each between two bounds, which may be infinite. (Gymnasium: `Box`)
///
///     BoxSpace(low: [-1.2, -0.07], high: [0.6, 0.07]).contains([0, 0])      // true
public struct BoxSpace: Space, Hashable {
  /// The least value of each number.
  public let low: [Double]
  /// The largest value of each number.
  public let high: [Double]

  /// Stops the cell unless there is one upper bound for each lower one, none below it.
  public init(low: [Double], high: [Double]) {
    guard low.count == high.count, zip(low, high).allSatisfy({ $0 <= $1 }) else {
      fatalError("A box needs an upper bound for each lower one, none below it: low is \(low), high is \(high).")
    }
    self.low = low
    self.high = high
  }

  public func contains(_ element: [Double]) -> Bool {
    element.count == low.count && element.indices.allSatisfy { low[$0] <= element[$0] && element[$0] <= high[$0] }
  }

  /// Uniform between finite bounds, exponential away from a single one, normal where there is none.
  public func sample(using random: inout PCG64) -> [Double] {
    zip(low, high).map { low, high in
      switch (low.isFinite, high.isFinite) {
      case (true, true): random.uniform(from: low, to: high)
      case (true, false): low + random.standardExponential()
      case (false, true): high - random.standardExponential()
      case (false, false): random.standardNormal()
      }
    }
  }
}

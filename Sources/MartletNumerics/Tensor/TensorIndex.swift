/// What may stand between a tensor's brackets for one axis: a number, a range, `.all`, `.stride(by: 2)` or `.newAxis`;
/// `.ellipsis` stands for all axes that are not named.
///
///     t[0..<2, .all]           // the first two rows
///     t[.all, -1]              // the last column
///     t[.stride(by: 2)]        // every second row
///     t[.all, .newAxis]        // a column vector from a row of numbers
///     t[.ellipsis, 0]          // the first element along the last axis, however many axes there are
public protocol TensorIndex: Sendable {
  /// What is picked, for an axis of `length` elements.
  func pick(of length: Int) -> TensorPick
}

/// What an index picks of one axis.
public struct TensorPick: Sendable, Hashable {
  /// One element, several, or an axis that is not there yet.
  package enum Content: Sendable, Hashable {
    case one(Int)
    case some(start: Int, count: Int, step: Int)
    case newAxis
  }
  /// What is picked.
  package let content: Content
  /// A pick of your own.
  package init(_ content: Content) { self.content = content }
}

/// A whole axis, a stride along it, a new one, or all axes that are left: the indices with a name.
public struct NamedTensorIndex: TensorIndex, Hashable {
  private enum Kind: Hashable {
    case stride(Int)
    case newAxis, ellipsis
  }
  private let kind: Kind

  /// Everything along the axis.
  public static let all = NamedTensorIndex(kind: .stride(1))
  /// A new axis of length 1.
  public static let newAxis = NamedTensorIndex(kind: .newAxis)
  /// Everything along all axes that the other indices leave. (NumPy: `...`)
  public static let ellipsis = NamedTensorIndex(kind: .ellipsis)
  /// Every `step`-th element; a negative step runs backwards from the last.
  public static func stride(by step: Int) -> NamedTensorIndex {
    guard step != 0 else { fatalError(".stride(by:) needs a step other than 0.") }
    return NamedTensorIndex(kind: .stride(step))
  }

  var takesAnAxis: Bool { if case .stride = kind { true } else { false } }
  var isEllipsis: Bool { kind == .ellipsis }

  /// The whole axis, every so many elements of it, or a new one.
  public func pick(of length: Int) -> TensorPick {
    switch kind {
    case .newAxis: return TensorPick(.newAxis)
    case .ellipsis: return TensorPick(.some(start: 0, count: length, step: 1))
    case .stride(let step):
      let count = (length + abs(step) - 1) / abs(step)
      return TensorPick(.some(start: step > 0 ? 0 : max(length - 1, 0), count: count, step: step))
    }
  }
}

extension TensorIndex where Self == NamedTensorIndex {
  /// Everything along the axis.
  public static var all: NamedTensorIndex { NamedTensorIndex.all }
  /// A new axis of length 1.
  public static var newAxis: NamedTensorIndex { NamedTensorIndex.newAxis }
  /// Everything along all axes that the other indices leave. (NumPy: `...`)
  public static var ellipsis: NamedTensorIndex { NamedTensorIndex.ellipsis }
  /// Every `step`-th element; a negative step runs backwards from the last.
  public static func stride(by step: Int) -> NamedTensorIndex { NamedTensorIndex.stride(by: step) }
}

extension Int: TensorIndex {
  /// One element; negative numbers count from the end. Stops the cell outside the axis.
  public func pick(of length: Int) -> TensorPick {
    let index = self < 0 ? self + length : self
    guard index >= 0, index < length else {
      fatalError("Index \(self) is outside an axis of length \(length).")
    }
    return TensorPick(.one(index))
  }
}

extension RangeExpression where Bound == Int {
  fileprivate func pickRange(of length: Int) -> TensorPick {
    // `relative(to:)` fills an open end in with the axis's own.
    let range = relative(to: 0..<length)
    guard range.lowerBound >= 0, range.upperBound <= length else {
      fatalError("Range \(range.lowerBound)..<\(range.upperBound) is outside an axis of length \(length).")
    }
    return TensorPick(.some(start: range.lowerBound, count: range.count, step: 1))
  }
}

extension Range: TensorIndex where Bound == Int {
  /// The elements of the range. Stops the cell outside the axis.
  public func pick(of length: Int) -> TensorPick { pickRange(of: length) }
}
extension ClosedRange: TensorIndex where Bound == Int {
  /// The elements of the range. Stops the cell outside the axis.
  public func pick(of length: Int) -> TensorPick { pickRange(of: length) }
}
extension PartialRangeFrom: TensorIndex where Bound == Int {
  /// From the lower bound to the axis's end.
  public func pick(of length: Int) -> TensorPick { pickRange(of: length) }
}
extension PartialRangeUpTo: TensorIndex where Bound == Int {
  /// From the axis's start up to, not including, the upper bound.
  public func pick(of length: Int) -> TensorPick { pickRange(of: length) }
}
extension PartialRangeThrough: TensorIndex where Bound == Int {
  /// From the axis's start up to and including the upper bound.
  public func pick(of length: Int) -> TensorPick { pickRange(of: length) }
}

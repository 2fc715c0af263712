import Foundation
import MartletDisplay

extension Tensor: CustomStringConvertible, RichDisplayable {
  /// The elements between brackets, aligned; of more than 1,000 elements only three at each end of an axis.
  ///
  ///     print(Matrix([[1, 2.25], [-3, 4]]))
  ///     // [[ 1.00,  2.25],
  ///     //  [-3.00,  4.00]]
  public var description: String {
    let shown = count > 1_000 ? shape.map(shownTensorPlaces) : shape.map { Array(0..<$0) }
    let texts = Scalar._texts(elements(shown))
    let width = texts.map(\.count).max() ?? 0
    var rest = texts[...]
    return text(shown[...], depth: 0) {
      let text = rest.popFirst() ?? ""
      return String(repeating: " ", count: width - text.count) + text
    }
  }

  /// The text; large tensors also say their type and shape.
  public func displayBundle() -> DisplayBundle {
    let header = count > 1_000 ? "Tensor<\(Scalar.self)> \(shape)\n" : ""
    return [.plainText: .text(header + description)]
  }

  /// The elements that are shown; -1 stands for those left out.
  private func elements(_ shown: [[Int]]) -> [Scalar] {
    var places = [offset]
    for (axis, indices) in shown.enumerated() {
      places = places.flatMap { place in indices.filter { $0 >= 0 }.map { place + $0 * strides[axis] } }
    }
    return places.map { storage[$0] }
  }

  private func text(_ shown: ArraySlice<[Int]>, depth: Int, _ next: () -> String) -> String {
    guard let indices = shown.first else { return next() }
    let inner = shown.dropFirst()
    let parts = indices.map { $0 < 0 ? "…" : text(inner, depth: depth + 1, next) }
    if inner.isEmpty { return "[" + parts.joined(separator: ", ") + "]" }
    let gap = String(repeating: "\n", count: inner.count) + String(repeating: " ", count: depth + 1)
    return "[" + parts.joined(separator: "," + gap) + "]"
  }
}

/// The indices shown of an axis: all, or three at each end with -1 between them.
private func shownTensorPlaces(_ length: Int) -> [Int] {
  length <= 6 ? Array(0..<length) : [0, 1, 2, -1] + Array(length - 3..<length)
}

/// Formats numbers with as many decimals as the one that needs most, at least one and at most `digits`; in scientific
/// notation when they are very large, very small, or too far apart.
func alignedTensorTexts(_ numbers: [Double], digits: Int) -> [String] {
  let sizes = numbers.filter { $0.isFinite && $0 != 0 }.map { abs($0) }
  let (smallest, largest) = (sizes.min() ?? 1, sizes.max() ?? 1)
  let isWhole = sizes.allSatisfy { $0 == $0.rounded() }
  if largest >= 1e8 || (!isWhole && (smallest < 1e-4 || largest / smallest > 1e6)) {
    return numbers.map { $0.isFinite ? String(format: "%.\(min(digits, 6))e", $0) : namedTensorNumber($0) }
  }
  let decimals = numbers.filter(\.isFinite).map { decimalsNeeded($0, digits) }.max() ?? 1
  return numbers.map { $0.isFinite ? String(format: "%.\(max(decimals, 1))f", $0) : namedTensorNumber($0) }
}

private func namedTensorNumber(_ number: Double) -> String { number.isNaN ? "nan" : number < 0 ? "-inf" : "inf" }

/// How many decimals show `number` to `digits` decimals, without trailing zeros.
private func decimalsNeeded(_ number: Double, _ digits: Int) -> Int {
  let text = String(format: "%.\(digits)f", number)
  let trailingZeros = text.reversed().prefix { $0 == "0" }.count
  return digits - min(trailingZeros, digits)
}

import Foundation

/// What ``FastTextClassifier`` makes small.
public enum FastTextLoss: Sendable, Hashable {
  /// `−log p(label)` over all classes. (fastText: `softmax`)
  case softmax
  /// The same by decisions on the way down a Huffman tree of the classes: as many as a label's number has bits, not one for
  /// each class. For thousands of classes. (fastText: `hs`)
  case hierarchicalSoftmax
  /// A yes for the label and a no for so many others, drawn by the root of how frequent they are. (fastText: `ns`)
  case negativeSampling(samples: Int = 5)
  /// A yes for the label and a no for all others. (fastText: `ova`)
  case oneVersusAll
}

extension FastTextLoss: Codable {
  private enum CodingKeys: String, CodingKey { case name, samples }

  public func encode(to encoder: any Encoder) throws {
    var file = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .softmax: try file.encode("softmax", forKey: .name)
    case .hierarchicalSoftmax: try file.encode("hs", forKey: .name)
    case .oneVersusAll: try file.encode("ova", forKey: .name)
    case .negativeSampling(let samples):
      try file.encode("ns", forKey: .name)
      try file.encode(samples, forKey: .samples)
    }
  }

  /// Reads what was encoded; throws `DecodingError` at another name.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    switch try file.decode(String.self, forKey: .name) {
    case "softmax": self = .softmax
    case "hs": self = .hierarchicalSoftmax
    case "ova": self = .oneVersusAll
    case "ns": self = .negativeSampling(samples: try file.decode(Int.self, forKey: .samples))
    case let name:
      throw DecodingError.dataCorruptedError(
        forKey: .name, in: file, debugDescription: "Expected softmax, hs, ns or ova; found '\(name)'.")
    }
  }
}

/// A Huffman tree of classes: frequent ones have short ways from the root.
struct LabelTree: Sendable, Equatable {
  /// The decisions on the way to each class: a node's number, and whether the way goes on to its second branch.
  let ways: [[(node: Int, goesRight: Bool)]]

  static func == (a: LabelTree, b: LabelTree) -> Bool {
    a.ways.elementsEqual(b.ways) { $0.elementsEqual($1) { $0 == $1 } }
  }

  /// - Parameter counts: how often each class occurs, of at least two.
  init(_ counts: [Int]) {
    var ways = [[(node: Int, goesRight: Bool)]](repeating: [], count: counts.count)
    // Leaves by their counts, and nodes as they are made, are both in order: the two least are at their heads.
    var leaves = counts.indices.sorted { (counts[$0], $0) < (counts[$1], $1) }[...]
    var nodes: [(count: Int, classes: [Int])] = []
    var first = 0
    func next() -> (count: Int, classes: [Int]) {
      if let leaf = leaves.first, first == nodes.count || counts[leaf] <= nodes[first].count {
        leaves.removeFirst()
        return (counts[leaf], [leaf])
      }
      first += 1
      return nodes[first - 1]
    }
    for node in 0..<max(counts.count - 1, 0) {
      let (left, right) = (next(), next())
      for code in left.classes { ways[code].append((node, false)) }
      for code in right.classes { ways[code].append((node, true)) }
      nodes.append((left.count + right.count, left.classes + right.classes))
    }
    self.ways = ways.map { $0.reversed() }
  }
}

import Foundation
import MartletNumerics

/// A model that LightGBM has written as text: a line for each list of numbers, a block for each tree.
enum LightGBMFile {
  static func forest(_ path: String) throws(ModelFileError) -> ForeignForest {
    let text: String
    do {
      text = try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
    } catch { throw ModelFileError("\(path) cannot be read: \(error.localizedDescription)") }
    return try forest(text, path)
  }

  static func forest(_ text: String, _ name: String) throws(ModelFileError) -> ForeignForest {
    let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
    guard lines.first == "tree" else {
      throw ModelFileError("\(name) is not a LightGBM model: it does not begin with 'tree'.")
    }
    guard let end = lines.firstIndex(of: "end of trees") else {
      throw ModelFileError("\(name) is damaged: its trees have no end.")
    }
    var blocks: [Block] = [Block(name: name)]
    for line in lines[1..<end] {
      if line.hasPrefix("Tree=") { blocks.append(Block(name: "tree \(blocks.count - 1) of \(name)")) }
      blocks[blocks.count - 1].add(line)
    }
    let header = blocks[0]
    let features = try header.number("max_feature_idx", in: 0...1_000_000) + 1
    let outputs = try header.number("num_tree_per_iteration", in: 1...10_000)
    let (link, sigmoid) = try objective(header, outputs)
    let count = blocks.count - 1
    guard count % outputs == 0 else {
      throw ModelFileError("\(name) is damaged: it has \(count) trees, which is no multiple of \(outputs).")
    }
    // A random forest's trees are averaged, boosted ones summed.
    let scale = sigmoid / (header.isFlagged("average_output") ? Double(max(count / outputs, 1)) : 1)
    var trees: [DecisionTree] = []
    for block in blocks.dropFirst() {
      trees.append(try ForeignForest.tree(try block.nodes(scale: scale), featureCount: features, "The \(block.name)"))
    }
    return ForeignForest(
      baseline: .init(repeating: 0, count: outputs), trees: trees, featureCount: features, link: link)
  }

  /// What scores stand for, and what they are multiplied by first.
  private static func objective(_ header: Block, _ outputs: Int) throws(ModelFileError) -> (ForeignForest.Link, Double)
  {
    let words = (header.entries["objective"] ?? "").split(separator: " ").map(String.init)
    switch words.first {
    case "binary":
      let sigmoid = words.first { $0.hasPrefix("sigmoid:") }.flatMap { Double($0.dropFirst(8)) } ?? 1
      guard outputs == 1, sigmoid > 0, sigmoid.isFinite else { break }
      return (.probabilities, sigmoid)
    case "multiclass" where outputs > 1: return (.probabilities, 1)
    case "poisson", "gamma", "tweedie": return (.logarithm, 1)
    case "regression", "regression_l1", "huber", "fair", "quantile", "mape", "lambdarank", "rank_xendcg":
      if words.contains("sqrt") { break }
      return (.identity, 1)
    default: break
    }
    throw ModelFileError("\(header.name) has the objective '\(words.joined(separator: " "))', which is not known here.")
  }

  /// Lines of the form `key=value`.
  private struct Block {
    let name: String
    private(set) var entries: [String: String] = [:]

    init(name: String) { self.name = name }

    mutating func add(_ line: String) {
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      entries[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
    }

    func isFlagged(_ key: String) -> Bool { entries[key] == "" }

    func number(_ key: String, in range: ClosedRange<Int>) throws(ModelFileError) -> Int {
      guard let number = entries[key].flatMap({ Int($0) }), range.contains(number) else {
        throw ModelFileError(
          "\(name) is damaged: '\(key)' is \(entries[key] ?? "absent"), not from \(range.lowerBound) to \(range.upperBound)."
        )
      }
      return number
    }

    func numbers(_ key: String, count: Int) throws(ModelFileError) -> [Double] {
      let numbers = (entries[key] ?? "").split(separator: " ").map { Double($0) ?? .nan }
      guard numbers.count == count, !numbers.contains(where: \.isNaN) else {
        throw ModelFileError("\(name) is damaged: '\(key)' has to be \(count) numbers.")
      }
      return numbers
    }

    private func places(_ key: String, count: Int) throws(ModelFileError) -> [Int] {
      try numbers(key, count: count).map { abs($0) < 1e9 ? Int($0) : .max }
    }

    /// The questions, and behind them the leaves.
    func nodes(scale: Double) throws(ModelFileError) -> [ForeignForest.Node] {
      let leaves = try number("num_leaves", in: 1...10_000_000)
      if entries["num_cat", default: "0"] != "0" {
        throw ModelFileError("\(name) splits by categories, which is not known here. Encode them before training.")
      }
      if entries["is_linear", default: "0"] != "0" {
        throw ModelFileError("\(name) has linear leaves, which are not known here.")
      }
      let values = try numbers("leaf_value", count: leaves)
      let questions = leaves - 1
      var nodes: [ForeignForest.Node] = []
      if questions > 0 {
        let (features, kinds) = (
          try places("split_feature", count: questions), try places("decision_type", count: questions)
        )
        let (lefts, rights) = (try places("left_child", count: questions), try places("right_child", count: questions))
        let thresholds = try numbers("threshold", count: questions)
        let means = try? numbers("internal_value", count: questions)
        let gains = try? numbers("split_gain", count: questions)
        let counts = try? places("internal_count", count: questions)
        for node in 0..<questions {
          // Leaves are numbered −1, −2, …, and stand behind the questions here.
          let (left, right) = (child(lefts[node], questions), child(rights[node], questions))
          nodes.append(
            ForeignForest.Node(
              question: (
                features[node], thresholds[node], left, right, try missingGoesLeft(kinds[node], thresholds[node])
              ),
              value: scale * (means?[node] ?? 0), gain: gains?[node] ?? 0, weight: Double(counts?[node] ?? 0),
              count: counts?[node] ?? 0))
        }
      }
      let counts = try? places("leaf_count", count: leaves)
      for leaf in 0..<leaves {
        nodes.append(
          ForeignForest.Node(
            value: scale * values[leaf], weight: Double(counts?[leaf] ?? 0), count: counts?[leaf] ?? 0))
      }
      return nodes
    }

    private func child(_ place: Int, _ questions: Int) -> Int {
      place == .max ? .max : place < 0 ? questions - 1 - place : place
    }

    /// Bit 0 stands for categories, bit 1 for missing values going left, bits 2 and 3 for what is missing: nothing, zeros,
    /// or NaN.
    private func missingGoesLeft(_ kind: Int, _ threshold: Double) throws(ModelFileError) -> Bool {
      guard (0...15).contains(kind), kind & 1 == 0 else {
        throw ModelFileError("\(name) has a question of kind \(kind), which is not known here.")
      }
      switch kind >> 2 {
      case 0: return 0 <= threshold  // NaN is taken for zero
      case 2: return kind & 2 != 0
      default: throw ModelFileError("\(name) takes zeros for missing values, which is not known here.")
      }
    }
  }
}

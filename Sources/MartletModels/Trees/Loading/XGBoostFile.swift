import Foundation
import MartletNumerics

/// A model that XGBoost has written as JSON.
///
/// XGBoost compares and adds 32-bit numbers. Comparisons are the same here: `Float(x) < t` holds for all `x` up to a 64-bit
/// number, which becomes the threshold. Sums have 64 bits, so that scores differ by rounding, less than 10⁻⁶ of them.
enum XGBoostFile {
  static func forest(_ path: String) throws(ModelFileError) -> ForeignForest {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch { throw ModelFileError("\(path) cannot be read: \(error.localizedDescription)") }
    return try forest(data, path)
  }

  static func forest(_ data: Data, _ name: String) throws(ModelFileError) -> ForeignForest {
    let learner: Learner
    do {
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      learner = try decoder.decode(Content.self, from: data).learner
    } catch {
      throw ModelFileError("\(name) is not an XGBoost model in JSON: \(ModelFileError.reason(error))")
    }
    let booster = learner.gradientBooster
    guard let model = booster.model ?? booster.gbtree?.model else {
      throw ModelFileError("\(name) has a booster '\(booster.name)'; gbtree and dart can be loaded.")
    }
    let drops = booster.weightDrop ?? []
    guard booster.name == "gbtree" || booster.name == "dart" && drops.count == model.trees.count else {
      throw ModelFileError("\(name) has a booster '\(booster.name)' that does not fit its trees.")
    }
    let features = try number(learner.learnerModelParam.numFeature, name, in: 1...1_000_000)
    let classes = try number(learner.learnerModelParam.numClass, name, in: 0...10_000)
    let outputs = max(classes, 1)
    let link = try link(learner.objective.name, name)
    guard link == .probabilities || outputs == 1 else {
      throw ModelFileError("\(name) has \(outputs) outputs; numbers are loaded one at a time.")
    }
    var groups = [[DecisionTree]](repeating: [], count: outputs)
    guard model.treeInfo.count == model.trees.count else {
      throw ModelFileError(
        "\(name) is damaged: \(model.trees.count) trees for \(model.treeInfo.count) outputs of trees.")
    }
    for (place, tree) in model.trees.enumerated() {
      guard groups.indices.contains(model.treeInfo[place]) else {
        throw ModelFileError("\(name) is damaged: tree \(place) is for output \(model.treeInfo[place]) of \(outputs).")
      }
      let nodes = try tree.nodes("tree \(place) of \(name)", scale: booster.name == "dart" ? drops[place] : 1)
      groups[model.treeInfo[place]].append(
        try ForeignForest.tree(nodes, featureCount: features, "Tree \(place) of \(name)"))
    }
    let rounds = groups[0].count
    guard groups.allSatisfy({ $0.count == rounds }) else {
      throw ModelFileError("\(name) is damaged: outputs have \(groups.map(\.count)) trees.")
    }
    return ForeignForest(
      baseline: try baseline(learner.learnerModelParam.baseScore, learner.objective.name, outputs, name),
      trees: (0..<rounds).flatMap { round in groups.map { $0[round] } }, featureCount: features, link: link)
  }

  private static func number(_ text: String, _ name: String, in range: ClosedRange<Int>) throws(ModelFileError) -> Int {
    guard let number = Int(text), range.contains(number) else {
      throw ModelFileError(
        "\(name) is damaged: '\(text)' is no number from \(range.lowerBound) to \(range.upperBound).")
    }
    return number
  }

  private static func link(_ objective: String, _ name: String) throws(ModelFileError) -> ForeignForest.Link {
    switch objective {
    case "binary:logistic", "multi:softmax", "multi:softprob": return .probabilities
    case "count:poisson", "reg:gamma", "reg:tweedie": return .logarithm
    case "reg:squarederror", "reg:absoluteerror", "reg:pseudohubererror", "reg:quantileerror", "binary:logitraw",
      "rank:ndcg", "rank:map", "rank:pairwise":
      return .identity
    default: throw ModelFileError("\(name) has the objective '\(objective)', which is not known here.")
    }
  }

  /// The score before any tree; the file has what it stands for.
  private static func baseline(
    _ text: String, _ objective: String, _ outputs: Int, _ name: String
  ) throws(ModelFileError) -> [Double] {
    let numbers = text.trimmingCharacters(in: CharacterSet(charactersIn: "[] ")).split(separator: ",").map {
      Float($0.trimmingCharacters(in: .whitespaces)) ?? .nan
    }
    let scores = numbers.map { number -> Double in
      let value = Double(number)
      switch objective {
      case "binary:logistic": return log(value / (1 - value))
      case "count:poisson", "reg:gamma", "reg:tweedie": return log(value)
      default: return value
      }
    }
    guard scores.count == 1 || scores.count == outputs, scores.allSatisfy(\.isFinite) else {
      throw ModelFileError("\(name) is damaged: its base score is '\(text)'.")
    }
    return scores.count == outputs ? scores : .init(repeating: scores[0], count: outputs)
  }

  /// The largest number that is rounded to a 32-bit number below `threshold`.
  static func border(below threshold: Float) -> Double {
    let last = threshold.nextDown
    let middle = (Double(last) + Double(threshold)) / 2
    // Half-way numbers are rounded to the even one.
    return last.bitPattern & 1 == 0 ? middle : middle.nextDown
  }

  // The names are those of the file, without its underscores.
  private struct Content: Decodable { let learner: Learner }
  private struct Learner: Decodable {
    struct Parameters: Decodable { let baseScore, numClass, numFeature: String }
    struct Objective: Decodable { let name: String }
    let gradientBooster: Booster
    let learnerModelParam: Parameters
    let objective: Objective
  }
  private struct Booster: Decodable {
    struct Inner: Decodable { let model: Model }
    let name: String
    let model: Model?
    let gbtree: Inner?
    let weightDrop: [Double]?
  }
  private struct Model: Decodable {
    let trees: [Tree]
    let treeInfo: [Int]
  }

  private struct Tree: Decodable {
    struct Parameters: Decodable { let sizeLeafVector: String? }
    let treeParam: Parameters
    let leftChildren, rightChildren, splitIndices, defaultLeft: [Int]
    let splitConditions: [Float]
    let splitType: [Int]?
    let baseWeights, lossChanges, sumHessian: [Float]?

    func nodes(_ name: String, scale: Double) throws(ModelFileError) -> [ForeignForest.Node] {
      let count = leftChildren.count
      guard count > 0, [rightChildren, splitIndices, defaultLeft].allSatisfy({ $0.count == count }),
        splitConditions.count == count, splitType?.count ?? count == count
      else { throw ModelFileError("\(name) is damaged: its lists have different lengths.") }
      if splitType?.contains(where: { $0 != 0 }) ?? false {
        throw ModelFileError("\(name) splits by categories, which is not known here. Encode them before training.")
      }
      if let size = treeParam.sizeLeafVector.flatMap({ Int($0) }), size > 1 {
        throw ModelFileError("\(name) has leaves of \(size) values, which are not known here.")
      }
      func entry(_ list: [Float]?, _ node: Int) -> Double {
        list.flatMap { $0.indices.contains(node) ? Double($0[node]) : nil } ?? 0
      }
      return (0..<count).map { node in
        let isLeaf = leftChildren[node] < 0
        return ForeignForest.Node(
          question: isLeaf
            ? nil
            : (
              splitIndices[node], border(below: splitConditions[node]), leftChildren[node], rightChildren[node],
              defaultLeft[node] != 0
            ),
          value: scale * (isLeaf ? Double(splitConditions[node]) : entry(baseWeights, node)),
          gain: isLeaf ? 0 : entry(lossChanges, node), weight: entry(sumHessian, node))
      }
    }
  }
}

extension DecisionTree: Codable {
  private enum CodingKeys: String, CodingKey {
    case version, featureCount, outputCount, features, thresholds, lefts, rights, missingGoesLeft, categories
    case categorySets, values, impurities, gains, sampleCounts, weights
  }

  /// The layout that this version writes, and the only one that it reads.
  private static let version = 1

  /// Writes a list for each property of the nodes. A threshold without end is written as `null`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Self.version, forKey: .version)
    try container.encode(featureCount, forKey: .featureCount)
    try container.encode(outputCount, forKey: .outputCount)
    try container.encode(steps.map(\.feature), forKey: .features)
    try container.encode(steps.map { $0.threshold.isFinite ? $0.threshold : nil }, forKey: .thresholds)
    try container.encode(steps.map(\.left), forKey: .lefts)
    try container.encode(steps.map(\.right), forKey: .rights)
    try container.encode(steps.map(\.missingGoesLeft), forKey: .missingGoesLeft)
    if !categories.isEmpty {
      try container.encode(steps.map(\.categories), forKey: .categories)
      try container.encode(categories, forKey: .categorySets)
    }
    try container.encode(values, forKey: .values)
    try container.encode(impurities, forKey: .impurities)
    try container.encode(gains, forKey: .gains)
    try container.encode(sampleCounts, forKey: .sampleCounts)
    try container.encode(weights, forKey: .weights)
  }

  /// Reads what ``encode(to:)`` wrote. Lists of different lengths, children that do not come after their parent or have
  /// two, and features or categories that do not exist are a `DecodingError` that says where.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let version = try container.decode(Int.self, forKey: .version)
    guard version == Self.version else {
      throw DecodingError.dataCorruptedError(
        forKey: .version, in: container,
        debugDescription: "expected a tree of version \(Self.version), found version \(version)")
    }
    featureCount = try container.decode(Int.self, forKey: .featureCount)
    outputCount = try container.decode(Int.self, forKey: .outputCount)
    let features = try container.decode([Int32].self, forKey: .features)
    let count = features.count
    func list<Element: Decodable>(_ key: CodingKeys, each: Int = 1, of _: Element.Type) throws -> [Element] {
      let list = try container.decode([Element].self, forKey: key)
      let (expected, overflow) = count.multipliedReportingOverflow(by: each)
      guard !overflow, list.count == expected else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: container,
          debugDescription:
            "expected \(each) value\(each == 1 ? "" : "s") for each of \(count) nodes, found \(list.count)")
      }
      return list
    }
    let thresholds = try list(.thresholds, of: Double?.self)
    let lefts = try list(.lefts, of: Int32.self)
    let rights = try list(.rights, of: Int32.self)
    let missing = try list(.missingGoesLeft, of: Bool.self)
    categories = try container.decodeIfPresent([CategorySet].self, forKey: .categorySets) ?? []
    let sets =
      categories.isEmpty ? [Int32](repeating: -1, count: count) : try list(.categories, of: Int32.self)
    values = try list(.values, each: outputCount, of: Double.self)
    impurities = try list(.impurities, of: Double.self)
    gains = try list(.gains, of: Double.self)
    sampleCounts = try list(.sampleCounts, of: Int.self)
    weights = try list(.weights, of: Double.self)
    steps = features.indices.map {
      Step(
        threshold: thresholds[$0] ?? .infinity, feature: features[$0], left: lefts[$0], right: rights[$0],
        categories: sets[$0], missingGoesLeft: missing[$0])
    }
    if let problem = structuralProblem() {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a tree: \(problem)"))
    }
  }

  /// Why walking over the nodes would not be safe; `nil` where it is.
  private func structuralProblem() -> String? {
    if featureCount < 1 { return "expected at least 1 feature, found \(featureCount)" }
    if outputCount < 1 { return "expected at least 1 output, found \(outputCount)" }
    if steps.isEmpty { return "expected at least one node, found none" }
    var hasParent = [Bool](repeating: false, count: steps.count)
    for (node, step) in steps.enumerated() where step.feature != -1 {
      guard 0..<featureCount ~= Int(step.feature) else {
        return "node \(node) asks about feature \(step.feature) of \(featureCount)"
      }
      guard step.categories == -1 || categories.indices ~= Int(step.categories) else {
        return "node \(node) names set \(step.categories) of \(categories.count) sets of categories"
      }
      for child in [Int(step.left), Int(step.right)] {
        // A child after its parent rules out circles; one parent each makes it a tree.
        guard child > node, child < steps.count else {
          return "node \(node) of \(steps.count) has \(child) as a child; children come after their parent"
        }
        if hasParent[child] { return "node \(child) has more than one parent" }
        hasParent[child] = true
      }
    }
    if let orphan = hasParent.dropFirst().firstIndex(of: false) { return "node \(orphan) has no parent" }
    return nil
  }
}

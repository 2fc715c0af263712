/// What a decoded model of trees must keep to before it may predict.
enum TreeDecoding {
  /// At least one tree, all with the same features and this many outputs.
  static func check(_ trees: [DecisionTree], outputs: Int, _ decoder: any Decoder) throws {
    guard let first = trees.first else { throw problem("expected at least one tree, found none", decoder) }
    for (place, tree) in trees.enumerated() {
      guard tree.outputCount == outputs else {
        throw problem("expected \(outputs) outputs of tree \(place), found \(tree.outputCount)", decoder)
      }
      guard tree.featureCount == first.featureCount else {
        throw problem(
          "expected \(first.featureCount) features of tree \(place), as of the first, found \(tree.featureCount)",
          decoder)
      }
    }
  }

  static func check(_ isRight: Bool, _ expectation: @autoclosure () -> String, _ decoder: any Decoder) throws {
    if !isRight { throw problem(expectation(), decoder) }
  }

  /// Each class once, and not none.
  static func classes<Label: Hashable>(_ classes: [Label], _ decoder: any Decoder) throws {
    try check(
      !classes.isEmpty && Set(classes).count == classes.count, "expected different classes, found \(classes)", decoder)
  }

  private static func problem(_ text: String, _ decoder: any Decoder) -> DecodingError {
    .dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: text))
  }
}

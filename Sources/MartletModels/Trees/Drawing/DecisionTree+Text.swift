extension DecisionTree {
  /// The questions as indented text, in the layout of scikit-learn's `export_text`.
  ///
  ///     |--- petalWidth <= 0.80
  ///     |   |--- class: setosa
  ///     |--- petalWidth >  0.80
  ///     |   |--- petalWidth <= 1.75
  ///     |   |   |--- class: versicolor
  ///     |   |--- petalWidth >  1.75
  ///     |   |   |--- class: virginica
  ///
  /// - Parameters:
  ///   - features: the features' names; `feature_0`, … where they are not known.
  ///   - classes: the classes' names, for a tree that tells classes apart.
  ///   - categories: the names of the categories 0, 1, … of features that have them, by the feature's place.
  ///   - maximumDepth: what lies deeper is only mentioned; at least 0.
  ///   - decimals: how many digits numbers have behind the point.
  public func exportText(
    features: [String]? = nil, classes: [String]? = nil, categories: [Int: [String]] = [:],
    maximumDepth: Int = 10, decimals: Int = 2
  ) -> String {
    let wording = TreeWording(self, features: features, classes: classes, categories: categories, decimals: decimals)
    var lines: [String] = []
    write(0, depth: 1, maximumDepth, wording, &lines)
    return lines.joined()
  }

  private func write(_ node: Int, depth: Int, _ limit: Int, _ wording: TreeWording, _ lines: inout [String]) {
    let indent = String(repeating: "|   ", count: depth - 1) + "|--- "
    let step = steps[node]
    if step.feature < 0 {
      lines.append(indent + wording.answer(node) + "\n")
    } else if depth > limit + 1 {
      lines.append(indent + "truncated branch of depth \(depthBelow(node))\n")
    } else {
      for (child, isLeft) in [(Int(step.left), true), (Int(step.right), false)] {
        lines.append(indent + wording.question(node, isLeft: isLeft) + "\n")
        write(child, depth: depth + 1, limit, wording, &lines)
      }
    }
  }

  /// How many nodes the longest way down from a node has, itself included.
  private func depthBelow(_ node: Int) -> Int {
    let step = steps[node]
    return step.feature < 0 ? 1 : 1 + max(depthBelow(Int(step.left)), depthBelow(Int(step.right)))
  }

  /// The tree in the DOT language, which Graphviz draws. (scikit-learn: `export_graphviz`)
  ///
  /// - Parameters:
  ///   - features: the features' names.
  ///   - classes: the classes' names, for a tree that tells classes apart.
  ///   - categories: the names of the categories 0, 1, … of features that have them, by the feature's place.
  public func exportDOT(features: [String]? = nil, classes: [String]? = nil, categories: [Int: [String]] = [:])
    -> String
  {
    let wording = TreeWording(self, features: features, classes: classes, categories: categories)
    var lines = ["digraph Tree {", "node [shape=box, style=\"rounded\", fontname=\"helvetica\"] ;"]
    for (node, step) in steps.enumerated() {
      var parts = step.feature < 0 ? [] : [wording.question(node, isLeft: true)]
      parts += ["impurity = \(wording.number(impurities[node]))", "samples = \(sampleCounts[node])"]
      parts.append(wording.answer(node))
      let label = parts.map(Self.quoted).joined(separator: "\\n")
      lines.append("\(node) [label=\"\(label)\"] ;")
      guard step.feature >= 0 else { continue }
      lines.append("\(node) -> \(step.left) [label=\"yes\"] ;")
      lines.append("\(node) -> \(step.right) [label=\"no\"] ;")
    }
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  /// Quotes and backslashes of a name must not end the label.
  private static func quoted(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: " ")
  }
}

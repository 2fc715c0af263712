import Foundation
import MartletDisplay
import MartletNumerics

/// Draws a tree from the root down: each node with its question, how many samples it has, and a bar with the shares of
/// their classes, or for numbers a bar as long as the answer is large.
struct TreePicture {
  private let wording: TreeWording
  private let maximumDepth: Int
  /// The nodes to emphasise: the way of one sample.
  private let path: Set<Int>
  private let depths: [Int]

  private static let box = (width: 138.0, height: 62.0)
  private static let gap = (width: 14.0, height: 40.0)
  /// Colours that people with colour-blindness can tell apart (Okabe and Ito).
  private static let colours = [
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999",
  ]

  init(_ wording: TreeWording, maximumDepth: Int, path: [Int]) {
    self.wording = wording
    self.maximumDepth = max(0, maximumDepth)
    self.path = Set(path)
    depths = wording.tree.depths
  }

  /// Where the boxes' centres are, in columns, by node: a leaf has a column of its own, a parent stands between its
  /// children.
  private var columns: [Int: Double] {
    var columns: [Int: Double] = [:]
    var next = 0.0
    func place(_ node: Int) -> Double {
      let step = wording.tree.steps[node]
      var column = next
      if isDrawnAsLeaf(node) {
        next += 1
      } else {
        column = (place(Int(step.left)) + place(Int(step.right))) / 2
      }
      columns[node] = column
      return column
    }
    _ = place(0)
    return columns
  }

  private func isDrawnAsLeaf(_ node: Int) -> Bool {
    wording.tree.steps[node].feature < 0 || depths[node] >= maximumDepth
  }

  var svg: SVG {
    let columns = columns
    let drawn = columns.keys.sorted()
    let (step, drop) = (Self.box.width + Self.gap.width, Self.box.height + Self.gap.height)
    let width = ((columns.values.max() ?? 0) + 1) * step
    let height = Double((drawn.map { depths[$0] }.max() ?? 0) + 1) * drop - Self.gap.height + 4
    let corners = columns.map { node, column in
      (node, (x: column * step + Self.gap.width / 2, y: Double(depths[node]) * drop + 2))
    }
    let places = Dictionary(uniqueKeysWithValues: corners)
    var parts = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(text(width)) \(text(height))\" width=\"\(text(width))\" "
        + "height=\"\(text(height))\" role=\"img\" font-family=\"sans-serif\" font-size=\"11\">",
      "<title>Decision tree with \(wording.tree.nodeCount) nodes and \(wording.tree.leafCount) leaves</title>",
    ]
    for node in drawn where !isDrawnAsLeaf(node) {
      let tree = wording.tree.steps[node]
      for (child, answer) in [(Int(tree.left), "yes"), (Int(tree.right), "no")] {
        guard let from = places[node], let to = places[child] else { continue }
        parts.append(edge(from, to, answer, isOnPath: path.contains(node) && path.contains(child)))
      }
    }
    for node in drawn { if let corner = places[node] { parts.append(drawing(of: node, at: corner)) } }
    return SVG((parts + ["</svg>"]).joined(separator: "\n"))
  }

  private func edge(
    _ from: (x: Double, y: Double), _ to: (x: Double, y: Double), _ answer: String, isOnPath: Bool
  ) -> String {
    let (x1, y1) = (from.x + Self.box.width / 2, from.y + Self.box.height)
    let (x2, y2) = (to.x + Self.box.width / 2, to.y)
    let middle = (x: (x1 + x2) / 2, y: (y1 + y2) / 2)
    let stroke = isOnPath ? "#D55E00\" stroke-width=\"3" : "#888888\" stroke-width=\"1"
    return "<line x1=\"\(text(x1))\" y1=\"\(text(y1))\" x2=\"\(text(x2))\" y2=\"\(text(y2))\" stroke=\"\(stroke)\"/>"
      + "<text x=\"\(text(middle.x))\" y=\"\(text(middle.y))\" text-anchor=\"\(x2 < x1 ? "end" : "start")\" "
      + "dx=\"\(x2 < x1 ? -4 : 4)\" fill=\"#666666\">\(answer)</text>"
  }

  private func drawing(of node: Int, at corner: (x: Double, y: Double)) -> String {
    let tree = wording.tree
    let stroke = path.contains(node) ? "#D55E00\" stroke-width=\"3" : "#888888\" stroke-width=\"1"
    let isLeaf = tree.steps[node].feature < 0
    let title = isLeaf ? wording.answer(node) : wording.question(node, isLeft: true)
    let facts = "\(tree.sampleCounts[node]) samples" + (isDrawnAsLeaf(node) && !isLeaf ? " …" : "")
    let centre = text(corner.x + Self.box.width / 2)
    return "<g><title>\((title + "\n" + wording.answer(node)).htmlEscaped)</title>"
      + "<rect x=\"\(text(corner.x))\" y=\"\(text(corner.y))\" width=\"\(text(Self.box.width))\" "
      + "height=\"\(text(Self.box.height))\" rx=\"5\" fill=\"#ffffff\" stroke=\"\(stroke)\"/>"
      + "<text x=\"\(centre)\" y=\"\(text(corner.y + 18))\" text-anchor=\"middle\" fill=\"#111111\">"
      + "\(shortened(title).htmlEscaped)</text>"
      + "<text x=\"\(centre)\" y=\"\(text(corner.y + 34))\" text-anchor=\"middle\" fill=\"#555555\">\(facts)</text>"
      + bar(node, corner) + "</g>"
  }

  private func bar(_ node: Int, _ corner: (x: Double, y: Double)) -> String {
    let (full, height) = (Self.box.width - 16, 12.0)
    var x = corner.x + 8
    return shares(node).enumerated().map { place, share in
      defer { x += share * full }
      return "<rect x=\"\(text(x))\" y=\"\(text(corner.y + 42))\" width=\"\(text(share * full))\" "
        + "height=\"\(text(height))\" fill=\"\(Self.colours[place % Self.colours.count])\"/>"
    }.joined()
  }

  /// The shares of the classes, or how far a number lies between the smallest and the largest answer.
  private func shares(_ node: Int) -> [Double] {
    if wording.classes != nil { return wording.values(node).map { min(max($0, 0), 1) } }
    let values = wording.tree.values
    let (least, most) = (values.min() ?? 0, values.max() ?? 0)
    guard most > least, let value = wording.values(node).first else { return [1] }
    return [(value - least) / (most - least)]
  }

  private func shortened(_ text: String) -> String { text.count > 24 ? text.prefix(23) + "…" : text }
  private func text(_ number: Double) -> String { String(format: "%.1f", number) }
}

extension DecisionTree {
  /// A picture of the tree, the root on top.
  ///
  ///     display(model.tree.picture(features: names, classes: model.classes.map { "\($0)" }))
  ///
  /// - Parameters:
  ///   - features: the features' names.
  ///   - classes: the classes' names, for a tree that tells classes apart.
  ///   - categories: the names of the categories 0, 1, … of features that have them, by the feature's place.
  ///   - maximumDepth: what lies deeper is left out.
  ///   - sample: one sample's features, whose way through the tree is emphasised.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite` when the sample does not fit the tree.
  public func picture(
    features: [String]? = nil, classes: [String]? = nil, categories: [Int: [String]] = [:],
    maximumDepth: Int = 4, sample: [Double]? = nil
  ) throws(FitError) -> SVG {
    var path: [Int] = []
    if let sample { path = try decisionPath(Matrix(sample, shape: [1, sample.count]))[0] }
    let wording = TreeWording(self, features: features, classes: classes, categories: categories)
    return TreePicture(wording, maximumDepth: maximumDepth, path: path).svg
  }
}

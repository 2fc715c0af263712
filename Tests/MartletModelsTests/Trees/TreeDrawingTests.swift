import Foundation
import MartletDisplay
import MartletModels
import MartletNumerics
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct TreeDrawingTests {
  let reference: TreeReference
  let x: Matrix
  let names = ["a", "b", "c", "d", "e"]

  init() throws {
    reference = try TreeReference.read()
    x = Matrix(reference.x)
  }

  @Test func textIsScikitLearns() throws {
    let labels = reference.labels.map { ["u", "v", "w"][$0] }
    let classes = try DecisionTreeClassifier<String>(maximumDepth: 3).fit(x, labels)
    #expect(classes.exportText(features: names) == reference.text.classes)
    let plain = try DecisionTreeClassifier<Int>(maximumDepth: 3).fit(x, reference.labels)
    #expect(plain.tree.exportText(classes: ["0", "1", "2"], decimals: 3) == reference.text.plain)
    let numbers = try DecisionTreeRegressor(maximumDepth: 4).fit(x, reference.y)
    let text = numbers.tree.exportText(features: names, maximumDepth: 2)
    // Names differ where features separate a node equally well; the shape does not.
    func shape(_ text: String) -> [Substring.SubSequence] {
      text.split(separator: "\n").map { $0.prefix { "| -".contains($0) } }
    }
    #expect(shape(text) == shape(reference.text.numbers))
    #expect(text.hasPrefix(reference.text.numbers.prefix(60)))
  }

  @Test func dotNamesEveryNodeAndEdge() throws {
    let tree = try DecisionTreeClassifier<Int>(maximumDepth: 3).fit(x, reference.labels).tree
    let text = tree.exportDOT(features: ["a\"b", "c", "d", "e", "f"], classes: ["0", "1", "2"])
    #expect(text.hasPrefix("digraph Tree {") && text.hasSuffix("}\n"))
    #expect(text.components(separatedBy: " -> ").count - 1 == tree.nodeCount - 1)
    #expect(text.components(separatedBy: "samples = ").count - 1 == tree.nodeCount)
    #expect(text.contains("a\\\"b") && !text.contains("a\"b <="))
  }

  @Test func thePictureIsSoundXML() throws {
    let model = try DecisionTreeClassifier<Int>(maximumDepth: 3).fit(x, reference.labels)
    let picture = try model.picture(features: ["<a>", "b&", "c", "d", "e"], sample: reference.x[0])
    let counter = ElementCounter()
    let parser = XMLParser(data: Data(picture.source.utf8))
    parser.delegate = counter
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    // A box for each node, and a bar of three shares in it.
    #expect(counter.counts["rect"] == model.tree.nodeCount * 4)
    #expect(counter.counts["line"] == model.tree.nodeCount - 1)
    let path = try model.tree.decisionPath(x[rows: [0]])[0]
    #expect(picture.source.components(separatedBy: "stroke-width=\"3\"").count - 1 == 2 * path.count - 1)
    let small = try DecisionTreeRegressor().fit(x, reference.y).picture(maximumDepth: 2)
    #expect(small.source.contains("samples …"))
  }

  @Test func summariesNameTheFeatures() throws {
    let model = try DecisionTreeClassifier<Int>(maximumDepth: 2).fit(x, reference.labels)
    #expect(model.description.hasPrefix("Decision tree\nlabel (3 classes) from 160 samples, depth 2, 4 leaves"))
    #expect(model.summaryTable(features: names, target: "kind").text.contains("kind (3 classes)"))
    let forest = try RandomForestRegressor(treeCount: 3, seed: 1).fit(x, reference.y)
    #expect(forest.description.contains("3 trees"))
  }
}

private final class ElementCounter: NSObject, XMLParserDelegate {
  var counts: [String: Int] = [:]

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) { counts[name, default: 0] += 1 }

  @Test func categoriesHaveNames() throws {
    let x = Matrix([0, 1, 2, 0, 1, 2, 0, 2]).reshaped(-1, 1)
    let model = try DecisionTreeClassifier<Bool>(categoricalFeatures: [0]).fit(
      x, [true, false, true, true, false, true, true, true])
    let text = model.tree.exportText(features: ["colour"], categories: [0: ["red", "green", "blue"]])
    #expect(text.contains("colour in {green}") || text.contains("colour in {red, blue}"), "\(text)")
    let svg = try model.tree.picture(features: ["colour"], categories: [0: ["red", "green", "blue"]])
    #expect(svg.source.contains("{green}") || svg.source.contains("{red, blue}"))
  }
}

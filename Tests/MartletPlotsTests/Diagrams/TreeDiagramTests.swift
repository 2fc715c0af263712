import MartletPlots
import Testing

@Suite struct TreeDiagramTests {
  struct Node {
    var name: String
    var children: [Node] = []
  }

  @Test func parentsStandAboveTheMiddleOfTheirChildren() throws {
    let tree = Node(
      name: "root", children: [Node(name: "a", children: [Node(name: "p"), Node(name: "q")]), Node(name: "b")])
    let picture = Picture(Chart { TreeDiagram(tree, children: \.children, label: \.name) })
    func place(_ name: String) throws -> (x: Double, y: Double) {
      let text = try #require(picture.all("text").first { $0.text == name })
      return (try #require(text.number("x")), try #require(text.number("y")))
    }
    let (p, q, a, b, root) = (try place("p"), try place("q"), try place("a"), try place("b"), try place("root"))
    #expect(abs(q.x - p.x - (b.x - q.x)) < 0.02)  // leaves at equal distances
    #expect(abs(a.x - (p.x + q.x) / 2) < 0.02 && abs(root.x - (a.x + b.x) / 2) < 0.02)
    #expect(root.y < a.y && a.y < p.y && p.y == q.y && abs(a.y - b.y) < 0.02)
    #expect(picture.all("path").count == 4)
  }

  @Test func longLabelsAreCutAndToldWhole() {
    let long = String(repeating: "long ", count: 40)
    let tree = Node(name: "root", children: (0..<8).map { Node(name: "\(long)\($0)") })
    let picture = Picture(Chart { TreeDiagram(tree, children: \.children, label: \.name) })
    #expect(picture.all("title").map(\.text).contains("\(long)7"))
    #expect(picture.all("text").allSatisfy { $0.text.count < 40 })
  }

  @Test func dendrogramsEqualSciPys() throws {
    let expected = try PlotReference.read().dendrogram
    let tree = try JoinTree(expected.joins)
    #expect(tree.order == expected.leaves)
    // Two samples are in the same cluster here exactly when they are there; numbers differ.
    let numbers = tree.clusters(below: expected.cut)
    var cluster = (0..<tree.joins.count + 1).map { -1 - $0 }  // samples that were not joined
    for (index, join) in tree.joins.enumerated() {
      for part in [join.first, join.second] where part <= tree.joins.count {
        cluster[part] = numbers[index] ?? cluster[part]
      }
    }
    for i in cluster.indices {
      for j in 0..<i { #expect((cluster[i] == cluster[j]) == (expected.clusters[i] == expected.clusters[j])) }
    }
  }

  @Test func dendrogramLinesStandAtTheirDistances() throws {
    let picture = Picture(Chart { DendrogramMark([[0, 1, 1, 2], [2, 3, 4, 3]], labels: ["a", "b", "c"]) })
    #expect(picture.labels("x-tick") == ["c", "a", "b"] || picture.labels("x-tick") == ["a", "b", "c"])
    let paths = picture.all("path").map { stretches($0.attributes["d"])[0] }
    let zero = paths[0][0].y
    #expect(abs((zero - paths[1][1].y) / (zero - paths[0][1].y) - 4) < 0.01)
  }

  @Test(
    arguments: [[[0, 0, 1]], [[0, 5, 1]], [[0, 1, 1], [0, 2, 2]], [[0, 1]], [[0, 1, .nan]], [[0.5, 1, 1]]]
      as [[[Double]]])
  func joinsThatCannotBeAreRefused(_ joins: [[Double]]) {
    #expect(throws: ChartError.self) { try Chart.dendrogram(joins) }
  }

  @Test func chainsOfAnyLengthAreDrawn() throws {
    let count = 3000
    let joins = (0..<count).map { [Double($0 == 0 ? 0 : count + $0), Double($0 + 1), Double($0 + 1), 0] }
    #expect(Picture(try Chart.dendrogram(joins)).all("path").count == count)
  }
}

import Foundation
import MartletPlots
import Testing

@Suite struct NetworkMarkTests {
  let from = ["a", "a", "b", "c", "x"]
  let to = ["b", "c", "c", "d", "y"]

  @Test(arguments: [NetworkLayout.force(), .circular, .layered]) func everyNodeAndLinkIsDrawn(_ layout: NetworkLayout) {
    let chart = Chart { NetworkMark(from: from, to: to, layout: layout) }
    let picture = Picture(chart)
    #expect(picture.all("circle").count == 6)
    #expect(picture.all("path").count == 5)
    #expect(picture.all("title").map(\.text).contains("c: 3 links"))
    #expect(chart.svg == Chart { NetworkMark(from: from, to: to, layout: layout) }.svg)  // no chance
    let places = picture.all("circle").map { ($0.number("cx") ?? 0, $0.number("cy") ?? 0) }
    for (index, a) in places.enumerated() { for b in places[..<index] { #expect(hypot(a.0 - b.0, a.1 - b.1) > 10) } }
  }

  @Test func layersGoDown() throws {
    let picture = Picture(
      Chart { NetworkMark(from: ["a", "b", "a", "c"], to: ["b", "c", "c", "a"], isDirected: true, layout: .layered) })
    // c → a closes a circle and does not count.
    let heights = picture.all("circle").compactMap { $0.number("cy") }
    #expect(heights[0] < heights[1] && heights[1] < heights[2])
  }

  @Test func linkedNodesStandNearer() throws {
    // Two triangles with one link between them.
    let picture = Picture(
      Chart { NetworkMark(from: ["a", "a", "b", "c", "d", "d", "e"], to: ["b", "c", "c", "d", "e", "f", "f"]) })
    let places = picture.all("circle").map { ($0.number("cx") ?? 0, $0.number("cy") ?? 0) }
    func distance(_ i: Int, _ j: Int) -> Double { hypot(places[i].0 - places[j].0, places[i].1 - places[j].1) }
    #expect(distance(0, 1) < distance(0, 4) && distance(4, 5) < distance(1, 5))
  }

  @Test func groupsHaveColours() {
    let picture = Picture(Chart { NetworkMark(from: ["a"], to: ["b"], groups: ["a": "one", "b": "two"]) })
    #expect(Set(picture.all("circle").compactMap { $0.attributes["fill"] }).count == 2)
  }
}

import Foundation
import MartletPlots
import Testing

@Suite struct StripMarkTests {
  @Test func noDotCoversAnother() throws {
    var generator = Seeded(state: 5)
    let values = (0..<150).map { _ in Double.random(in: 0...10, using: &generator) }
    let dots = Picture(Chart { StripMark(y: values) }).all("circle")
    #expect(dots.count == 150)
    let places = dots.map { ($0.number("cx") ?? 0, $0.number("cy") ?? 0) }
    for (index, a) in places.enumerated() {
      for b in places[..<index] { #expect(hypot(a.0 - b.0, a.1 - b.1) > 6 - 0.02, "seed 5") }
    }
  }

  @Test func equalValuesStandSideBySide() {
    #expect(Swarm.offsets([7, 7, 7], diameter: 4).map { ($0 * 1e6).rounded() / 1e6 } == [0, 4, -4])
    // Apart by 3 along the axis, a dot of diameter 5 must step 4 aside.
    #expect(abs(abs(Swarm.offsets([0, 3], diameter: 5)[1]) - 4) < 1e-9)
    #expect(Swarm.offsets([0, 5], diameter: 5) == [0, 0])
  }

  @Test func crowdsStayInTheirRoom() throws {
    let picture = Picture(
      Chart { StripMark(x: (0..<4000).map { $0.isMultiple(of: 2) ? "a" : "b" }, y: (0..<4000).map { Double($0 % 97) }) }
    )
    let dots = picture.all("circle").compactMap { $0.number("cx") }
    #expect(dots.count == 4000)
    let (even, odd) = (dots.prefix(2000), dots.suffix(2000))
    #expect((try #require(even.max())) < (try #require(odd.min())))
  }

  @Test func theSpreadIsVanDerCorputs() { #expect((0..<4).map(Swarm.spread) == [0, -0.5, 0.5, -0.75]) }

  @Test func numbersColourWithoutDividing() {
    let picture = Picture(Chart { StripMark(x: ["a", "a", "b"], y: [1, 2, 3], color: [0.1, 0.5, 0.9]) })
    #expect(Set(picture.all("circle").compactMap { $0.attributes["fill"] }).count == 3)
  }
}

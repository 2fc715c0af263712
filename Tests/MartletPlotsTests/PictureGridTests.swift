import Foundation
import MartletDisplay
import MartletPlots
import Testing

@Suite struct PictureGridTests {
  struct Words: RichDisplayable {
    let text: String
    func displayBundle() -> DisplayBundle { [.plainText: .text(text)] }
  }
  struct Dots: RichDisplayable {
    func displayBundle() -> DisplayBundle { [.png: .data([1, 2, 3]), .plainText: "three \"dots\""] }
  }

  private func html(_ grid: PictureGrid) -> String {
    if case .text(let text)? = grid.displayBundle()[.html] { text } else { "" }
  }

  @Test func everyPictureIsShownInItsRichestFormat() {
    let grid = PictureGrid(columns: 2) {
      Chart { PointMark(x: [1, 2], y: [1, 2]) }
      SVG("<svg xmlns='http://www.w3.org/2000/svg'></svg>")
      Words(text: "a < b")
      Dots()
    }
    let page = html(grid.captions(["points", "", "<words>"]))
    #expect(page.components(separatedBy: "<figure").count == 5 && page.contains("repeat(2,"))
    #expect(page.contains("<circle") && page.contains("<svg xmlns='http://www.w3.org/2000/svg'></svg>"))
    #expect(page.contains("<pre>a &lt; b</pre>") && page.contains("data:image/png;base64,AQID"))
    #expect(page.contains("alt=\"three &quot;dots&quot;\""))
    #expect(page.contains(">points</figcaption>") && page.contains("&lt;words&gt;") && !page.contains("<words>"))
    #expect(page.components(separatedBy: "<figcaption").count == 3)
    #expect(grid.description.hasPrefix("Chart: 2 rows") && grid.description.hasSuffix("a < b\nthree \"dots\""))
  }

  @Test func picturesStandInRowsOfASquare() {
    let words = (1...5).map { Words(text: "\($0)") }
    #expect(
      html(PictureGrid(words)).contains("repeat(3,") && html(PictureGrid(words, columns: 9)).contains("repeat(5,"))
    #expect(html(PictureGrid([])).contains("repeat(1,"))
    #expect(html(PictureGrid { for word in words.prefix(2) { word } }).contains("repeat(2,"))
  }
}

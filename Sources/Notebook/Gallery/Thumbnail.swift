import Foundation
import Session

/// The first picture that a notebook shows, small.
struct Thumbnail {
  /// Larger pictures would make the index slow to load.
  private static let largest = 150_000

  private let source: String?

  init(of document: NotebookDocument) {
    let shown: [DisplayOutput] = document.cells.flatMap(\.outputs).compactMap { output in
      switch output {
      case .display(let display): display
      case .result(let display, _): display
      default: nil
      }
    }
    source = shown.lazy.compactMap(Self.source).first
  }

  /// The picture as an image, in which no script of it can run; an empty frame where there is none.
  var html: String { source.map { "<img src=\"\($0)\" alt=\"\" loading=\"lazy\">" } ?? "" }

  private static func source(_ display: DisplayOutput) -> String? {
    if let drawing = display.data["image/svg+xml"]?.string, drawing.utf8.count <= largest {
      return "data:image/svg+xml;base64,\(Data(drawing.utf8).base64EncodedString())"
    }
    guard let picture = display.data["image/png"]?.string?.filter({ !$0.isWhitespace }), picture.utf8.count <= largest,
      Data(base64Encoded: picture) != nil
    else { return nil }
    return "data:image/png;base64,\(picture)"
  }
}

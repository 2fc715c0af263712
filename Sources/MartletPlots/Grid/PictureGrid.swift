import Foundation
import MartletDisplay

/// Pictures of any kind side by side: charts, trees, drawings, images.
///
///     PictureGrid {
///       try Chart.linearTransformation(Matrix([[1, 0.5], [0, 1]]))
///       SVG("<svg xmlns='http://www.w3.org/2000/svg' width='40' height='40'><circle cx='20' cy='20' r='18'/></svg>")
///     }
///     .captions(["lean", "a disc"])
///
/// Each picture keeps its own size and legend; ``ChartGrid`` is for charts that share axes and colours. What is no picture
/// is shown as it shows itself: a table, text.
public struct PictureGrid: RichDisplayable, CustomStringConvertible, Sendable {
  private let bundles: [DisplayBundle]
  private let columns: Int
  private var captions: [String] = []

  /// - Parameters:
  ///   - columns: how many stand beside each other, at least 1; by default all up to 3, and the side of a square where
  ///     there are more.
  ///   - pictures: what is shown, from left to right and from the top.
  public init(columns: Int? = nil, @PictureGridBuilder _ pictures: () throws -> [any RichDisplayable]) rethrows {
    self.init(try pictures(), columns: columns)
  }

  /// Pictures made elsewhere.
  public init(_ pictures: [any RichDisplayable], columns: Int? = nil) {
    bundles = pictures.map { $0.displayBundle() }
    let automatic = bundles.count <= 3 ? bundles.count : Int(Double(bundles.count).squareRoot().rounded(.up))
    self.columns = max(1, min(columns ?? automatic, max(1, bundles.count)))
  }

  /// The same pictures with a line of text below each; an empty one leaves a picture without.
  public func captions(_ texts: [String]) -> PictureGrid {
    var copy = self
    copy.captions = texts
    return copy
  }

  /// What each picture says of itself in words, a line for each.
  public var description: String {
    bundles.enumerated().map { place, bundle in
      let words = bundle.text(in: .plainText) ?? "a picture"
      return caption(place).map { "\($0): \(words)" } ?? words
    }.joined(separator: "\n")
  }

  /// The pictures as a piece of a page, and in words for terminals.
  public func displayBundle() -> DisplayBundle { [.html: .text(html), .plainText: .text(description)] }

  private func caption(_ place: Int) -> String? {
    place < captions.count && !captions[place].isEmpty ? captions[place] : nil
  }

  private var html: String {
    let figures = bundles.enumerated().map { place, bundle in
      let words = caption(place).map { "<figcaption style=\"text-align:center\">\($0.htmlEscaped)</figcaption>" } ?? ""
      return "<figure style=\"margin:0\">\(Self.html(of: bundle))\(words)</figure>"
    }
    return """
      <div style="display:grid;grid-template-columns:repeat(\(columns),max-content);gap:16px;align-items:start;\
      overflow-x:auto">\(figures.joined())</div>
      """
  }

  /// The richest of a value's formats that a page can hold.
  private static func html(of bundle: DisplayBundle) -> String {
    if let markup = bundle.text(in: .svg) ?? bundle.text(in: .html) { return markup }
    for type in [MIMEType.png, .jpeg] {
      if case .data(let bytes)? = bundle[type] {
        let words = (bundle.text(in: .plainText) ?? "a picture").htmlEscaped
        return "<img alt=\"\(words)\" src=\"data:\(type.rawValue);base64,\(Data(bytes).base64EncodedString())\">"
      }
    }
    return "<pre>\((bundle.text(in: .plainText) ?? "").htmlEscaped)</pre>"
  }
}

extension DisplayBundle {
  fileprivate func text(in type: MIMEType) -> String? {
    if case .text(let text)? = self[type] { text } else { nil }
  }
}

/// Collects the pictures written between a grid's braces.
@resultBuilder
public enum PictureGridBuilder {
  /// One picture.
  public static func buildExpression(_ picture: any RichDisplayable) -> [any RichDisplayable] { [picture] }
  /// Pictures made elsewhere, as by a function.
  public static func buildExpression(_ pictures: [any RichDisplayable]) -> [any RichDisplayable] { pictures }
  /// The pictures of all lines, in order.
  public static func buildBlock(_ pictures: [any RichDisplayable]...) -> [any RichDisplayable] {
    pictures.flatMap(\.self)
  }
  /// The pictures of an `if`.
  public static func buildOptional(_ pictures: [any RichDisplayable]?) -> [any RichDisplayable] { pictures ?? [] }
  /// The pictures of the first branch.
  public static func buildEither(first pictures: [any RichDisplayable]) -> [any RichDisplayable] { pictures }
  /// The pictures of the second branch.
  public static func buildEither(second pictures: [any RichDisplayable]) -> [any RichDisplayable] { pictures }
  /// The pictures of a loop.
  public static func buildArray(_ pictures: [[any RichDisplayable]]) -> [any RichDisplayable] {
    pictures.flatMap(\.self)
  }
}

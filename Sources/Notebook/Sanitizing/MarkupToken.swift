/// A piece of HTML, as a forgiving reader sees it.
enum MarkupToken: Equatable {
  case text(String)
  case open(name: String, attributes: [Attribute], closesItself: Bool)
  case close(name: String)
  /// The content of an element that browsers do not read as markup, such as a style sheet.
  case raw(name: String, content: String)

  struct Attribute: Equatable {
    var name: String
    var value: String
  }
}

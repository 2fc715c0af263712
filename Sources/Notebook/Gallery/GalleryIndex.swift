import Foundation

/// The index of a gallery: a card for each notebook, in groups.
struct GalleryIndex {
  let title: String
  let entries: [Gallery.Entry]

  var html: String {
    let groups = entries.reduce(into: [String]()) { names, entry in
      if !names.contains(entry.group) { names.append(entry.group) }
    }
    let sections = groups.map { group in
      let cards = entries.filter { $0.group == group }.map(card).joined(separator: "\n")
      return "<h2>\(HTMLText.escaped(group))</h2>\n<div class=\"cards\">\n\(cards)\n</div>"
    }
    return PageShell(title: title).html("<h1>\(HTMLText.escaped(title))</h1>\n" + sections.joined(separator: "\n"))
  }

  private func card(_ entry: Gallery.Entry) -> String {
    let lesson = FrontMatter(of: entry.document)
    // A number is a place in the course; other names say nothing beside the title.
    let number = lesson?.identifier.flatMap { $0.first?.isNumber == true ? $0 : nil }
    let facts = [number, lesson?.minutes.map { "\($0) min" }].compactMap { $0 }.joined(separator: " · ")
    return """
      <a class="card" href="\(HTMLText.escaped(entry.page))"><span class="thumbnail">\(Thumbnail(of: entry.document).html)</span>\
      <strong>\(HTMLText.escaped(entry.title))</strong><span class="facts">\(HTMLText.escaped(facts))</span></a>
      """
  }
}

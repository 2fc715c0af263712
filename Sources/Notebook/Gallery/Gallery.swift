import Foundation

/// Notebooks as a static site: a page for each, with the way to its neighbours, and an index with a picture of each.
///
/// Nothing is run: the pages show what the notebooks have stored.
package struct Gallery: Sendable {
  /// A notebook and its place in the site.
  struct Entry: Sendable {
    let document: NotebookDocument
    /// Where the notebook is.
    let folder: URL
    /// The file's name without its extension.
    let name: String

    /// Relative to the index.
    var page: String { "\(folder.lastPathComponent)/\(name).html" }
    var title: String { document.title ?? name }

    /// The heading of its group in the index.
    var group: String {
      if let group = FrontMatter(of: document)?.group { return group }
      let name = folder.lastPathComponent
      return (name.prefix(1).uppercased() + name.dropFirst()).replacing("-", with: " ")
    }
  }

  let title: String
  let entries: [Entry]

  /// - Parameters:
  ///   - title: the index's heading.
  ///   - notebooks: the files, in the order of the index.
  /// - Throws: ``NotebookError`` for a file that is no notebook.
  package init(title: String, notebooks: [URL]) throws {
    self.title = title
    entries = try notebooks.map { file in
      Entry(
        document: try NotebookReader().read(contentsOf: file), folder: file.deletingLastPathComponent(),
        name: file.deletingPathExtension().lastPathComponent)
    }
  }

  /// Writes the site into a folder, which is made where it is missing.
  /// - Returns: the index.
  package func write(to folder: URL) throws -> URL {
    for (place, entry) in entries.enumerated() {
      let file = folder.appendingPathComponent(entry.page)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      let page = NotebookPage(entry.document, name: entry.name, folder: entry.folder, navigation: navigation(place))
      try Data(linked(page.html).utf8).write(to: file, options: .atomic)
    }
    let index = folder.appendingPathComponent("index.html")
    try Data(GalleryIndex(title: title, entries: entries).html.utf8).write(to: index, options: .atomic)
    return index
  }

  private func navigation(_ place: Int) -> PageNavigation {
    func link(_ place: Int) -> PageNavigation.Link? {
      entries.indices.contains(place) ? .init(title: entries[place].title, address: "../" + entries[place].page) : nil
    }
    return PageNavigation(
      contents: .init(title: title, address: "../index.html"), previous: link(place - 1), next: link(place + 1))
  }

  /// Links from notebook to notebook lead from page to page.
  private func linked(_ html: String) -> String {
    entries.reduce(html) { html, entry in
      html.replacing("href=\"\(entry.name).ipynb\"", with: "href=\"\(entry.name).html\"")
    }
  }
}

/// The way from a page of a site to its neighbours.
struct PageNavigation: Sendable {
  struct Link: Sendable {
    let title: String
    let address: String
  }

  let contents: Link
  let previous: Link?
  let next: Link?

  var html: String {
    """
    <nav class="neighbours">\(anchor(previous, "previous", "←\u{A0}"))\(anchor(contents, "contents", ""))\
    \(anchor(next, "next", "", "\u{A0}→"))</nav>
    """
  }

  private func anchor(_ link: Link?, _ kind: String, _ before: String, _ after: String = "") -> String {
    guard let link else { return "<span class=\"\(kind)\"></span>" }
    return "<a class=\"\(kind)\" href=\"\(HTMLText.escaped(link.address))\">"
      + "\(before)\(HTMLText.escaped(link.title))\(after)</a>"
  }
}

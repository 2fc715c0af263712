import MartletDisplay

extension TokenEncoding: RichDisplayable, CustomStringConvertible {
  /// The tokens with bars between them.
  public var description: String { tokens.joined(separator: " | ") }

  /// The tokens on coloured grounds, neighbours in different colours; added ones are grey. A pointer over a token shows its
  /// number and where it came from.
  public func displayBundle() -> DisplayBundle {
    let colours = ["#cfe8ff", "#ffe1b8", "#d5f2d0", "#f6d3e6", "#e4dcff"]
    var html = "<div style=\"line-height: 2\">"
    for place in ids.indices {
      let isAdded = specialTokensMask[place] == 1
      let ground = isAdded ? "#e4e4e4" : colours[place % colours.count]
      let origin = isAdded ? "added" : "\(offsets[place].lowerBound)–\(offsets[place].upperBound)"
      html += "<span title=\"\(ids[place]), \(origin)\" style=\"background: \(ground); color: #1a1a1a; "
      html += "padding: 0.15em 0.3em; margin-right: 2px; border-radius: 3px; white-space: pre\">"
      html += "\(tokens[place].htmlEscaped)</span>"
    }
    html += "</div><div style=\"opacity: 0.7\">\(count) tokens</div>"
    return [.plainText: .text(description), .html: .text(html)]
  }
}

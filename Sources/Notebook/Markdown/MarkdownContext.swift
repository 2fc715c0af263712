/// What a Markdown text refers to outside of its paragraphs.
struct MarkdownContext {
  struct Target: Equatable {
    var address: String
    var title = ""
  }

  /// Gives pictures as data URIs; `nil` for those that cannot be had.
  var embeddedImage: (String) -> String?
  private var definitions: [String: Target] = [:]

  init(embeddedImage: @escaping (String) -> String?) { self.embeddedImage = embeddedImage }

  /// What `[label]` was defined to lead to.
  func definition(_ label: String) -> Target? { definitions[Self.normalised(label)] }

  /// Takes the definitions `[label]: address "title"` at the start of a paragraph; gives back the rest of it.
  mutating func takeDefinitions(from paragraph: String) -> String {
    var lines = paragraph.split(separator: "\n", omittingEmptySubsequences: false)[...]
    while let line = lines.first, let (label, target) = Self.definition(in: line) {
      let key = Self.normalised(label)
      if definitions[key] == nil { definitions[key] = target }
      lines = lines.dropFirst()
    }
    return lines.joined(separator: "\n")
  }

  private static func definition(in line: Substring) -> (String, Target)? {
    guard line.first == "[", let end = line.firstRange(of: "]:") else { return nil }
    let label = line[line.index(after: line.startIndex)..<end.lowerBound]
    let rest = line[end.upperBound...].trimmed
    guard !label.isEmpty, !rest.isEmpty else { return nil }
    var address = rest.prefix { !$0.isWhitespace }
    let title = rest[address.endIndex...].trimmed
    if address.first == "<", address.last == ">" { address = address.dropFirst().dropLast() }
    if title.isEmpty { return (String(label), Target(address: String(address))) }
    guard title.count >= 2, let open = title.first, "\"'(".contains(open) else { return nil }
    return (String(label), Target(address: String(address), title: String(title.dropFirst().dropLast())))
  }

  private static func normalised(_ label: String) -> String {
    label.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

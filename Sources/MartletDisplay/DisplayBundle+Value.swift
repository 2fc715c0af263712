extension DisplayBundle {
  /// Any value in every format it has: its own formats where it adopts ``RichDisplayable`` (an optional shows its
  /// value), its description otherwise. `text/plain` is always there.
  ///
  ///     DisplayBundle(describing: [1, 2])[.plainText]     // .text("[1, 2]")
  public init(describing value: Any) {
    guard let rich = value as? any RichDisplayable else {
      self.init([(type: .plainText, payload: .text(MartletDisplay.plainText(of: value)))])
      return
    }
    self = rich.displayBundle()
    if self[.plainText] == nil {
      representations.append((type: .plainText, payload: .text(MartletDisplay.plainText(of: rich))))
    }
  }

  /// The plain text, for where nothing richer can be shown.
  var plainText: String {
    guard case .text(let text)? = self[.plainText] else { return "" }
    return text
  }
}

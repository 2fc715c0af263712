/// A text type, shown in quotes so that `"1"` and `1` differ.
protocol PlainTextQuoted {
  var quoted: String { get }
}

extension String: PlainTextQuoted {
  var quoted: String { debugDescription }
}

extension Substring: PlainTextQuoted {
  var quoted: String { debugDescription }
}

extension Character: PlainTextQuoted {
  var quoted: String { debugDescription }
}

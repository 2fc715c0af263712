import CMartletRuntime
import MartletDisplay

/// What was captured, in the order in which it was shown, and the forms in which others want it.
package struct CapturedOutputs {
  fileprivate enum Content {
    case stream(name: String, text: String)
    case display(DisplayBundle)
    case error(name: String, message: String)
  }

  fileprivate struct Item {
    var content: Content
    var identifier: String?
  }

  private var items: [Item] = []
  private var clearsBeforeNext = false

  package init() {}

  /// Takes in a piece as the worker keeps it.
  ///
  /// - Returns: false for an update of something that was shown elsewhere.
  package mutating func receive(kind: Int, _ bytes: [UInt8]) -> Bool {
    switch kind {
    case MARTLET_CAPTURED_OUTPUT: append(String(decoding: bytes, as: UTF8.self), to: "stdout")
    case MARTLET_CAPTURED_ERROR_OUTPUT: append(String(decoding: bytes, as: UTF8.self), to: "stderr")
    default: if let message = _DisplayMessage(decoding: bytes) { return receive(message) }
    }
    return true
  }

  private mutating func receive(_ message: _DisplayMessage) -> Bool {
    switch message {
    case .result(let bundle): append(Item(content: .display(bundle), identifier: nil))
    case .display(let bundle, let identifier): append(Item(content: .display(bundle), identifier: identifier))
    case .update(let bundle, let identifier):
      let places = items.indices.filter { items[$0].identifier == identifier }
      for place in places { items[place].content = .display(bundle) }
      return !places.isEmpty
    case .clearOutput(let wait): if wait { clearsBeforeNext = true } else { items = [] }
    }
    return true
  }

  mutating func append(error name: String, message: String) {
    append(Item(content: .error(name: name, message: message), identifier: nil))
  }

  private mutating func append(_ text: String, to name: String) {
    if !clearsBeforeNext, case .stream(name, let written)? = items.last?.content {
      items[items.count - 1].content = .stream(name: name, text: written + text)
    } else {
      append(Item(content: .stream(name: name, text: text), identifier: nil))
    }
  }

  private mutating func append(_ item: Item) {
    if clearsBeforeNext { items = [] }
    clearsBeforeNext = false
    items.append(item)
  }
}

extension CapturedOutputs {
  /// The outputs as notebooks store them.
  package var json: JSON.Value { .array(items.map(\.json)) }

  package var plainText: String {
    items.map { item -> String in
      switch item.content {
      case .stream(_, let text): text.hasSuffix("\n") ? String(text.dropLast()) : text
      case .display(let bundle): bundle.text(.plainText) ?? ""
      case .error(let name, let message): "\(name): \(message)"
      }
    }.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// The outputs as a page without widgets shows them; `nil` when there is nothing but text.
  package var html: String? {
    guard items.contains(where: \.isRich) else { return nil }
    return items.map(\.html).joined()
  }
}

extension CapturedOutputs.Item {
  fileprivate var json: JSON.Value {
    switch content {
    case .stream(let name, let text): ["output_type": "stream", "name": .string(name), "text": .string(text)]
    case .display(let bundle): ["output_type": "display_data", "data": bundle.data, "metadata": bundle.metadataValue]
    case .error(let name, let message):
      [
        "output_type": "error", "ename": .string(name), "evalue": .string(message),
        "traceback": [.string("\u{1B}[31;1m\(name)\u{1B}[0m: \(message)")],
      ]
    }
  }

  fileprivate var isRich: Bool {
    if case .display(let bundle) = content { bundle.representations.contains { $0.type != .plainText } } else { false }
  }

  fileprivate var html: String {
    switch content {
    case .stream(_, let text): "<pre>\(text.htmlEscaped)</pre>"
    case .error(let name, let message): "<pre>\("\(name): \(message)".htmlEscaped)</pre>"
    case .display(let bundle):
      if let html = bundle.text(.html) ?? bundle.text(.svg) {
        "<div>\(html)</div>"
      } else if case .data(let bytes)? = bundle[.png] {
        "<img src=\"data:image/png;base64,\(Base64.text(of: bytes))\" alt=\"\">"
      } else {
        "<pre>\((bundle.text(.plainText) ?? "").htmlEscaped)</pre>"
      }
    }
  }
}

extension DisplayBundle {
  fileprivate func text(_ type: MIMEType) -> String? { if case .text(let text)? = self[type] { text } else { nil } }

  /// The formats as messages carry them.
  fileprivate var data: JSON.Value {
    var members: [String: JSON.Value] = [:]
    for (type, payload) in representations {
      members[type.rawValue] =
        switch payload {
        case .text(let text): .string(text)
        case .data(let bytes): .string(Base64.text(of: bytes))
        case .json(let source): JSON.Value(parsing: source) ?? .string(source)
        }
    }
    return .object(members)
  }

  fileprivate var metadataValue: JSON.Value {
    var members: [String: JSON.Value] = [:]
    for (key, json) in metadata { members[key] = JSON.Value(parsing: json) }
    return .object(members)
  }
}

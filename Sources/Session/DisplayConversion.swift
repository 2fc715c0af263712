import Foundation
import JSON
import MartletDisplay

extension DisplayOutput {
  /// A cell's bundle as frontends expect it: binary content in base64, JSON as values, always some plain text.
  init(_ bundle: DisplayBundle, identifier: String? = nil) {
    var data: [String: JSONValue] = [:]
    for (type, payload) in bundle.representations {
      switch payload {
      case .text(let text): data[type.rawValue] = .string(text)
      case .data(let bytes): data[type.rawValue] = .string(Data(bytes).base64EncodedString())
      case .json(let json): data[type.rawValue] = (try? JSONValue(parsing: Data(json.utf8))) ?? .string(json)
      }
    }
    if data["text/plain"] == nil { data["text/plain"] = "" }
    var metadata: [String: JSONValue] = [:]
    for (key, json) in bundle.metadata { metadata[key] = try? JSONValue(parsing: Data(json.utf8)) }
    self.init(data: data, metadata: metadata, identifier: identifier)
  }
}

extension SessionEvent {
  init(_ message: _DisplayMessage) {
    switch message {
    case .result(let bundle): self = .result(DisplayOutput(bundle))
    case .display(let bundle, let identifier): self = .display(DisplayOutput(bundle, identifier: identifier))
    case .update(let bundle, let identifier): self = .updateDisplay(DisplayOutput(bundle, identifier: identifier))
    case .clearOutput(let wait): self = .clearOutput(wait: wait)
    }
  }
}

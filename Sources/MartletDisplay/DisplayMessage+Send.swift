@preconcurrency import CMartletRuntime

extension _DisplayMessage {
  /// Hands the message to the worker; in any other program, prints its plain text.
  package func send() {
    guard let deliver = martlet_runtime_hooks.display else { return printPlainText() }
    encoded().withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return }  // a message has at least one byte
      deliver(start, bytes.count)
    }
  }

  private func printPlainText() {
    switch self {
    case .result(let bundle), .display(let bundle, _), .update(let bundle, _): print(bundle.plainText)
    case .clearOutput: break
    }
  }
}

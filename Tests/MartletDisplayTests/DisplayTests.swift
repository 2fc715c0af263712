@preconcurrency import CMartletRuntime
import MartletDisplay
import Testing

/// What the worker's hook was handed. The hook is a C function without a context, so this is global; the suite is
/// serial.
nonisolated(unsafe) private var sent: [_DisplayMessage] = []

@Suite(.serialized) struct DisplayTests {
  struct Swatch: RichDisplayable {
    var colour: String
    func displayBundle() -> DisplayBundle { [.html: .text("<i>\(colour.htmlEscaped)</i>")] }
  }
  struct Handle: ~Copyable { var descriptor = 3 }

  /// Runs a body with a worker's hook in place and returns what it was handed.
  func messages(_ body: () -> Void) -> [_DisplayMessage] {
    sent = []
    martlet_runtime_hooks.display = { bytes, count in
      let message = _DisplayMessage(decoding: UnsafeBufferPointer(start: bytes, count: count))
      if let message { sent.append(message) }
    }
    defer { martlet_runtime_hooks.display = nil }
    body()
    return sent
  }

  func resultText(_ body: () -> Void) -> String? {
    guard case .result(let bundle)? = messages(body).first, case .text(let text)? = bundle[.plainText] else {
      return nil
    }
    return text
  }

  @Test func resultsAreSent() {
    #expect(resultText { _martletResult([1, 2]) } == "[1, 2]")
    #expect(resultText { _martletResult(Int?.none) } == "nil")
    #expect(resultText { _martletResult("a") } == "\"a\"")
    #expect(resultText { _martletResult(Handle()) } == "<Handle>")
  }

  @Test func whatHasNoValueShowsNothing() {
    let messages = messages {
      _martletResult(())
      _martletResult(Void?.some(()))
      _martletResult(Task {})
      _martletResult(Task { 1 })
    }
    #expect(messages.isEmpty)
  }

  @Test func displayedOnceOnly() {
    let messages = messages { _martletResult(display(1)) }
    #expect(messages.count == 1)
  }

  @Test func richValuesKeepTheirFormats() {
    let bundle = DisplayBundle(describing: Swatch(colour: "<red>"))
    #expect(bundle[.html] == "<i>&lt;red&gt;</i>")
    #expect(bundle[.plainText] == #"Swatch(colour: "<red>")"#)
    #expect(DisplayBundle(describing: Swatch?.some(Swatch(colour: "a")) as Any)[.html] == "<i>a</i>")
    #expect(DisplayBundle(describing: Swatch?.none as Any)[.html] == nil)
    #expect(DisplayBundle(describing: Swatch?.none as Any)[.plainText] == "nil")
  }

  @Test func handlesUpdateWhatTheyShowed() {
    let messages = messages {
      let handle = display("a")
      handle.update("b")
      display(1, id: "mine")
      updateDisplay(2, id: "mine")
    }
    guard messages.count == 4, case .display(_, let first?) = messages[0],
      case .update(let bundle, let second) = messages[1],
      case .display(_, let third?) = messages[2], case .update(_, let fourth) = messages[3]
    else {
      Issue.record("unexpected transcript: \(messages)")
      return
    }
    #expect(first == second && !first.isEmpty)
    #expect(bundle[.plainText] == "\"b\"")
    #expect(third == "mine" && fourth == "mine")
  }

  @Test func handlesDiffer() {
    var handles: Set<DisplayHandle> = []
    _ = messages { for _ in 0..<1000 { handles.insert(display(1)) } }
    #expect(handles.count == 1000)
  }

  @Test func severalValues() {
    #expect(messages { display(1, "a", [2]) }.count == 3)
  }

  @Test func clearing() {
    let messages = messages {
      clearOutput()
      clearOutput(wait: true)
    }
    let waits = messages.map { message in if case .clearOutput(let wait) = message { wait } else { nil as Bool? } }
    #expect(waits == [false, true])
  }
}

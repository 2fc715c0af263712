import CMartletRuntime
import Glibc
import MartletDisplay

/// A place among widgets for what code prints and displays.
///
///     let area = OutputArea()
///     let again = Button("Again") {
///       area.capture(replacing: true) { display(chart(seed: .random(in: 0...99))) }
///     }
///     VBox(again, area)
public final class OutputArea: Widget, @unchecked Sendable {
  // `@unchecked Sendable`: what can change is used under `lock` only.
  private let lock = Lock()
  private let number: UInt32
  private var outputs = CapturedOutputs()
  /// What is on the page is about to be replaced: it stays for a moment, so that nothing flickers.
  private var keepsUntil = 0
  private var shown = 0

  /// Milliseconds for which old outputs stay while new ones come together, and between two pictures of the same area.
  private static let patience = 250
  private static let pause = 50

  /// An empty area.
  public init() {
    number = OutputAreas.shared.nextNumber()
    super.init(
      "Output", ["msg_id": "", "outputs": []], style: nil, module: WidgetProtocol.output,
      version: WidgetProtocol.outputVersion)
    OutputAreas.shared.add(self, number)
  }

  /// Runs code, and shows in this area what it prints and displays, also from threads and tasks that it starts.
  ///
  /// - Parameter replacing: removes what the area has shown before, at the moment in which there is something new.
  /// - Returns: what the code returns.
  public func capture<Result, Failure: Error>(
    replacing: Bool = false, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    if replacing {
      lock {
        outputs = CapturedOutputs()
        keepsUntil = Clock.milliseconds() + Self.patience
      }
    }
    let before = martlet_capture(number)
    defer {
      martlet_work_for(before)
      show()
    }
    return try body()
  }

  /// Removes everything that the area shows.
  public func clear() {
    lock { outputs = CapturedOutputs() }
    show()
  }

  /// What the area shows, as text.
  public var text: String { lock { outputs.plainText } }

  /// Shows an error, as a cell would.
  func fail(_ name: String, _ message: String) {
    fetch()
    lock { outputs.append(error: name, message: message) }
    show()
  }

  /// Puts on the page what there is.
  private func show() {
    fetch()
    let json = lock { () -> JSON.Value in
      (keepsUntil, shown) = (0, Clock.milliseconds())
      return outputs.json
    }
    model.set("outputs", json)
  }

  /// Takes over what the worker has kept.
  private func fetch() {
    var elsewhere: [[UInt8]] = []
    lock {
      var (kind, bytes, count) = (UInt8(0), UnsafeMutablePointer<UInt8>?.none, 0)
      while martlet_take_captured(number, &kind, &bytes, &count) != 0, let start = bytes {
        let piece = Array(UnsafeBufferPointer(start: start, count: count))
        free(start)
        if !outputs.receive(kind: Int(kind), piece) { elsewhere.append(piece) }
      }
    }
    for piece in elsewhere { piece.withUnsafeBufferPointer { martlet_display($0.baseAddress!, $0.count) } }
  }

  override func prepare() { show() }

  /// Something new was captured: waits for more of it, and shows it all. As long as nobody sees the area, the worker
  /// keeps it: should the cell trap, it is the cell's output after all.
  func showSoon() {
    if !model.isOpen { return }
    let now = Clock.milliseconds()
    let due = lock { max(keepsUntil, shown + Self.pause) }
    if due > now { Clock.sleep(milliseconds: due - now) }
    show()
  }

  override var plainText: String { text }
  override var staticHTML: String? { lock { outputs.html } }
}

import Dispatch
import Foundation
import Notebook

/// A line at the bottom of a terminal that shows what is running; nothing where nobody is watching.
final class StatusLine {
  private static let frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]

  private let console: Console
  private let queue = DispatchQueue(label: "martlet.status-line")
  private var timer: (any DispatchSourceTimer)?

  init(console: Console) { self.console = console }

  func start(_ text: String) {
    guard console.isTerminal, timer == nil else { return }
    let start = Date()
    let timer = DispatchSource.makeTimerSource(queue: queue)
    // Cells that are done at once leave no flicker.
    timer.schedule(deadline: .now() + 0.15, repeating: 0.1)
    timer.setEventHandler { [console] in
      let seconds = -start.timeIntervalSinceNow
      let frame = Self.frames[Int(seconds * 10) % Self.frames.count]
      let line = "\(frame) \(text) · \(SecondsText.text(of: seconds))"
      console.write("\r\u{1B}[2K\(console.hasColours ? "\u{1B}[2m\(line)\u{1B}[0m" : line)")
    }
    timer.activate()
    self.timer = timer
  }

  func stop() {
    guard let timer else { return }
    timer.cancel()
    self.timer = nil
    // On the same queue, so that no frame is drawn after the line is cleared.
    queue.sync { console.write("\r\u{1B}[2K") }
  }
}

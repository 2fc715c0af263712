import MartletDisplay

/// Controls with the code that they steer; what `interact` shows.
///
/// `@unchecked Sendable`: nothing in it changes, and `body` runs among the callbacks only.
public final class Interaction: @unchecked Sendable {
  /// The controls, in order.
  public let controls: [Widget]
  /// Where the code's output is shown.
  public let output = OutputArea()
  private let body: () throws -> Void

  init(_ controls: [Widget], _ body: @escaping () throws -> Void) {
    self.controls = controls
    self.body = body
  }

  /// Runs the code once more with the values that the controls have.
  public func run() {
    Callback.start(runNow, failed: fail)
  }

  func runNow() {
    do {
      try output.capture(replacing: true, body)
    } catch {
      output.fail(String(describing: type(of: error)), String(describing: error))
    }
  }

  func fail(_ message: String) { output.fail("Trap", message.isEmpty ? "The code trapped." : message) }

}

/// What was displayed is already there to see.
public func _martletResult(_ value: Interaction) {}

/// Runs the code, shows the controls with what came of it, and runs it again whenever one of them is moved.
///
/// - Throws: the code's first error, which is the cell's; later ones are shown in the output.
@inline(never)
func startInteraction<Shown, Failure: Error>(
  _ controls: [Widget], _ steering: [(Interaction) -> Void], _ body: @escaping () throws(Failure) -> Shown
) throws(Failure) -> Interaction {
  func show() throws(Failure) {
    let value = try body()
    if !(value is Void) { display(value) }
  }
  let interaction = Interaction(controls, show)
  try interaction.output.capture(replacing: true, show)
  for steer in steering { steer(interaction) }
  display(VBox(controls + [interaction.output]))
  return interaction
}

import CMartletRuntime
import Glibc

/// Asks for a line of input.
///
/// In a notebook the frontend shows a box to type into, in a terminal the line is read from it; in a program without
/// Martlet's worker this is Swift's own `readLine`. Where nobody can be asked, the cell ends with an error that says
/// so.
///
///     print("Your name?", terminator: " ")
///     let name = readLine() ?? "nobody"
///
/// - Parameter strippingNewline: whether the line comes without the newline at its end.
/// - Returns: the line, or `nil` at the end of the input.
public func readLine(strippingNewline: Bool = true) -> String? {
  guard martlet_has_input() != 0 else { return Swift.readLine(strippingNewline: strippingNewline) }
  return answer(to: "", isPassword: false).map { strippingNewline ? $0 : $0 + "\n" }
}

/// Asks for a line that is not shown while it is typed.
///
///     let token = readPassword(prompt: "Access token: ")
///
/// - Parameter prompt: what the user is asked.
/// - Returns: the line without a newline, or `nil` at the end of the input.
public func readPassword(prompt: String = "Password: ") -> String? {
  guard martlet_has_input() != 0 else { return getpass(prompt).map { String(cString: $0) } }
  return answer(to: prompt, isPassword: true)
}

private func answer(to prompt: String, isPassword: Bool) -> String? {
  var text: UnsafeMutablePointer<CChar>?
  guard martlet_read_input(prompt, isPassword ? 1 : 0, &text) == MARTLET_INPUT_LINE, let text else { return nil }
  defer { free(text) }
  return String(cString: text)
}

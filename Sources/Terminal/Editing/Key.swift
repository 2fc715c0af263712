/// A key, or what one keypress and its modifiers mean to the editor.
package enum Key: Equatable, Sendable {
  case character(Character)
  /// Text that was pasted, with line breaks as `\n`.
  case paste(String)
  case enter, newLine, tab, backspace, delete, escape
  case left, right, up, down, home, end, wordLeft, wordRight
  case killToEnd, killToStart, killWord, yank, clearScreen, search
  case interrupt, endOfFile, suspend
}

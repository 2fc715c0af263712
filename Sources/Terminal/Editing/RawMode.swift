import Glibc

/// The terminal's raw mode, in which every key comes at once and nothing is shown by itself.
struct RawMode {
  private let saved: termios

  init() {
    var settings = termios()
    tcgetattr(STDIN_FILENO, &settings)
    saved = settings
    enter()
  }

  func restore() {
    var settings = saved
    tcsetattr(STDIN_FILENO, TCSADRAIN, &settings)
  }

  /// Hands the terminal back to the shell until the process is continued.
  func suspend() {
    restore()
    raise(SIGTSTP)
    enter()
  }

  private func enter() {
    var settings = saved
    settings.c_iflag &= ~tcflag_t(BRKINT | ICRNL | INPCK | ISTRIP | IXON)
    settings.c_lflag &= ~tcflag_t(ECHO | ICANON | IEXTEN | ISIG)
    tcsetattr(STDIN_FILENO, TCSADRAIN, &settings)
  }
}

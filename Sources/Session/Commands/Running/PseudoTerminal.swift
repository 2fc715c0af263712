import Glibc

/// The two ends of what a process writes to: ours to read, and the process's own.
struct PseudoTerminal {
  var own: Int32
  var its: Int32

  /// `TIOCSPTLCK` and `TIOCGPTN`, which `unlockpt` and `ptsname` use; Swift's import of glibc hides all four.
  private static let unlock: UInt = 0x4004_5431
  private static let getNumber: UInt = 0x8004_5430

  /// A terminal without a screen, which hands on what is written unchanged; `nil` when the system has none left.
  static func open() -> PseudoTerminal? {
    let own = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard own >= 0 else { return nil }
    var (number, locked): (UInt32, Int32) = (0, 0)
    guard ioctl(own, Self.unlock, &locked) == 0, ioctl(own, Self.getNumber, &number) == 0 else {
      close(own)
      return nil
    }
    let name = "/dev/pts/\(number)"
    let its = Glibc.open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard its >= 0 else {
      close(own)
      return nil
    }
    var settings = termios()
    tcgetattr(its, &settings)
    // No carriage returns are added to line breaks.
    settings.c_oflag &= ~tcflag_t(OPOST)
    settings.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
    tcsetattr(its, TCSANOW, &settings)
    var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(its, UInt(TIOCSWINSZ), &size)
    return unblocked(own: own, its: its)
  }

  /// A pipe.
  static func pipe() -> PseudoTerminal? {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return unblocked(own: ends[0], its: ends[1])
  }

  private static func unblocked(own: Int32, its: Int32) -> PseudoTerminal {
    _ = fcntl(own, F_SETFL, fcntl(own, F_GETFL) | O_NONBLOCK)
    return PseudoTerminal(own: own, its: its)
  }
}

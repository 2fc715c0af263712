import Glibc

/// What the system says of one process at one moment.
struct ProcessFigures: Sendable, Equatable {
  var process: pid_t
  var parent: pid_t
  /// How long it has computed since it began, in clock ticks.
  var ticks: Int
  /// When it began, in clock ticks since the system did: tells it from a later process with the same number.
  var start: Int

  /// Reads `/proc/PROCESS/stat`; `nil` for what is no such text.
  init?(process: pid_t, stat: String) {
    // The name comes in parentheses and may contain anything, parentheses included.
    guard let end = stat.lastIndex(of: ")") else { return nil }
    let fields = stat[stat.index(after: end)...].split(separator: " ")
    guard fields.count > 19, let parent = pid_t(fields[1]), let user = Int(fields[11]), let system = Int(fields[12]),
      let start = Int(fields[19])
    else { return nil }
    self.process = process
    self.parent = parent
    self.ticks = user + system
    self.start = start
  }

  /// The figures of every process; those of other users included, where the system shows them.
  static func all() -> [ProcessFigures] {
    ProcFile.names(in: "/proc").compactMap { name in
      guard let process = pid_t(name), let stat = ProcFile.text("/proc/\(name)/stat") else { return nil }
      return ProcessFigures(process: process, stat: stat)
    }
  }

  /// A process among others, and all that it has started, directly or not.
  static func family(of root: pid_t, among figures: [ProcessFigures]) -> [ProcessFigures] {
    let children = Dictionary(grouping: figures, by: \.parent)
    var family = figures.filter { $0.process == root }
    var index = 0
    while index < family.count {
      // A process is its own parent nowhere; that of the first one is 0.
      family += children[family[index].process, default: []].filter { $0.process != root }
      index += 1
    }
    return family
  }

  /// The memory that the process has, in bytes: shared pages count in proportion to how many share them, where the system
  /// says so.
  var memory: Int {
    if let rollup = ProcFile.text("/proc/\(process)/smaps_rollup"),
      let kilobytes = ProcFile.kilobytes("Pss", in: rollup)
    {
      return kilobytes * 1024
    }
    let pages = ProcFile.text("/proc/\(process)/statm")?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    return (pages ?? 0) * sysconf(Int32(_SC_PAGESIZE))
  }
}

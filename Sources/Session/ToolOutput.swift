import Glibc

/// What a tool of the toolchain prints.
///
/// Not Foundation's `Process`, which wants a run loop and hangs where file descriptors are scarce.
enum ToolOutput {
  /// Runs a tool to its end, without input; `nil` when it cannot be started. Its error output is dropped.
  static func of(_ executable: String, arguments: [String]) -> [UInt8]? {
    var ends: [Int32] = [-1, -1]
    // Closed in the tool but for the copy that becomes its standard output.
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let process = start(executable, arguments, output: ends[1])
    close(ends[1])
    guard let process else { return nil }
    let bytes = readToEnd(ends[0])
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    return bytes
  }

  private static func start(_ executable: String, _ arguments: [String], output: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var strings: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) } + [nil]
    defer { for string in strings { free(string) } }
    var process: pid_t = 0
    return posix_spawn(&process, executable, &actions, nil, &strings, environ) == 0 ? process : nil
  }

  private static func readToEnd(_ descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return bytes }
      bytes += chunk.prefix(count)
    }
  }
}

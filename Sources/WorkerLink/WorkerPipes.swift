import Glibc

/// The pipes and the socket between a session and the worker that it starts.
struct WorkerPipes {
  /// The session's ends.
  private(set) var link: Int32 = -1
  private(set) var output: Int32 = -1
  private(set) var errorOutput: Int32 = -1

  private var workerLink: Int32 = -1
  private var workerOutput: Int32 = -1
  private var workerErrorOutput: Int32 = -1

  /// Where the worker finds its end of the link.
  private static let linkDescriptor: Int32 = 3

  mutating func open() throws(WorkerError) {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw WorkerError("No socket for the worker could be made", errno)
    }
    (link, workerLink) = (ends[0], ends[1])
    (output, workerOutput) = try Self.pipe()
    (errorOutput, workerErrorOutput) = try Self.pipe()
  }

  private static func pipe() throws(WorkerError) -> (Int32, Int32) {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { throw WorkerError("No pipe for the worker could be made", errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    // The session's end never blocks: the reader waits with poll.
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    // A large pipe lets a cell that prints much run on meanwhile. (F_SETPIPE_SZ, which Swift's import of glibc hides.)
    let setPipeSize: Int32 = 1031
    _ = fcntl(ends[0], setPipeSize, 1 << 20)
    return (ends[0], ends[1])
  }

  func spawn(_ executable: String, libraries: [String], workingDirectory: String?) throws(WorkerError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, workerOutput, 1)
    posix_spawn_file_actions_adddup2(&actions, workerErrorOutput, 2)
    posix_spawn_file_actions_adddup2(&actions, workerLink, Self.linkDescriptor)
    if let workingDirectory { SpawnActions.addDirectoryChange(&actions, workingDirectory) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A process group of its own: Ctrl-C in a terminal is the session's to handle. No signal of this process stays
    // blocked.
    var noSignals = sigset_t()
    sigemptyset(&noSignals)
    posix_spawnattr_setsigmask(&attributes, &noSignals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
    var arguments: [UnsafeMutablePointer<CChar>?] =
      ([executable, String(Self.linkDescriptor)] + libraries).map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, executable, &actions, &attributes, &arguments, environ)
    guard code == 0 else { throw WorkerError("\(executable) could not be started", code) }
    return process
  }

  func closeWorkerEnds() { for descriptor in [workerLink, workerOutput, workerErrorOutput] { close(descriptor) } }
  func closeOwnEnds() { for descriptor in [link, output, errorOutput] { close(descriptor) } }
}

import Glibc
import Synchronization
import WorkerLink

/// A command's process, with a group of its own, whose output is told as it comes.
///
/// Its standard output is a terminal that nobody sees, since most programs write a pipe only when there is much to write.
/// Its standard input is empty.
final class ShellProcess: Sendable {
  /// How it ended: its exit code, or the signal that ended it.
  enum End: Sendable, Equatable {
    case exited(Int32)
    case signalled(Int32)
  }

  /// A program that could not be started.
  struct StartError: Error {
    var description: String
  }

  typealias Handler = @Sendable (OutputStream, String) -> Void

  let process: pid_t
  private let reader: ShellReader

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - arguments: the program's path first.
  ///   - groups: remembers the process and what it leaves behind, for as long as anything of it writes.
  ///   - onOutput: told on the thread that waits, and on another one for what comes after the end, from what the program
  ///     has left behind.
  init(
    _ arguments: [String], environment: [String: String], directory: String, groups: ProcessGroups,
    onOutput: @escaping Handler
  ) throws(StartError) {
    var (own, its): ([Int32], [Int32]) = ([], [])
    defer { for descriptor in its { close(descriptor) } }
    guard let output = PseudoTerminal.open(), let errors = PseudoTerminal.pipe() else {
      throw StartError(description: String(cString: strerror(errno)))
    }
    own = [output.own, errors.own]
    its = [output.its, errors.its]
    do {
      process = try Self.spawn(arguments, environment, directory, output: its[0], errors: its[1])
    } catch {
      for descriptor in own { close(descriptor) }
      throw error
    }
    let process = process
    groups.insert(process)
    reader = ShellReader(output: own[0], errors: own[1], handler: onOutput) { groups.remove(process) }
  }

  /// Waits for the end; all that was written until then has been told when it returns.
  func wait() -> End {
    let process = process
    let status = Mutex<Int32>(0)
    let ended = ShellReader.Signal()
    // A thread of its own waits for the process while this one reads.
    let waiter = JoinableThread {
      var value: Int32 = 0
      while waitpid(process, &value, 0) < 0 && errno == EINTR {}
      status.withLock { $0 = value }
      ended.raise()
    }
    reader.read(until: ended)
    waiter.join()
    let value = status.withLock { $0 }
    let signal = value & 0x7f
    return signal == 0 ? .exited((value >> 8) & 0xff) : .signalled(signal)
  }

  /// Stops the program and what it has started: as Ctrl-C does the first time, by force later.
  func stop(_ count: Int) { kill(-process, count <= 1 ? SIGINT : SIGKILL) }

  private static func spawn(
    _ arguments: [String], _ environment: [String: String], _ directory: String, output: Int32, errors: Int32
  ) throws(StartError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, errors, 2)
    SpawnActions.addDirectoryChange(&actions, directory)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    // A session of its own has no terminal that a password could be asked at, and one group to be stopped.
    let setSession: Int32 = 0x80
    posix_spawnattr_setflags(&attributes, Int16(setSession | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var process: pid_t = 0
    let argv = CStrings(arguments)
    let envp = CStrings(environment.map { "\($0)=\($1)" })
    let code = posix_spawn(&process, arguments[0], &actions, &attributes, argv.pointers, envp.pointers)
    guard code == 0 else { throw StartError(description: String(cString: strerror(code))) }
    return process
  }
}

/// A null-terminated array of C strings.
private final class CStrings {
  let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ strings: [String]) {
    count = strings.count
    pointers = .allocate(capacity: count + 1)
    for (index, string) in strings.enumerated() { pointers[index] = strdup(string) }
    pointers[count] = nil
  }

  deinit {
    for index in 0..<count { free(pointers[index]) }
    pointers.deallocate()
  }
}

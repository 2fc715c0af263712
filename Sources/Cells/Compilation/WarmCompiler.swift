import Foundation
import Glibc
import Synchronization

/// A compiler process that stays loaded and serves one request after the other, which saves each cell the compiler's
/// own start.
///
/// The frontend is started with a shim preloaded (the target `CWarmCompiler`) that reads requests from a socket. Where
/// that does not work, and after a crash until it is back, cells are compiled by a `SpawnedCompiler`.
final class WarmCompiler: Compiler {
  private struct State {
    var process: pid_t?
    var socket: Int32 = -1
    /// Whether the process has been told what it is told once.
    var isSetUp = false
    /// Whether it has ever compiled something: one that does not is not worth replacing.
    var hasServed = false
    var isCancelled = false
    var isShutDown = false
  }

  private let frontend: String
  private let shim: String
  private let fallback: SpawnedCompiler
  private let state = Mutex(State())
  /// Held during a request: the socket serves one at a time.
  private let serving = NSLock()
  /// What makes a new process ready.
  private let warmUp = Mutex<(@Sendable () -> Void)?>(nil)

  init(toolchain: Toolchain, installation: Installation) {
    frontend = toolchain.frontend.path
    shim = installation.warmCompiler.path
    fallback = SpawnedCompiler(frontend: frontend)
  }

  func compile(_ arguments: [String], log: String) throws(CompilerError) -> Int32 {
    serving.lock()
    defer { serving.unlock() }
    guard let (socket, isSetUp) = connection() else { return try fallback.compile(arguments, log: log) }
    let whole = isSetUp ? arguments : arguments + CompileJob.processArguments
    if let status = request(whole, log: log, socket: socket), status != WarmCompilerProtocol.unavailable {
      state.withLock { $0.hasServed = true }
      return status
    }
    let (signal, isCancelled) = reap()
    if isCancelled { throw .cancelled }
    // A crash would only happen again; when the process was killed from outside, another serves as well.
    if [SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE].contains(signal) {
      throw .crashed(signal: signal, log: log)
    }
    return try fallback.compile(arguments, log: log)
  }

  func cancel() {
    state.withLock { state in
      guard let process = state.process else { return }
      state.isCancelled = true
      kill(process, SIGKILL)
    }
    fallback.cancel()
  }

  func shutdown() {
    state.withLock { $0.isShutDown = true }
    cancel()
    serving.lock()
    defer { serving.unlock() }
    _ = reap()
  }

  /// Has a function called, on a thread of its own, whenever the process has ended without having been told to: it compiles
  /// something, so that the next cell finds another process that is warm.
  func keepWarm(by function: @escaping @Sendable () -> Void) { warmUp.withLock { $0 = function } }

  private func watch(_ process: pid_t) {
    let thread = Thread { [weak self] in
      var information = siginfo_t()
      // Left to be reaped by whoever notices first.
      while waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) < 0 && errno == EINTR {}
      self?.replace(process)
    }
    thread.stackSize = 1 << 20
    thread.start()
  }

  private func replace(_ process: pid_t) {
    serving.lock()
    let hasServed = state.withLock { $0.hasServed && !$0.isShutDown }
    if state.withLock({ $0.process == process }) { _ = reap() }
    serving.unlock()
    if hasServed { warmUp.withLock { $0 }?() }
  }

  /// The socket of the living process, started if need be.
  private func connection() -> (socket: Int32, isSetUp: Bool)? {
    state.withLock { state in
      state.isCancelled = false
      defer { state.isSetUp = true }
      if state.process != nil { return (state.socket, state.isSetUp) }
      guard !state.isShutDown, access(shim, R_OK) == 0, let (process, socket) = launch() else { return nil }
      (state.process, state.socket, state.hasServed) = (process, socket, false)
      watch(process)
      return (socket, false)
    }
  }

  private func launch() -> (pid_t, Int32)? {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      return nil
    }
    defer { close(ends[1]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], WarmCompilerProtocol.descriptor)
    var environment = ProcessInfo.processInfo.environment
    environment["LD_PRELOAD"] = shim
    environment[WarmCompilerProtocol.variable] = String(WarmCompilerProtocol.descriptor)
    var process: pid_t = 0
    var attributes = SpawnAttributes.ownGroup()
    defer { posix_spawnattr_destroy(&attributes) }
    let code = withCStrings([frontend]) { argv in
      withCStrings(environment.map { "\($0)=\($1)" }) {
        posix_spawn(&process, frontend, &actions, &attributes, argv, $0)
      }
    }
    guard code == 0 else {
      close(ends[0])
      return nil
    }
    return (process, ends[0])
  }

  /// Sends one request and waits for its exit code; `nil` when the process is gone.
  private func request(_ arguments: [String], log: String, socket: Int32) -> Int32? {
    var message: [UInt8] = []
    let strings = [log, frontend] + arguments
    message.append(contentsOf: littleEndian(strings.count))
    for string in strings {
      message.append(contentsOf: littleEndian(string.utf8.count))
      message.append(contentsOf: string.utf8)
    }
    var sent = 0
    while sent < message.count {
      let count = message[sent...].withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if count <= 0 {
        if count < 0 && errno == EINTR { continue }
        return nil
      }
      sent += count
    }
    var reply: [UInt8] = [0, 0, 0, 0]
    var received = 0
    while received < 4 {
      let count = reply[received...].withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, 0) }
      if count <= 0 {
        if count < 0 && errno == EINTR { continue }
        return nil
      }
      received += count
    }
    return Int32(truncatingIfNeeded: reply.enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) })
  }

  /// Ends and forgets the process; tells the signal that ended it, and whether that was asked for.
  private func reap() -> (signal: Int32, isCancelled: Bool) {
    let (process, socket, isCancelled) = state.withLock { state in
      defer { (state.process, state.socket) = (nil, -1) }
      return (state.process, state.socket, state.isCancelled)
    }
    guard let process else { return (0, isCancelled) }
    close(socket)
    var status: Int32 = 0
    // A process that served the request wrongly but lives ends with its socket.
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    return (status & 0x7f, isCancelled)
  }

  private func littleEndian(_ count: Int) -> [UInt8] { [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: count >> $0) } }
}

/// What the shim in the compiler's process and its client agree on.
enum WarmCompilerProtocol {
  /// The environment variable that names the socket's descriptor.
  static let variable = "MARTLET_COMPILER_SOCKET"
  static let descriptor: Int32 = 3
  /// The reply of a compiler that has no entry point for a second compilation.
  static let unavailable: Int32 = -2
}

/// Calls a function with a null-terminated array of C strings.
func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) } + [nil]
  defer { for pointer in pointers { free(pointer) } }
  return pointers.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
}

import Glibc

/// What is needed to start a worker.
package struct WorkerConfiguration: Sendable {
  /// The path of `martlet-worker`.
  package var executable: String
  /// What it loads at its start; the first is `libMartlet.so`.
  package var libraries: [String]
  /// Variables that are added to the environment, or replaced in it.
  package var environment: [String: String]
  /// Where cells run; the session's own folder where it is `nil`.
  package var workingDirectory: String?

  package init(
    executable: String, libraries: [String], environment: [String: String] = [:], workingDirectory: String? = nil
  ) {
    self.executable = executable
    self.libraries = libraries
    self.environment = environment
    self.workingDirectory = workingDirectory
  }
}

/// A worker that has just been started: its process, and our ends of what leads to it.
struct LaunchedWorker {
  let process: pid_t
  let link: Int32
  let output: Int32
  let error: Int32
}

/// Starts the process, leader of its own process group.
///
/// Called on the thread that reads from the worker: the kernel kills the worker when the thread that started it ends.
func launchWorker(_ configuration: WorkerConfiguration) throws(LinkError) -> LaunchedWorker {
  var ours: [Int32] = []
  var theirs: [Int32] = []
  defer { for descriptor in theirs { close(descriptor) } }
  do throws(LinkError) {
    let stream = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    try open("socketpair", &ours, &theirs) { socketpair(AF_UNIX, stream, 0, $0) }
    try open("pipe", &ours, &theirs) { pipe($0) }
    try open("pipe", &ours, &theirs) { pipe($0) }
    for descriptor in ours.dropFirst() { prepareForReading(descriptor) }
    let process = try spawn(configuration, descriptors: theirs)
    return LaunchedWorker(process: process, link: ours[0], output: ours[1], error: ours[2])
  } catch {
    for descriptor in ours { close(descriptor) }
    throw error
  }
}

/// Opens a pair of descriptors that other children do not inherit.
private func open(
  _ name: String, _ ours: inout [Int32], _ theirs: inout [Int32], with call: (UnsafeMutablePointer<Int32>) -> Int32
) throws(LinkError) {
  var ends: [Int32] = [-1, -1]
  guard call(&ends) == 0 else { throw .cannotStart(name, code: errno) }
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  ours.append(ends[0])
  theirs.append(ends[1])
}

/// A large pipe lets a cell that prints much run on while we are busy.
private func prepareForReading(_ descriptor: Int32) {
  let pipeSize: Int32 = 1 << 20
  let setPipeSize: Int32 = 1031  // F_SETPIPE_SZ, which the Glibc module does not show
  _ = fcntl(descriptor, setPipeSize, pipeSize)
  _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
}

/// The descriptor under which the worker finds the link.
private let linkDescriptor: Int32 = 3

/// `posix_spawn_file_actions_addchdir_np`, which the Glibc module leaves out as it does all GNU extensions.
@_silgen_name("posix_spawn_file_actions_addchdir_np")
private func addChangeOfFolder(
  _ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>, _ folder: UnsafePointer<CChar>
) -> Int32

/// - Parameter descriptors: the worker's ends: the link, its standard output and its standard error.
private func spawn(_ configuration: WorkerConfiguration, descriptors: [Int32]) throws(LinkError) -> pid_t {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  // Above the three streams and the link first, so that no end is overwritten before it has been copied.
  let firstFree: Int32 = 10
  let copies = descriptors.map { fcntl($0, F_DUPFD_CLOEXEC, firstFree) }
  defer { for copy in copies { close(copy) } }
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
  for (copy, target) in zip(copies, [linkDescriptor, STDOUT_FILENO, STDERR_FILENO]) {
    posix_spawn_file_actions_adddup2(&actions, copy, target)
  }
  if let folder = configuration.workingDirectory { _ = addChangeOfFolder(&actions, folder) }
  return try spawn(configuration, &actions)
}

private func spawn(
  _ configuration: WorkerConfiguration, _ actions: inout posix_spawn_file_actions_t
) throws(LinkError) -> pid_t {
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var none = sigset_t()
  sigemptyset(&none)
  var all = sigset_t()
  sigfillset(&all)
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setsigdefault(&attributes, &all)
  posix_spawnattr_setpgroup(&attributes, 0)
  posix_spawnattr_setflags(
    &attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
  let arguments = [configuration.executable, String(linkDescriptor)] + configuration.libraries
  var process: pid_t = 0
  let code = withCStrings(arguments) { arguments in
    withCStrings(environment(adding: configuration.environment)) { environment in
      posix_spawn(&process, configuration.executable, &actions, &attributes, arguments, environment)
    }
  }
  guard code == 0 else { throw .cannotStart(configuration.executable, code: code) }
  return process
}

private func environment(adding variables: [String: String]) -> [String] {
  var result: [String] = []
  var entry = environ
  while let text = entry.pointee {
    let line = String(cString: text)
    let name = line.prefix { $0 != "=" }
    if variables[String(name)] == nil { result.append(line) }
    entry += 1
  }
  return result + variables.map { "\($0.key)=\($0.value)" }
}

private func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) } + [nil]
  defer { for pointer in pointers { free(pointer) } }
  return pointers.withUnsafeMutableBufferPointer { body($0.baseAddress!) }  // never empty: it ends with nil
}

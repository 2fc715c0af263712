import Glibc

/// How many files the kernel's process may have open: sockets of frontends, pipes to the processes that it starts.
enum FileLimit {
  /// What a kernel with some frontends needs, with room to spare.
  private static let usual: rlim_t = 1024
  /// Below this, connections may wait for ever without an error.
  private static let least: rlim_t = 64

  /// Raises the limit as far as it is needed and may be, and logs when that is too little.
  static func raise(log: KernelLog) {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < usual else { return }
    limit.rlim_cur = min(usual, limit.rlim_max)
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    guard limit.rlim_cur < least else { return }
    log("Only \(limit.rlim_cur) files may be open here, which is too little for a kernel; see `ulimit -n`.")
  }
}

import Glibc

/// Whether the libraries that Martlet stands on can be loaded.
enum LibraryChecks {
  private static let needed = [
    ("ZeroMQ", "libzmq.so.5", "libzmq3-dev"), ("sodium", "libsodium.so.23", "libsodium-dev"),
    ("OpenBLAS", "libopenblas.so.0", "libopenblas-dev"), ("zlib", "libz.so.1", "zlib1g-dev"),
  ]

  static func libraries() -> [Check] {
    needed.map { name, file, package in
      guard let handle = dlopen(file, RTLD_LAZY | RTLD_LOCAL) else {
        let reason = dlerror().map { String(cString: $0) } ?? "it cannot be loaded"
        return Check(name, reason, remedy: "Install it: apt-get install \(package)")
      }
      dlclose(handle)
      return Check(name, file)
    }
  }
}

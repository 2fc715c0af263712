import Glibc

/// The processes that a process has started, and those that they have started in turn.
enum ProcessFamily {
  /// The descendants of a process that lives; those whose own parent is gone are not among them.
  ///
  /// - Complexity: O(processes of the system) small files are read.
  static func descendants(of ancestor: pid_t) -> [pid_t] {
    var children: [pid_t: [pid_t]] = [:]
    for process in all() {
      if let parent = parent(of: process) { children[parent, default: []].append(process) }
    }
    var found: [pid_t] = []
    var waiting = [ancestor]
    while let next = waiting.popLast() {
      found += children[next] ?? []
      waiting += children[next] ?? []
    }
    return found
  }

  private static func all() -> [pid_t] {
    guard let folder = opendir("/proc") else { return [] }
    defer { closedir(folder) }
    var found: [pid_t] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if let process = pid_t(name) { found.append(process) }
    }
    return found
  }

  /// From `/proc/…/stat`: "pid (name) state parent …", where the name may contain anything.
  private static func parent(of process: pid_t) -> pid_t? {
    let file = open("/proc/\(process)/stat", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 512)
    let count = read(file, &bytes, bytes.count)
    let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    guard let end = text.lastIndex(of: ")") else { return nil }
    let fields = text[end...].split(separator: " ")
    return fields.count > 2 ? pid_t(fields[2]) : nil
  }
}

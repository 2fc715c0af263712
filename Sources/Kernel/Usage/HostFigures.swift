import JSON

/// What the system says of the whole machine.
enum HostFigures {
  /// How long all processors together have been busy and have existed, in clock ticks.
  struct ProcessorTime: Sendable, Equatable {
    var busy: Int
    var total: Int

    /// Reads the first line of `/proc/stat`.
    init?(stat: String) {
      guard let line = stat.split(separator: "\n").first, line.hasPrefix("cpu ") else { return nil }
      let ticks = line.split(separator: " ").dropFirst().compactMap { Int($0) }
      // user, nice, system, idle, iowait, irq, softirq, steal; the guests' time after that is part of the users'.
      guard ticks.count >= 8 else { return nil }
      total = ticks[0..<8].reduce(0, +)
      busy = total - ticks[3] - ticks[4]
    }

    static func now() -> ProcessorTime? { ProcFile.text("/proc/stat").flatMap(ProcessorTime.init(stat:)) }
  }

  /// The machine's memory in bytes, under the names that psutil gives its parts.
  static func memory(meminfo: String) -> JSONValue? {
    func bytes(_ name: String) -> Int { (ProcFile.kilobytes(name, in: meminfo) ?? 0) * 1024 }
    let total = bytes("MemTotal")
    guard total > 0 else { return nil }
    let available = bytes("MemAvailable")
    let percent = Double(total - available) / Double(total) * 100
    return [
      "total": .integer(total), "available": .integer(available), "percent": .number(UsageMeter.rounded(percent)),
      "used": .integer(total - available), "free": .integer(bytes("MemFree")), "active": .integer(bytes("Active")),
      "inactive": .integer(bytes("Inactive")), "buffers": .integer(bytes("Buffers")),
      "cached": .integer(bytes("Cached") + bytes("SReclaimable")), "shared": .integer(bytes("Shmem")),
      "slab": .integer(bytes("Slab")),
    ]
  }
}

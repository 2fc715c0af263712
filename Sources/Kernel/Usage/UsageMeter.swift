import Glibc
import JSON
import Synchronization

/// Measures what the kernel and all its processes use: the worker, what cells start, and the compilers.
///
/// Shares of processors are those since the question before; the first time, since the meter was made.
final class UsageMeter: Sendable {
  private struct Moment {
    var time = ContinuousClock.now
    var host = HostFigures.ProcessorTime.now()
    var family = ProcessFigures.family(of: getpid(), among: ProcessFigures.all())
  }

  private let last = Mutex(Moment())

  /// The answer to a `usage_request`, as ipykernel gives it. A share is in percent of one processor, except the host's, which
  /// is of all; memory is in bytes.
  func usage() -> JSONValue {
    let now = Moment()
    let before = last.withLock { last in
      defer { last = now }
      return last
    }
    var usage: [String: JSONValue] = [
      "hostname": .string(Self.hostName), "pid": .integer(Int(getpid())),
      "kernel_cpu": .number(
        Self.share(of: now.family, since: before.family, seconds: before.time.duration(to: now.time))),
      "kernel_memory": .integer(now.family.reduce(0) { $0 + $1.memory }),
      "cpu_count": .integer(sysconf(Int32(_SC_NPROCESSORS_ONLN))),
    ]
    // Too short a time to tell is no time without work.
    if let host = now.host, let earlier = before.host, host.total > earlier.total {
      let share = Double(host.busy - earlier.busy) / Double(host.total - earlier.total) * 100
      usage["host_cpu_percent"] = .number(Self.rounded(min(100, max(0, share))))
    }
    if let memory = ProcFile.text("/proc/meminfo").flatMap(HostFigures.memory(meminfo:)) {
      usage["host_virtual_memory"] = memory
    }
    return .object(usage)
  }

  /// The processor time that processes have used, in percent of the time that has passed. What has begun since counts from
  /// its beginning.
  static func share(
    of family: [ProcessFigures], since before: [ProcessFigures], seconds duration: Duration
  ) -> Double {
    let earlier = Dictionary(before.map { ($0.process, $0) }) { first, _ in first }
    let ticks = family.reduce(0) { sum, process in
      let known = earlier[process.process].flatMap { $0.start == process.start ? $0.ticks : nil }
      return sum + max(0, process.ticks - (known ?? 0))
    }
    let passed = duration / .seconds(1)
    guard passed > 0 else { return 0 }
    return rounded(Double(ticks) / Double(sysconf(Int32(_SC_CLK_TCK))) / passed * 100)
  }

  /// A share with one digit, as psutil gives it.
  static func rounded(_ share: Double) -> Double { (share * 10).rounded() / 10 }

  private static var hostName: String {
    var bytes = [CChar](repeating: 0, count: 256)
    gethostname(&bytes, bytes.count - 1)
    return String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

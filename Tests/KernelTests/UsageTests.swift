import Glibc
import JSON
import Testing

@Suite(.serialized) struct UsageTests {
  private func usage(_ frontend: TestFrontend) throws -> JSONValue {
    let request = try frontend.send("usage_request", on: .control)
    let (reply, published) = try frontend.complete(request, on: .control)
    #expect(reply.header.type == "usage_reply")
    #expect(published.transcript(of: request) == ["status busy", "status idle"])
    return reply.content
  }

  @Test func hasWhatIpykernelSays() throws {
    let usage = try usage(try TestFrontend())
    #expect(usage["status"] == "ok")
    #expect(usage["pid"] == .integer(Int(getpid())))
    #expect(usage["hostname"]?.string?.isEmpty == false)
    #expect(usage["cpu_count"] == .integer(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    let memory = try #require(usage["kernel_memory"]?.integer)
    let host = try #require(usage["host_virtual_memory"]?.object)
    let total = try #require(host["total"]?.integer)
    #expect(memory > 1 << 20 && memory < total)
    #expect(
      Set(host.keys) == [
        "total", "available", "percent", "used", "free", "active", "inactive", "buffers", "cached", "shared", "slab",
      ])
  }

  @Test func countsTheWorkSinceTheQuestionBefore() throws {
    let frontend = try TestFrontend()
    _ = try usage(frontend)
    let end = ContinuousClock.now + .milliseconds(500)
    var sum = 0.0
    while ContinuousClock.now < end { for x in 0..<10_000 { sum += Double(x).squareRoot() } }
    #expect(sum > 0)
    let busy = try usage(frontend)
    // A share of a busy machine may be small, and yet it is one.
    let share = try #require(number(busy["kernel_cpu"]))
    #expect(share > 5, "\(share) %")
    #expect(try #require(number(busy["host_cpu_percent"])) > 0)
  }

  /// Zero may have been written without a point.
  private func number(_ value: JSONValue?) -> Double? {
    if case .number(let number) = value { number } else { value?.integer.map(Double.init) }
  }
}

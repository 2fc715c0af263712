import Session
import Testing

extension EngineTests {
  @Suite struct LargeBlocksTests {
    /// Pages that come from the system are zero; what a cell wrote before is still there only in memory that was kept.
    @Test func `a cell gets the large block that it gave back, and the system has it after the cell`() throws {
      let driver = try CellDriver()
      driver.run(
        """
        import Foundation
        let size = 64 << 20
        func residentMegabytes() -> Int {
          let text = try! String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
          return Int(text.split(separator: " ")[1])! / 256
        }
        let before = residentMegabytes()
        """)
      let reused = driver.run(
        """
        var first = [UInt8](repeating: 7, count: size)
        first = []
        let second = [UInt8](unsafeUninitializedCapacity: size) { block, count in
          count = 1
          print(block[size / 2])
        }
        """)
      #expect(reused.log.text(of: .standardOutput) == "7\n")
      // The array itself is one block of 64 MB; what is freed beside it is not there any more after the cell.
      driver.run("do { let many = (0..<4).map { _ in [UInt8](repeating: 1, count: size) }; print(many.count) }")
      let after = driver.run("residentMegabytes() - before")
      let megabytes = try #require(after.result.flatMap { Int($0) })
      #expect((64..<128).contains(megabytes), "\(megabytes) MB")
    }

    @Test func `what an array leaves when it grows is the beginning of its next block`() throws {
      let driver = try CellDriver()
      let run = driver.run(
        """
        var first = [UInt8](repeating: 7, count: 64 << 20)
        first = []
        let longer = [UInt8](unsafeUninitializedCapacity: 256 << 20) { block, count in
          count = 1
          print(block[32 << 20], block[128 << 20])
        }
        var grown: [Int] = []
        for i in 0..<5_000_000 { grown.append(i) }
        grown.indices.allSatisfy { grown[$0] == $0 }
        """)
      #expect(run.log.text(of: .standardOutput) == "7 0\n")
      #expect(run.result == "true")
    }

    @Test func `blocks survive threads that take and give them at once`() throws {
      let driver = try CellDriver()
      let run = driver.run(
        """
        import Dispatch
        nonisolated(unsafe) let wrong = UnsafeMutablePointer<Int>.allocate(capacity: 64)
        wrong.initialize(repeating: 0, count: 64)
        DispatchQueue.concurrentPerform(iterations: 64) { worker in
          for round in 0..<20 {
            let size = (1 + (worker + round) % 5) << 20
            let mark = UInt8(worker + 1)
            let block = [UInt8](repeating: mark, count: size)
            if block.contains(where: { $0 != mark }) { wrong[worker] += 1 }
          }
        }
        (0..<64).reduce(0) { $0 + wrong[$1] }
        """)
      #expect(run.result == "0")
    }
  }
}

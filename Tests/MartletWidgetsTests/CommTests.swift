import CMartletRuntime
import MartletDisplay
import MartletWidgets
import Testing

/// Everything that goes through the one frontend there is.
@Suite(.serialized) struct FrontendTests {}

extension FrontendTests {
  @Suite struct CommTests {
    @Test func opensSendsAndCloses() {
      let sent = Frontend.listen {
        let comm = Comm(target: "t", data: ["a": 1], buffers: [[1, 2], []])
        comm.send("hello", metadata: ["m": true])
        comm.close()
        comm.close()
        comm.send("unheard")
        #expect(!comm.isOpen)
      }
      #expect(sent.map(\.kind) == [MARTLET_COMM_OPEN, MARTLET_COMM_MESSAGE, MARTLET_COMM_CLOSE])
      #expect(sent[0].target == "t" && sent[0].message.data == ["a": 1] && sent[0].message.buffers == [[1, 2], []])
      #expect(sent[1].message.data == "hello" && sent[1].message.metadata == ["m": true])
      #expect(Set(sent.map(\.id)).count == 1)
    }

    @Test func handlersHearInOrderUntilTheFrontendCloses() {
      var heard: [String] = []
      _ = Frontend.listen {
        registerCommTarget("order") { comm, opening in
          heard.append("open \(opening.data)")
          comm.onMessage { heard.append("1 \($0.data) \($0.buffers)") }
          comm.onMessage { heard.append("2 \($0.data)") }
          comm.onClose { heard.append("close \($0.data)") }
        }
        Frontend.send(MARTLET_COMM_OPEN, "c", target: "order", 0)
        Frontend.send(MARTLET_COMM_MESSAGE, "c", "x", buffers: [[7]])
        Frontend.send(MARTLET_COMM_CLOSE, "c", "end")
        Frontend.send(MARTLET_COMM_MESSAGE, "c", "late")
      }
      #expect(heard == ["open 0", "1 \"x\" [[7]]", "2 \"x\"", "close \"end\""])
    }

    @Test func unknownTargetsAreClosedAtOnce() {
      let sent = Frontend.listen {
        Frontend.send(MARTLET_COMM_OPEN, "n", target: "nobody", [:])
        registerCommTarget("gone") { _, _ in }
        unregisterCommTarget("gone")
        Frontend.send(MARTLET_COMM_OPEN, "g", target: "gone", [:])
      }
      #expect(sent.map { [$0.id, "\($0.kind)"] } == [["n", "12"], ["g", "12"]])
    }

    @Test(
      arguments: [
        [], [1, 0, 0], [255, 255, 255, 255], [1, 0, 0, 0, 65], [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 123],
      ] as [[UInt8]])
    func bytesThatAreNoMessageAreNone(bytes: [UInt8]) { #expect(CommWire.decoded(bytes) == nil) }
  }
}

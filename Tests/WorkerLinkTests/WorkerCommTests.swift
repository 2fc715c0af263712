import Testing
import WorkerLink

@Suite struct WorkerCommTests {
  @Test func aFrontendsMessageHasItsForm() {
    let comm = WorkerComm(
      .message, origin: 0x4000_0001, identifier: "ab", data: Array("{}".utf8), metadata: Array("1".utf8),
      buffers: [[9, 8], []])
    #expect(
      WorkerRequest.comm(comm).frame
        == Frame(
          kind: 11,
          payload: [1, 0, 0, 0x40] + [2, 0, 0, 0, 0x61, 0x62] + [0, 0, 0, 0] + [2, 0, 0, 0, 0x7B, 0x7D]
            + [1, 0, 0, 0, 0x31] + [2, 0, 0, 0] + [2, 0, 0, 0, 9, 8] + [0, 0, 0, 0]))
    #expect(WorkerRequest.interruptCallback(level: 2).frame == Frame(kind: 13, payload: [2]))
  }
}

extension WorkerTests {
  @Suite(.serialized) struct CommTests {
    private let harness: WorkerHarness

    init() throws { harness = try WorkerHarness() }

    private static let echo = """
      import MartletWidgets
      registerCommTarget("echo") { comm, _ in
        comm.onMessage { message in
          print("heard")
          if message.data["trap"]?.bool == true { fatalError("as told") }
          comm.send(message.data, buffers: message.buffers)
        }
      }
      """

    private func message(_ kind: WorkerComm.Kind, _ number: UInt32, _ data: String, buffers: [[UInt8]] = [])
      -> WorkerComm
    {
      WorkerComm(
        kind, origin: WorkerComm.messageOrigin | number, identifier: "c", target: kind == .open ? "echo" : "",
        data: Array(data.utf8), metadata: Array("{}".utf8), buffers: buffers)
    }

    @Test func messagesAreAnsweredInTheirOwnName() throws {
      _ = try harness.run(Self.echo)
      harness.send(message(.open, 1, "{}"))
      harness.send(message(.message, 2, "[1]", buffers: [[1, 2, 3]]))
      let answered = try harness.listen { $0.events.contains("done 2") }
      #expect(answered.events == ["done 1", "comm 2 c [1] [[1, 2, 3]]", "done 2"])
      #expect(answered.lateOutput == [WorkerComm.messageOrigin | 2: "heard\n"])
    }

    @Test func aTrapIsTheMessagesAndTheNextOneIsAnswered() throws {
      _ = try harness.run(Self.echo)
      harness.send(message(.open, 1, "{}"))
      harness.send(message(.message, 2, "{\"trap\":true}"))
      harness.send(message(.message, 3, "4"))
      let answered = try harness.listen { $0.events.contains("done 3") }
      #expect(answered.events == ["done 1", "failed 2 as told", "done 2", "comm 3 c 4 []", "done 3"])
      #expect(try harness.run("print(\"still there\")").output == "still there\n")
    }

    @Test func messagesThatAreNoneAreDoneWith() throws {
      harness.send(message(.message, 1, "no JSON"))
      harness.send(message(.message, 2, "{}"))
      #expect(try harness.listen { $0.events.contains("done 2") }.events == ["done 1", "done 2"])
    }
  }
}

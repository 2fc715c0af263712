import MartletText
import Synchronization
import Testing

@Suite struct ChatStandInTests {
  private func client(_ server: ChatClient.Server) -> ChatClient {
    ChatClient(
      server, model: "stand-in",
      transport: ChatStandIn { messages in "\(messages.count) messages, the last: \(messages.last?.text ?? "")" })
  }

  @Test(arguments: [ChatClient.Server.ollama, .ollamaNative])
  func itAnswersWhatWasAsked(_ server: ChatClient.Server) throws {
    let client = client(server)
    let reply = try client.complete([.system("Be brief."), .user("Say \"good\" morning.")])
    #expect(reply.text == "2 messages, the last: Say \"good\" morning.")
    #expect(reply.finishReason == "stop" && reply.model == "stand-in")
    // Two words and three were sent, seven came back.
    #expect(client.usage == ChatUsage(promptTokens: 5, completionTokens: 7))
  }

  @Test(arguments: [ChatClient.Server.ollama, .ollamaNative])
  func itStreamsWordByWord(_ server: ChatClient.Server) throws {
    let client = client(server)
    var parts: [String] = []
    let reply = try client.stream([.user("one  two")]) { parts.append($0) }
    #expect(parts == ["1", " messages,", " the", " last:", " one", " ", " two"])
    #expect(reply.text == "1 messages, the last: one  two" && reply.finishReason == "stop")
    #expect(client.usage == ChatUsage(promptTokens: 2, completionTokens: 6))
  }

  @Test func itsTokensCanBeSet() throws {
    var client = ChatClient(
      .ollama, model: "stand-in",
      transport: ChatStandIn(usage: ChatUsage(promptTokens: 12, completionTokens: 8)) { _ in "Heron, swift, wren." })
    client.price = ChatPrice(prompt: 0.5, completion: 1.5)
    _ = try client.complete([.user("Name three birds.")])
    #expect(abs((client.cost ?? 0) - 18e-6) < 1e-18)
  }

  @Test func otherRequestsAreRefused() {
    let error = #expect(throws: ChatError.self) { try client(.ollama).embed(["bird"]) }
    #expect(error?.kind == .request)
    #expect(error?.description.contains("A stand-in answers conversations") == true)
  }
}

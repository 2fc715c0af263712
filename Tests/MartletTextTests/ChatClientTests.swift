import Foundation
import MartletText
import Synchronization
import Testing

@Suite(.serialized) struct ChatClientTests {
  private static func reply(_ text: String, tokens: (Int, Int) = (12, 5)) -> ChatServer.Answer {
    .init(pieces: [
      #"{"model":"tiny-1","choices":[{"message":{"role":"assistant","content":"\#(text)"},"finish_reason":"stop"}],"#,
      #""usage":{"prompt_tokens":\#(tokens.0),"completion_tokens":\#(tokens.1)}}"#,
    ])
  }

  private func client(_ server: ChatServer, key: APIKey? = nil) -> ChatClient {
    var client = ChatClient(.init(server.baseURL), model: "tiny", key: key)
    client.firstWait = 0.01
    client.timeout = 5
    return client
  }

  @Test func answersAndTheirTokensAreRead() throws {
    let server = try ChatServer([Self.reply("Robin, wren, martlet."), Self.reply("Yes.", tokens: (20, 1))])
    var client = client(server)
    client.price = ChatPrice(prompt: 2, completion: 8)
    client.temperature = 0
    client.maximumTokens = 50
    client.fallbackModels = ["small"]
    let reply = try client.complete([.system("Be brief."), .user("Name \"three\" birds\nplease.")])
    #expect(reply.text == "Robin, wren, martlet." && reply.finishReason == "stop" && reply.model == "tiny-1")
    _ = try client.complete([.user("Sure?")])
    #expect(client.usage == ChatUsage(promptTokens: 32, completionTokens: 6))
    #expect(abs((client.cost ?? 0) - (32 * 2 + 6 * 8) / 1e6) < 1e-15)
    let body = try #require(server.requests.first)
    #expect(body.hasPrefix("POST /v1/chat/completions"))
    #expect(body.contains(#""content":"Name \"three\" birds\u000aplease.""#) && body.contains(#""max_tokens":50"#))
    #expect(body.contains(#""models":["tiny","small"]"#) && !body.lowercased().contains("authorization"))
  }

  @Test func streamsComeInParts() throws {
    let server = try ChatServer([
      .init(pieces: [
        "data: {\"model\":\"tiny-2\",\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"Once\"}}]}\n\ndata: {\"choices\":[{\"del",
        "ta\":{\"content\":\" upon ⏳\"}}]}\r\n\r\n: a remark\n\n",
        "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}\n\n",
        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}\n\ndata: [DONE]\n\n",
      ])
    ])
    let client = client(server)
    var parts: [String] = []
    let reply = try client.stream([.user("Tell me.")]) { parts.append($0) }
    #expect(parts == ["Once", " upon ⏳"] && reply.text == "Once upon ⏳" && reply.finishReason == "length")
    #expect(client.usage.completionTokens == 2 && reply.model == "tiny-2")
    #expect(server.requests[0].contains(#""stream":true"#))
  }

  @Test func busyServersAreAskedAgain() throws {
    let busy = ChatServer.Answer(status: 503, pieces: ["busy"])
    let limited = ChatServer.Answer(
      status: 429, headers: ["Retry-After": "0.01"], pieces: [#"{"error":{"message":"slow down"}}"#])
    let server = try ChatServer([busy, limited, Self.reply("Now.")])
    #expect(try client(server).complete([.user("?")]).text == "Now.")
    #expect(server.requests.count == 3)
    var impatient = client(try ChatServer([limited, limited]))
    impatient.retries = 1
    let error = #expect(throws: ChatError.self) { try impatient.complete([.user("?")]) }
    #expect(error?.status == 429 && error?.description.contains("slow down") == true)
  }

  @Test func refusalsAreNotTriedAgainAndHideTheKey() throws {
    setenv("MARTLET_TEST_KEY", "secret-123", 1)
    let key = try APIKey(environment: "MARTLET_TEST_KEY")
    let server = try ChatServer([.init(status: 401, pieces: [#"{"error":{"message":"wrong key secret-123"}}"#])])
    let client = client(server, key: key)
    let error = #expect(throws: ChatError.self) { try client.complete([.user("?")]) }
    #expect(
      error?.status == 401 && error?.description.contains("secret-123") == false
        && error?.description.contains("MARTLET_TEST_KEY") == true)
    #expect(server.requests[0].contains("Bearer secret-123"))
    var shown = ""
    dump(client, to: &shown)
    #expect(
      !shown.contains("secret-123") && !"\(key)".contains("secret") && !String(reflecting: key).contains("secret"))
    #expect(throws: ChatError.self) { try APIKey(environment: "MARTLET_ABSENT_KEY") }
  }

  @Test func brokenAnswersAreSaid() throws {
    let cut = ChatServer.Answer(pieces: ["data: {\"choices\":[{\"delta\":{\"content\":\"Half\"}}]}\n\n"])
    let server = try ChatServer([cut, .init(pieces: ["<html>"]), .init(pieces: ["{}"])])
    var client = client(server)
    client.retries = 0
    var parts: [String] = []
    #expect(throws: ChatError.self) { try client.stream([.user("?")]) { parts.append($0) } }
    #expect(parts == ["Half"])
    #expect(throws: ChatError.self) { try client.complete([.user("?")]) }
    #expect(throws: ChatError.self) { try client.complete([.user("?")]) }
    #expect(throws: ChatError.self) { try client.complete([]) }
    var nowhere = ChatClient(.init("http://127.0.0.1:1/v1"), model: "x")
    nowhere.retries = 0
    #expect(throws: ChatError.self) { try nowhere.complete([.user("?")]) }
  }

  @Test func valuesAreDecoded() throws {
    struct Bird: Decodable, Equatable {
      let name: String
      let wingspan: Double
    }
    let server = try ChatServer([
      Self.reply(#"```json\n{\"name\":\"martlet\",\"wingspan\":0.3}\n```"#), Self.reply("I would rather not."),
    ])
    let client = client(server)
    let schema = #"{"type":"object","properties":{"name":{"type":"string"},"wingspan":{"type":"number"}}}"#
    #expect(
      try client.decode(Bird.self, schema: schema, from: [.user("A bird?")]) == Bird(name: "martlet", wingspan: 0.3))
    #expect(server.requests[0].contains(#""response_format":{"type":"json_schema""#))
    #expect(throws: ChatError.self) { try client.decode(Bird.self, schema: schema, from: [.user("A bird?")]) }
    #expect(throws: ChatError.self) { try client.complete([.user("?")], schema: "{") }
  }

  @Test func toolsAreRun() throws {
    let call = ChatServer.Answer(pieces: [
      #"{"choices":[{"message":{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"add","arguments":"{\"a\":2,\"b\":3}"}},{"id":"c2","type":"function","function":{"name":"fly","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}"#
    ])
    let server = try ChatServer([call, Self.reply("It is 5.")])
    let asked = Mutex<[String]>([])
    let add = ChatTool("add", about: "Adds two numbers.", schema: #"{"type":"object"}"#) { arguments in
      asked.withLock { $0.append(arguments) }
      return "5"
    }
    let conversation = try client(server).run([.user("2 + 3?")], tools: [add])
    #expect(conversation.map(\.role) == [.user, .assistant, .tool, .tool, .assistant])
    #expect(
      conversation[2].text == "5" && conversation[3].text.contains("no tool 'fly'")
        && conversation[4].text == "It is 5.")
    #expect(asked.withLock { $0 } == [#"{"a":2,"b":3}"#])
    #expect(server.requests[1].contains(#""tool_call_id":"c1""#) && server.requests[0].contains(#""name":"add""#))
    let endless = try ChatServer([call, call, call])
    #expect(throws: ChatError.self) { try client(endless).run([.user("?")], tools: [add], maximumSteps: 2) }
  }

  @Test func recordingsAreReplayed() throws {
    let path = NSTemporaryDirectory() + "/martlet-\(UUID().uuidString).json"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let server = try ChatServer([Self.reply("Recorded é."), Self.reply("Second.")])
    let recorder = ChatClient(
      .init(server.baseURL), model: "tiny", transport: try ChatRecording(path, records: NetworkTransport()))
    _ = try recorder.complete([.user("One?")])
    _ = try recorder.complete([.user("Two?")])
    let offline = ChatClient(.init(server.baseURL), model: "tiny", transport: try ChatRecording(path))
    #expect(try offline.complete([.user("Two?")]).text == "Second.")
    #expect(try offline.complete([.user("One?")]).text == "Recorded é.")
    let error = #expect(throws: ChatError.self) { try offline.complete([.user("Three?")]) }
    #expect(error?.kind == .recording && server.requests.count == 2)
    #expect(throws: ChatError.self) { try ChatRecording("/nowhere/answers.json") }
    try Data("{}".utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: ChatError.self) { try ChatRecording(path) }
  }

  @Test func requestsAreRouted() throws {
    let server = try ChatServer([Self.reply("Delivery."), Self.reply("nonsense")])
    let labels = ["billing", "delivery"]
    let unsure = RouterStage<String>("classifier", threshold: 0.8, cost: 0.01) { text in
      text.contains("parcel") ? ("delivery", 0.9) : ("billing", 0.4)
    }
    let router = AnswerRouter(stages: [
      .rules([("invoice", "billing")]), unsure, .languageModel(client(server), labels: labels, cost: 1),
    ])
    let byRule = router.route("My INVOICE is wrong")
    #expect(byRule.label == "billing" && byRule.stage == "rules" && byRule.cost == 0)
    #expect(router.route("Where is my parcel?").stage == "classifier")
    let byModel = router.route("It never came")
    #expect(byModel.label == "delivery" && byModel.stage == "language model" && byModel.cost == 1.01)
    let byNobody = router.route("Hm")
    #expect(
      byNobody.label == "billing" && byNobody.stage == "classifier" && byNobody.description.contains("nothing to say"))
    let truth = [("a parcel", "delivery"), ("b", "delivery"), ("c", "billing")].map { (text: $0.0, label: $0.1) }
    let oracle = RouterStage<String>("oracle", threshold: 0, cost: 1) { text in
      (text == "c" ? "billing" : "delivery", 1)
    }
    let curve = AnswerRouter(stages: [unsure, oracle]).costCurve(stage: 0, thresholds: [0, 0.5, 1], truth)
    #expect(agree(curve.map(\.cost), [0.01, 0.01 + 2 / 3.0, 1.01]))
    #expect(agree(curve.map(\.accuracy), [2 / 3.0, 1, 1]) && agree(curve.map(\.localShare), [1, 1 / 3.0, 0]))
  }
}

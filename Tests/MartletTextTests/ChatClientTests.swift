import Foundation
import MartletFrames
import MartletNumerics
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
    #expect("\(reply)" == "Robin, wren, martlet.\n— tiny-1, 12 tokens sent, 5 answered")
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

  /// Ollama's own language: answers, streams of lines, tools, values and vectors.
  @Test func ollamaIsUnderstood() throws {
    let server = try ChatServer([
      .init(pieces: [
        #"{"model":"tiny","message":{"role":"assistant","content":"Robin."},"done":true,"done_reason":"stop","prompt_eval_count":7,"eval_count":3}"#
      ]),
      .init(pieces: [
        "{\"model\":\"tiny\",\"message\":{\"role\":\"assistant\",\"content\":\"Once\"},\"done\":false}\n{\"model\":\"ti",
        "ny\",\"message\":{\"content\":\" upon\"},\"done\":false}\n",
        "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"length\",\"prompt_eval_count\":4,\"eval_count\":2}\n",
      ]),
      .init(pieces: [
        #"{"message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"add","arguments":{"a":2,"b":3}}}]},"done":true}"#
      ]),
      .init(pieces: [#"{"message":{"role":"assistant","content":"It is 5."},"done":true}"#]),
      .init(status: 404, pieces: [#"{"error":"model 'tiny' not found"}"#]),
      .init(pieces: ["{\"error\":\"out of memory\"}\n"]),
    ])
    var client = ChatClient(
      .init("http://127.0.0.1:\(server.port)", dialect: .ollama), model: "tiny")
    (client.firstWait, client.retries, client.temperature, client.maximumTokens) = (0.01, 0, 0.5, 40)
    #expect(try client.complete([.user("A bird?")], schema: #"{"type":"object"}"#).text == "Robin.")
    #expect(client.usage == ChatUsage(promptTokens: 7, completionTokens: 3))
    #expect(server.requests[0].hasPrefix("POST /api/chat "))
    #expect(server.requests[0].contains(#""options":{"temperature":0.5,"num_predict":40}"#))
    #expect(
      server.requests[0].contains(#""stream":false"#) && server.requests[0].contains(#""format":{"type":"object"}"#))
    var parts: [String] = []
    let told = try client.stream([.user("A story.")]) { parts.append($0) }
    #expect(parts == ["Once", " upon"] && told.text == "Once upon" && told.finishReason == "length")
    #expect(client.usage == ChatUsage(promptTokens: 11, completionTokens: 5))
    let add = ChatTool("add", about: "Adds.", schema: #"{"type":"object"}"#) { $0.contains(#""a":2"#) ? "5" : "?" }
    let conversation = try client.run([.user("2 + 3?")], tools: [add])
    #expect(conversation.map(\.text) == ["2 + 3?", "", "5", "It is 5."])
    #expect(server.requests[3].contains(#""arguments":{"a":2,"b":3}"#))
    let missing = #expect(throws: ChatError.self) { try client.complete([.user("?")]) }
    #expect(missing?.status == 404 && missing?.description.contains("model 'tiny' not found") == true)
    let broken = #expect(throws: ChatError.self) { try client.stream([.user("?")]) { _ in } }
    #expect(broken?.description.contains("out of memory") == true)
    #expect(ChatClient.Server.ollamaNative.dialect == .ollama && ChatClient.Server.ollama.dialect == .openAI)
  }

  @Test func textsBecomeVectors() throws {
    let server = try ChatServer([
      .init(pieces: [
        #"{"data":[{"index":1,"embedding":[0,1.5]},{"index":0,"embedding":[1,-2]}],"usage":{"prompt_tokens":9,"total_tokens":9}}"#
      ]),
      .init(pieces: [#"{"embeddings":[[1,2,3]],"prompt_eval_count":4}"#]),
      .init(pieces: [#"{"data":[{"index":0,"embedding":[1,2]}]}"#]),
    ])
    let client = client(server)
    #expect(try client.embed(["a", "b"]) == Tensor<Float>([[1, -2], [0, 1.5]]))
    #expect(client.usage.promptTokens == 9 && server.requests[0].hasPrefix("POST /v1/embeddings "))
    #expect(server.requests[0].contains(#""input":["a","b"]"#))
    let ollama = ChatClient(.init("http://127.0.0.1:\(server.port)", dialect: .ollama), model: "tiny")
    #expect(try ollama.embed(["a"]) == Tensor<Float>([[1, 2, 3]]))
    #expect(server.requests[1].hasPrefix("POST /api/embed "))
    let error = #expect(throws: ChatError.self) { try client.embed(["a", "b"]) }
    #expect(error?.kind == .answer && error?.description.contains("Expected 2 vectors") == true)
    #expect(throws: ChatError.self) { try client.embed([]) }
  }

  /// 160 = 0.0031 · n at the break-even point.
  @Test func costsAreSums() throws {
    let service = AnsweringCost(
      "service", requestPrice: ChatPrice(prompt: 2, completion: 8), tokens: (500, 200), overhead: 300, seconds: 0.9)
    let machine = AnsweringCost("own machine", fixed: 160, perRequest: 0.0001, seconds: 0.004)
    #expect(agree([service.perRequest, service.cost(of: 10_000)], [0.0032, 32]))
    #expect(
      agree(
        [service.breakEven(with: machine) ?? 0, machine.breakEven(with: service) ?? 0],
        [51612.903225806454, 51612.903225806454]))
    #expect(service.breakEven(with: AnsweringCost("dearer", fixed: 10, perRequest: 0.01)) == nil)
    let table = try AnsweringCost.table([service, machine], requests: [10_000, 100_000])
    #expect(table.columnNames == ["requests", "service", "own machine", "cheapest"])
    #expect(try Array(table["cheapest", String.self]) == ["service", "own machine"])
    #expect(agree(try table["own machine", Double.self].compactMap { $0 }, [161, 170]))
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

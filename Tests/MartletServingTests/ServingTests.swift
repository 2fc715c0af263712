import Foundation
import FoundationNetworking
import MartletDatasets
import MartletFrames
import MartletModels
import MartletNumerics
import MartletServing
import Synchronization
import Testing

/// Real models behind a real server.
@Suite(.serialized) struct ServingTests {
  private static let names = ["sepalLength", "sepalWidth", "petalLength", "petalWidth"]

  private static func irisModel() throws -> (model: TabularModel<LogisticRegression<String>.Model>, iris: DataFrame) {
    let iris = try Datasets.iris()
    return (try LogisticRegression<String>().fit(iris, target: "species", features: names), iris)
  }

  private static func post(_ body: String, keepsAlive: Bool = true) -> String {
    "POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
      + "\(keepsAlive ? "" : "Connection: close\r\n")\r\n\(body)"
  }

  private struct Many: Decodable {
    let predictions: [String]
    let probabilities: [[String: Double]]
  }
  private struct One<Prediction: Decodable>: Decodable {
    let prediction: Prediction
    let probabilities: [String: Double]?
  }

  private static func rows(_ frame: DataFrame) throws -> String {
    let rows = try frame.rows.map { row in
      "{" + (try names.map { "\"\($0)\": \(try #require(row.number($0)))" }).joined(separator: ",") + "}"
    }
    return "[\(rows.joined(separator: ","))]"
  }

  @Test func equalsPredictionsInProcess() throws {
    let (model, iris) = try Self.irisModel()
    let server = try serve(model, like: iris)
    defer { server.stop() }
    let reply = try server.ask(try Self.rows(iris))
    #expect(reply.status == 200)
    let many = try JSONDecoder().decode(Many.self, from: Data(reply.body.utf8))
    #expect(many.predictions == (try model.predict(iris)))
    let expected = try model.predictProbabilities(iris)
    for row in 0..<150 {
      for (place, name) in model.classes.enumerated() { #expect(many.probabilities[row][name] == expected[row, place]) }
    }
    #expect(server.statistics.predictions == 150)
    // What was asked is there to be compared with the training data: the same rows have not drifted.
    let drift = try DataDrift.report(before: iris, after: server.requests)
    #expect(server.requests.columnNames == Self.names + ["prediction"])
    #expect(try drift["stabilityIndex", Double.self].values().allSatisfy { $0 == 0 })
  }

  /// A model of trees is asked with the texts that it has learned, and with nothing for what is missing; any other text is
  /// refused.
  @Test func textsAreCategories() throws {
    let passengers = try Datasets.titanicPassengers()
    let model = try DecisionTreeClassifier<Bool>(maximumDepth: 3, seed: 0)
      .fit(passengers, target: "survived", features: ["sex", "pclass"])
    let server = try serve(model)
    defer { server.stop() }
    for (sex, saved) in [("\"female\"", true), ("\"male\"", false)] {
      let reply = try server.ask("{\"sex\": \(sex), \"pclass\": 1}")
      #expect(try JSONDecoder().decode(One<Bool>.self, from: Data(reply.body.utf8)).prediction == saved)
    }
    #expect(try server.ask(#"{"sex": null, "pclass": 1}"#).status == 200)
    #expect(try server.ask(#"{"sex": "neither", "pclass": 1}"#).status == 422)
  }

  @Test func oneRowByURLSession() async throws {
    let (model, _) = try Self.irisModel()
    let server = try serve(model)
    defer { server.stop() }
    var request = URLRequest(url: try #require(URL(string: server.address + "/predict")))
    request.httpMethod = "POST"
    request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    request.httpBody = Data(
      #"{"sepalLength": 5.1, "sepalWidth": 3.5, "petalLength": 1.4, "petalWidth": 0.2}"#.utf8)
    let (data, response) = try await URLSession.shared.data(for: request)
    #expect((response as? HTTPURLResponse)?.statusCode == 200)
    #expect(try JSONDecoder().decode(One<String>.self, from: data).prediction == "setosa")
  }

  @Test func curl() throws {
    let (model, _) = try Self.irisModel()
    let server = try serve(model)
    defer { server.stop() }
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/curl") else { return }
    let body = #"{"sepalLength": 6.3, "sepalWidth": 3.3, "petalLength": 6, "petalWidth": 2.5}"#
    for extra in [[], ["-H", "Transfer-Encoding: chunked"], ["-H", "Expect: 100-continue"], ["--http1.0"]] {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
      process.arguments =
        ["-sS", "-H", "Content-Type: application/json", "-d", body] + extra + [server.address + "/predict"]
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let data = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      #expect(try JSONDecoder().decode(One<String>.self, from: data).prediction == "virginica", "\(extra)")
    }
  }

  @Test func pipelinesAndRegressorsOfMatrices() throws {
    let diabetes = try Datasets.diabetes()
    let names = diabetes.columnNames.filter { $0 != "progression" }
    let x = try diabetes.matrix(of: names)
    let y = try diabetes.matrix(of: ["progression"]).scalars
    let model = try StandardScaler().then(Ridge()).fit(x, y)
    let server = try serve(model, features: names)
    defer { server.stop() }
    let row = zip(names, x[0...0].scalars).map { "\"\($0)\": \($1)" }.joined(separator: ",")
    let reply = try server.ask("{\(row)}")
    let one = try JSONDecoder().decode(One<Double>.self, from: Data(reply.body.utf8))
    #expect(one.prediction == (try model.predict(x)[0]) && one.probabilities == nil)
  }

  /// A model of one's own, of texts.
  private struct Length: Predictor {
    func predict(_ x: [String]) throws(FitError) -> [Int] { x.map(\.count) }
  }

  @Test func anyPredictor() throws {
    let server = try serve(Length(), features: [.text("mail")]) { try $0["mail", String.self].values() }
    defer { server.stop() }
    #expect(try server.ask(#"{"mail": "zwölf"}"#).body == #"{"prediction":5}"#)
    #expect(try server.ask(#"[{"mail": ""}, {"mail": "\u0041"}]"#).body == #"{"predictions":[0,1]}"#)
    #expect(try server.requests["prediction", Int.self].values() == [5, 0, 1])
  }

  private struct Mixed: Predictor {
    func predict(_ x: DataFrame) throws(FitError) -> [String] { x.rows.map { $0.text("sex") ?? "none" } }
  }

  /// Each problem is told with its row and field.
  @Test(arguments: [
    (#"{"pclass": 3, "sex": "male", "age": "old"}"#, 422, "age", "Expected a number; found a text."),
    (#"{"pclass": 3, "sex": "male", "age": true}"#, 422, "age", "Expected a number; found true or false."),
    (#"{"pclass": 3.5, "sex": "male", "age": 3}"#, 422, "pclass", "Expected a whole number; found 3.5."),
    (#"{"pclass": 3, "sex": "mail", "age": 3}"#, 422, "sex", "Expected one of female, male; found 'mail'."),
    (#"{"pclass": 3, "sex": null, "age": 3}"#, 422, "sex", "Expected a text; found null."),
    (#"{"sex": "male", "age": 3}"#, 422, "pclass", "The field is missing."),
    (#"{"pclass": 3, "sex": "male", "agee": 3}"#, 422, "agee", "There is no such field; there are pclass, sex, age."),
    (#"{"pclass": 3, "pclass": 1, "sex": "male"}"#, 422, "pclass", "Given twice."),
    (#"[{"pclass": 3, "sex": "male"}, 7]"#, 422, "", "Expected an object; found a number."),
    (#""hello""#, 422, "", "Expected an object with a value for each field, or a list of such objects."),
    ("[]", 422, "", "Expected 1 to 10000 rows; found 0."),
    (#"{"pclass": 3,}"#, 400, "", "The body is not JSON."),
    ("", 400, "", "The body is not JSON."),
    (#"{"pclass": 3, "sex": "male", "age": 1e999}"#, 400, "", "The body is not JSON."),
    (String(repeating: "[", count: 100_000), 400, "", "The body is not JSON."),
    (#"{"pclass": 3, "sex": "male"}"#, 200, "", "male"),
    (#"{"pclass": 3.0, "sex": "female", "age": null}"#, 200, "", "female"),
  ]) func validation(_ body: String, _ status: Int, _ field: String, _ message: String) throws {
    let sample = try DataFrame(
      Column("pclass", [1, 2, 3, 3]), Column("sex", ["male", "female", "male", "female"]),
      Column<Double>("age", [22, nil, 30, 31]))
    let server = try serve(Mixed(), like: sample)
    defer { server.stop() }
    let reply = try server.ask(body)
    #expect(reply.status == status && reply.body.contains(message), "\(reply)")
    if !field.isEmpty { #expect(reply.body.contains(#""field":"\#(field)""#)) }
    #expect(server.statistics.refused == (status == 200 ? 0 : 1))
  }

  @Test func routes() throws {
    let (model, iris) = try Self.irisModel()
    let server = try serve(model, like: iris)
    defer { server.stop() }
    #expect(try server.ask(path: "/health").body == #"{"status":"ok"}"#)
    #expect(try server.ask(path: "/nowhere").status == 404)
    #expect(try server.ask(path: "/predict").status == 405)
    #expect(try server.ask("{}", path: "/health").status == 405)
    #expect(try server.ask(path: "/").body.hasPrefix("<!doctype html>"))
    let schema = try server.ask(path: "/schema").body
    #expect(schema.contains(#""target":"species","classes":["setosa","versicolor","virginica"]"#))
    #expect(schema.contains(#""petalWidth":{"type":"number"}"#))
    let metrics = try server.ask(path: "/metrics").body
    #expect(metrics.contains(#"martlet_requests_total{status="404"} 1"#))
    #expect(metrics.contains(#"martlet_latency_seconds_bucket{le="+Inf"} 0"#))
    let head = try Client(server)
    head.say("HEAD /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    let answer = head.rest()
    #expect(answer.contains("Content-Length: 15\r\n") && answer.hasSuffix("\r\n\r\n"))
  }

  /// A page of another site can neither reach the server by a name of its own nor post a form.
  @Test func otherSites() throws {
    let (model, _) = try Self.irisModel()
    let server = try serve(model)
    defer { server.stop() }
    let rebound = try Client(server)
    rebound.say("GET /schema HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
    #expect(rebound.rest().hasPrefix("HTTP/1.1 403 "))
    let form = try Client(server)
    form.say("POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}")
    #expect(form.answer().status == 415)
  }

  @Test func severalRequestsOnAConnection() throws {
    let server = try serve(Length(), features: [.text("mail")]) { try $0["mail", String.self].values() }
    defer { server.stop() }
    let client = try Client(server)
    // All at once: answers come in the order of the requests.
    client.say((1...5).map { Self.post(#"{"mail": "\#(String(repeating: "a", count: $0))"}"#) }.joined())
    for count in 1...5 { #expect(client.answer().body == #"{"prediction":\#(count)}"#) }
    client.say("nonsense\r\n\r\n")
    #expect(client.answer().status == 400)
    #expect(client.rest() == "")
    #expect(server.statistics.requests == 6)
  }

  @Test func slowClientsAreCutOff() throws {
    var options = ServerOptions()
    options.limits.transferSeconds = 0.5
    options.limits.idleSeconds = 1
    options.limits.connections = 2
    let server = try serve(Length(), features: [.text("mail")], options: options) {
      try $0["mail", String.self].values()
    }
    defer { server.stop() }
    let (slow, silent) = (try Client(server), try Client(server))
    slow.say("POST /predict HTTP/1.1\r\nHost: loc")
    usleep(100_000)
    let third = try Client(server)
    #expect(third.rest().hasPrefix("HTTP/1.1 503 "))
    #expect(slow.rest().hasPrefix("HTTP/1.1 408 "))
    #expect(silent.rest() == "")
    // There is room again.
    usleep(300_000)
    #expect(try server.ask(#"{"mail": "a"}"#).status == 200)
    #expect(server.statistics.statuses == [200: 1, 408: 1, 503: 1])
  }

  private struct Slow: Predictor {
    let seconds: Double
    let began = DispatchSemaphore(value: 0)
    func predict(_ x: Matrix) throws(FitError) -> [Double] {
      began.signal()
      Thread.sleep(forTimeInterval: seconds)
      return x.scalars
    }
  }

  @Test func modelsThatNeverAnswer() throws {
    var options = ServerOptions()
    options.limits.answerSeconds = 0.3
    let server = try serve(Slow(seconds: 2), features: ["x"], options: options)
    defer { server.stop() }
    #expect(try server.ask(#"{"x": 1}"#).status == 503)
  }

  @Test func stoppingWaitsForAnswers() throws {
    let model = Slow(seconds: 0.5)
    let server = try serve(model, features: ["x"])
    let client = try Client(server)
    let idle = try Client(server)
    client.say(Self.post(#"{"x": 2.5}"#))
    model.began.wait()
    server.stop()
    #expect(client.answer().body == #"{"prediction":2.5}"#)
    #expect(client.rest() == "" && idle.rest() == "")
    #expect(!server.isRunning)
    #expect(throws: ServerError.self) { try server.ask(#"{"x": 1}"#) }
    server.stop()
  }

  @Test func ports() throws {
    let first = try serve(Slow(seconds: 0), features: ["x"])
    // A cell that is run again takes its own port over.
    let second = try serve(Slow(seconds: 0), features: ["x", "y"], port: first.port)
    #expect(!first.isRunning && second.isRunning && second.port == first.port)
    second.stop()
    var other = ServerOptions()
    other.host = "example.org"
    #expect(throws: ServerError.self) { try serve(Slow(seconds: 0), features: ["x"], options: other) }
    #expect(throws: ServerError.self) { try serve(Slow(seconds: 0), features: ["x"], port: 70_000) }
    #expect(throws: ServerError.self) { try serve(Slow(seconds: 0), features: ["x", "x"]) }
    #expect(throws: ServerError.self) { try serve(Slow(seconds: 0), features: []) }
  }

  @Test func theLastRequestsAreKept() throws {
    var options = ServerOptions()
    options.keptRequests = 3
    let server = try serve(Slow(seconds: 0), features: ["x"], options: options)
    defer { server.stop() }
    for number in 1...5 { _ = try server.ask(#"{"x": \#(number).5}"#) }
    #expect(try server.requests["x", Double.self].values() == [3.5, 4.5, 5.5])
    _ = try server.ask(#"[{"x": 6}, {"x": 7}, {"x": 8}, {"x": 9.5}]"#)
    #expect(try server.requests["x", Double.self].values() == [7, 8, 9.5])
    #expect(try server.requests["prediction", Double.self].values() == [7, 8, 9.5])
  }

  /// Eight clients at once, some of them rude; every answer is the right one.
  @Test func load() throws {
    let (model, iris) = try Self.irisModel()
    let server = try serve(model, like: iris)
    defer { server.stop() }
    let expected = try model.predict(iris)
    let bodies = try (0..<150).map { row in
      "{" + (try Self.names.map { "\"\($0)\":\(try #require(iris.rows[row].number($0)))" }).joined(separator: ",") + "}"
    }
    let wrong = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      guard let client = try? Client(server) else { return wrong.withLock { $0 += 1_000 } }
      for number in 0..<200 {
        let row = (number * 8 + thread) % 150
        if number % 50 == 49, let rude = try? Client(server) { rude.say("POST /predict HTTP/1.1\r\nContent-Le") }
        client.say(Self.post(bodies[row]))
        let answer = client.answer()
        if !answer.body.hasPrefix("{\"prediction\":\"\(expected[row])\"") { wrong.withLock { $0 += 1 } }
      }
    }
    #expect(wrong.withLock { $0 } == 0)
    #expect(server.statistics.predictions == 1_600)
    #expect(server.statistics.latency.count == 1_600)
    #expect(server.description.contains("1600 predictions"))
  }
}

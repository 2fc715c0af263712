import CMartletRuntime
import MartletDisplay
import MartletFrames
import MartletModels
import MartletNumerics

/// What a server knows about itself while it works; shared by its connections and whoever looks at it.
///
/// `@unchecked Sendable`: what changes is used under `lock` only.
final class ServerRoutes: @unchecked Sendable {
  let model: ServedModel
  private let reader: RowReader
  /// Whether it can be reached from this machine alone.
  private let isLocal: Bool
  private let lock = Lock()
  private var statistics = ServerStatistics()
  private var recent: RecentRequests

  init(_ model: ServedModel, _ options: ServerOptions) {
    self.model = model
    reader = RowReader(model.features, mostRows: options.limits.rows)
    isLocal = options.host.hasPrefix("127.")
    recent = RecentRequests(features: model.features, limit: options.keptRequests)
  }

  var counts: ServerStatistics { lock { statistics } }
  var requests: DataFrame { lock { recent }.frame }

  /// Remembers how a request was answered.
  func count(_ status: Int) {
    lock {
      statistics.requests += 1
      statistics.statuses[status, default: 0] += 1
    }
  }

  func reply(to request: HTTPRequest, counts: () -> ServerStatistics) -> HTTPReply {
    if isLocal, let problem = Self.strangeHost(request.head["host"]) { return HTTPReply(problem) }
    let method = request.head.method == "HEAD" ? "GET" : request.head.method
    switch (request.head.path, method) {
    case ("/predict", "POST"): return predict(request)
    case ("/health", "GET"): return HTTPReply(#"{"status":"ok"}"#)
    case ("/schema", "GET"): return HTTPReply(schema)
    case ("/metrics", "GET"): return HTTPReply(counts().exposition, type: "text/plain; version=0.0.4")
    case ("/", "GET"):
      var page = HTTPReply(TryPage.html, type: "text/html; charset=utf-8")
      page.fields = "Content-Security-Policy: \(TryPage.policy)\r\n"
      return page
    case ("/predict", _): return notAllowed("POST")
    case ("/", _), ("/health", _), ("/schema", _), ("/metrics", _): return notAllowed("GET, HEAD")
    default:
      return HTTPReply(HTTPProblem(404, "There are POST /predict, GET /health, GET /schema, GET /metrics and GET /."))
    }
  }

  private func notAllowed(_ methods: String) -> HTTPReply {
    var reply = HTTPReply(HTTPProblem(405, "Use \(methods)."))
    reply.fields = "Allow: \(methods)\r\n"
    return reply
  }

  /// A page of another site may make a browser that runs here ask us, under a name of that site's that leads here.
  private static func strangeHost(_ field: String?) -> HTTPProblem? {
    guard let field else { return nil }
    let name = field.prefix { $0 != ":" }.lowercased()
    let isNumber = name.hasPrefix("127.") && name.allSatisfy { $0.isNumber || $0 == "." }
    return name == "localhost" || isNumber ? nil : HTTPProblem(403, "This server answers for this machine alone.")
  }

  private func predict(_ request: HTTPRequest) -> HTTPReply {
    let start = martlet_nanoseconds()
    // Forms of other sites can send anything but this type.
    let type = request.head["content-type"]?.prefix { $0 != ";" }.lowercased()
    guard type?.split(separator: " ").first == "application/json" else {
      return HTTPReply(HTTPProblem(415, "Send JSON, with Content-Type: application/json."))
    }
    do {
      let rows = try reader.rows(of: request.body)
      let answers = try model.answer(rows)
      guard answers.predictions.count == rows.values.count else {
        return HTTPReply(
          HTTPProblem(500, "The model gave \(answers.predictions.count) answers for \(rows.values.count) rows."))
      }
      let reply = HTTPReply(text(answers, isSingle: rows.isSingle))
      lock {
        statistics.predictions += rows.values.count
        statistics.latency.add(nanoseconds: martlet_nanoseconds() - start)
        recent.add(rows, answers)
      }
      return reply
    } catch let problems as RowProblems {
      return problems.reply
    } catch let error as FitError {
      return HTTPReply(HTTPProblem(422, error.description))
    } catch let error as FrameError {
      return HTTPReply(HTTPProblem(422, error.description))
    } catch {
      return HTTPReply(HTTPProblem(500, "The model could not answer: \(error)"))
    }
  }

  private func text(_ answers: ServedAnswers, isSingle: Bool) -> String {
    let names = model.classes.map { JSONTree.quoted($0.text ?? $0.json) }
    var shares: [String] = []
    if let probabilities = answers.probabilities, probabilities.shape.last == names.count {
      let scalars = probabilities.scalars
      shares = (0..<answers.predictions.count).map { row in
        let pairs = names.indices.map { place in
          "\(names[place]):\(JSONTree.number(scalars[row * names.count + place]).json)"
        }
        return "{\(pairs.joined(separator: ","))}"
      }
    }
    if isSingle {
      return "{\"prediction\":\(answers.predictions[0].json)\(shares.first.map { ",\"probabilities\":\($0)" } ?? "")}"
    }
    let list = answers.predictions.map(\.json).joined(separator: ",")
    let sure = shares.isEmpty ? "" : ",\"probabilities\":[\(shares.joined(separator: ","))]"
    return "{\"predictions\":[\(list)]\(sure)}"
  }

  /// What it can be asked, and what it answers.
  private var schema: String {
    let required = model.features.filter { !$0.isOptional }.map { JSONTree.text($0.name) }
    let row = JSONTree.members([
      ("$schema", .text("https://json-schema.org/draft/2020-12/schema")), ("type", .text("object")),
      ("properties", .members(model.features.map { ($0.name, $0.schema) })), ("required", .list(required)),
      ("additionalProperties", .bool(false)),
    ])
    var members: [(key: String, value: JSONTree)] = [("model", .text(model.name))]
    if let target = model.target { members.append(("target", .text(target))) }
    if !model.classes.isEmpty { members.append(("classes", .list(model.classes))) }
    return JSONTree.members(members + [("row", row)]).json
  }
}

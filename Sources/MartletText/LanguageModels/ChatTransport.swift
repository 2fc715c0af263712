import CMartletRuntime
import Foundation
import FoundationNetworking
import Synchronization

/// A request as it goes to a server; the key is apart, so that it is not recorded.
public struct ChatRequest: Sendable, Equatable {
  /// Where it goes.
  public let url: String
  /// What is sent: JSON.
  public let body: String
  /// How many seconds of silence are waited through.
  public let timeout: Double
}

/// What carries requests to a server: the network, or a recording.
public protocol ChatTransport: Sendable {
  /// Sends a request, and gives the answer's pieces to `receive` as they come, on the thread that asked.
  /// - Returns: the HTTP status and how many seconds to wait before another try, where the server says so.
  /// - Throws: ``ChatError`` of kind `connection` or `recording`.
  func send(
    _ request: ChatRequest, key: APIKey?, receive: (Data) -> Void
  ) throws(ChatError) -> (status: Int, retryAfter: Double?)
}

/// Carries requests over the network.
public struct NetworkTransport: ChatTransport {
  /// The network.
  public init() {}

  public func send(
    _ request: ChatRequest, key: APIKey?, receive: (Data) -> Void
  ) throws(ChatError) -> (status: Int, retryAfter: Double?) {
    guard let url = URL(string: request.url), ["http", "https"].contains(url.scheme) else {
      throw ChatError(.request, "'\(request.url)' is no address of http or https.")
    }
    var message = URLRequest(url: url, timeoutInterval: request.timeout)
    message.httpMethod = "POST"
    message.httpBody = Data(request.body.utf8)
    message.setValue("application/json", forHTTPHeaderField: "Content-Type")
    if let key { message.setValue("Bearer \(key.value)", forHTTPHeaderField: "Authorization") }
    let exchange = ChatExchange()
    // Keys go where they were meant to go: redirections are not followed.
    let session = URLSession(configuration: .ephemeral, delegate: exchange, delegateQueue: nil)
    defer { session.invalidateAndCancel() }
    session.dataTask(with: message).resume()
    while true {
      let hasEnded = exchange.waitBriefly()
      for piece in exchange.take() { receive(piece) }
      if hasEnded { break }
      martlet_poll()
    }
    let outcome = exchange.outcome
    if let problem = outcome.problem {
      throw ChatError(.connection, "\(request.url) was not reached: \(key?.redacted(problem) ?? problem)")
    }
    return (outcome.status, outcome.retryAfter)
  }
}

/// One exchange with a server, whose pieces wait until they are taken.
private final class ChatExchange: NSObject, URLSessionDataDelegate, Sendable {
  struct Outcome {
    var status = 0
    var retryAfter: Double?
    var problem: String?
  }
  private let state = Mutex((pieces: [Data](), byteCount: 0, outcome: Outcome()))
  /// Signalled when all has come. It outlives a cell that is ended while waiting, as the transfer may.
  nonisolated(unsafe) private let ended = martlet_event_create()!  // never nil: it aborts instead
  /// A server that never stops is not listened to for ever.
  private static let longest = 64 << 20

  deinit { martlet_event_destroy(ended) }

  var outcome: Outcome { state.withLock { $0.outcome } }

  func waitBriefly() -> Bool { martlet_event_wait_briefly(ended, 20) == 0 }

  func take() -> [Data] {
    state.withLock { state in
      defer { state.pieces = [] }
      return state.pieces
    }
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
  ) {
    let answer = response as? HTTPURLResponse
    state.withLock { state in
      state.outcome.status = answer?.statusCode ?? 0
      state.outcome.retryAfter = answer?.value(forHTTPHeaderField: "Retry-After").flatMap(Double.init)
    }
    completionHandler(.allow)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let goesOn = state.withLock { state in
      state.byteCount += data.count
      if state.byteCount > Self.longest { state.outcome.problem = "the answer is longer than 64 MiB." }
      state.pieces.append(data)
      return state.outcome.problem == nil
    }
    if !goesOn { dataTask.cancel() }
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
  ) { completionHandler(nil) }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    if let error { state.withLock { $0.outcome.problem = $0.outcome.problem ?? error.localizedDescription } }
    martlet_event_signal(ended)
  }
}

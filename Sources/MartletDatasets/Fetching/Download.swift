import CMartletRuntime
import Foundation
import FoundationNetworking
import MartletNumerics
import Synchronization

/// One transfer of a file of bounded size from an address to a file, hashed on the way.
final class Download: NSObject, URLSessionDataDelegate, Sendable {
  private struct State {
    var file: FileHandle
    var hash = SHA256()
    var byteCount = 0
    var problem: String?
  }

  private let url: URL
  private let maximumSize: Int
  private let state: Mutex<State>
  /// Signalled when the transfer has ended. It outlives a cell that is ended while waiting, as the transfer may.
  nonisolated(unsafe) private let ended = martlet_event_create()!  // never nil: it aborts instead

  init(_ url: URL, to file: URL, maximumSize: Int) throws(DatasetError) {
    guard let handle = try? FileHandle(forWritingTo: file) else {
      throw DatasetError(description: "\(file.path) cannot be written to.")
    }
    self.url = url
    self.maximumSize = maximumSize
    state = Mutex(State(file: handle))
  }

  deinit { martlet_event_destroy(ended) }

  /// - Returns: the hash of what was written.
  func run() throws(DatasetError) -> String {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = 60
    let session = URLSession(configuration: configuration, delegate: self, delegateQueue: nil)
    defer { session.invalidateAndCancel() }
    session.dataTask(with: url).resume()
    if martlet_event_wait(ended) != 0 {
      session.invalidateAndCancel()
      martlet_end_interrupted_cell()
    }
    let outcome = state.withLock { state in
      try? state.file.close()
      return (state.problem, state.hash.finished())
    }
    if let problem = outcome.0 { throw DatasetError(description: "\(url.absoluteString) was not fetched: \(problem)") }
    return outcome.1
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
  ) {
    var problem: String?
    if let status = (response as? HTTPURLResponse)?.statusCode, status != 200 {
      problem = "the server answered \(status) (\(HTTPURLResponse.localizedString(forStatusCode: status)))."
    } else if response.expectedContentLength > maximumSize {
      problem = tooLarge("\(response.expectedContentLength) bytes")
    }
    if let problem { state.withLock { $0.problem = problem } }
    completionHandler(problem == nil ? .allow : .cancel)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let goesOn = state.withLock { state in
      guard state.problem == nil else { return false }
      state.byteCount += data.count
      if state.byteCount > maximumSize {
        state.problem = tooLarge("longer")
        return false
      }
      do { try state.file.write(contentsOf: data) } catch { state.problem = "\(error.localizedDescription)" }
      state.hash.update(data)
      return state.problem == nil
    }
    if !goesOn { dataTask.cancel() }
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    if let error {
      state.withLock { state in state.problem = state.problem ?? error.localizedDescription }
    }
    martlet_event_signal(ended)
  }

  private func tooLarge(_ found: String) -> String {
    "it is \(found), and at most \(maximumSize) bytes are taken. maximumSize allows more."
  }
}

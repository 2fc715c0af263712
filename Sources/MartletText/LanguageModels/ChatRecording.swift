import Foundation
import MartletNumerics
import Synchronization

/// Keeps what a server answered in a file, and gives it again without a network: notebooks then run offline.
///
///     let recording = try ChatRecording("answers.json")             // replays; what is not there is an error
///     let recorder = try ChatRecording("answers.json", records: NetworkTransport())
///
/// A request is known by its address and its body; keys are not kept. Equal requests are answered in the order of their
/// recording, the last answer again and again.
public final class ChatRecording: ChatTransport {
  private struct Entry {
    let url, body, answer: String
    let status: Int
  }

  private let path: String
  private let network: (any ChatTransport)?
  private let state: Mutex<(entries: [Entry], used: [Bool])>

  /// - Parameters:
  ///   - path: the file; without `records` it must be there.
  ///   - network: what answers requests that are not in the file; `nil` for none.
  /// - Throws: ``ChatError`` of kind `recording` when the file cannot be read or is damaged.
  public init(_ path: String, records network: (any ChatTransport)? = nil) throws(ChatError) {
    self.path = path
    self.network = network
    var entries: [Entry] = []
    if let data = try? Data(contentsOf: URL(fileURLWithPath: path)) {
      let list = (try? JSONTreeParser.parse(data))?["exchanges"]?.list
      for item in list ?? [] {
        guard let url = item["url"]?.text, let body = item["body"]?.text, let answer = item["answer"]?.text,
          let status = item["status"]?.whole
        else { throw ChatError(.recording, "\(path): an exchange lacks url, body, answer or status.") }
        entries.append(Entry(url: url, body: body, answer: answer, status: status))
      }
      if list == nil { throw ChatError(.recording, "\(path) is not a recording: it has no list of exchanges.") }
    } else if network == nil {
      throw ChatError(.recording, "\(path) cannot be read. Record it first, with `records: NetworkTransport()`.")
    }
    state = Mutex((entries, entries.map { _ in false }))
  }

  public func send(
    _ request: ChatRequest, key: APIKey?, receive: (Data) -> Void
  ) throws(ChatError) -> (status: Int, retryAfter: Double?) {
    if let entry = next(request) {
      receive(Data(entry.answer.utf8))
      return (entry.status, nil)
    }
    guard let network else {
      throw ChatError(
        .recording,
        "\(path) has no answer to this request. The messages or the settings have changed since it was recorded; record again."
      )
    }
    var answer = Data()
    let found = try network.send(request, key: key) { piece in
      answer.append(piece)
      receive(piece)
    }
    // What may go better the next time is not kept.
    if found.status == 200 {
      try keep(
        Entry(url: request.url, body: request.body, answer: String(decoding: answer, as: UTF8.self), status: 200))
    }
    return found
  }

  private func next(_ request: ChatRequest) -> Entry? {
    state.withLock { state in
      let fitting = state.entries.indices.filter {
        state.entries[$0].url == request.url && state.entries[$0].body == request.body
      }
      guard let place = fitting.first(where: { !state.used[$0] }) ?? fitting.last else { return nil }
      state.used[place] = true
      return state.entries[place]
    }
  }

  private func keep(_ entry: Entry) throws(ChatError) {
    let text = state.withLock { state in
      state.entries.append(entry)
      state.used.append(true)
      let items = state.entries.map {
        JSONTree.members([
          ("url", .text($0.url)), ("body", .text($0.body)), ("status", .whole($0.status)), ("answer", .text($0.answer)),
        ])
      }
      return JSONTree.members([("exchanges", .list(items))]).json
    }
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch { throw ChatError(.recording, "\(path) cannot be written: \(error.localizedDescription)") }
  }
}

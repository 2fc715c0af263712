import JSON
import JupyterWire

/// What a request gets back.
struct Answer: Sendable {
  /// The reply's content; `nil` for messages that get none.
  var content: JSONValue?
  /// What is to happen once the request is done with.
  var afterwards: (@Sendable () -> Void)?

  /// A reply with the status `ok`.
  static func ok(_ content: JSONValue = [:], afterwards: (@Sendable () -> Void)? = nil) -> Answer {
    let status: JSONValue = ["status": "ok"]
    return Answer(content: status.merging(content), afterwards: afterwards)
  }

  static let none = Answer()
}

/// Answers one type of request, whether a cell runs or not: on the thread of the channel it came on, or, when it may
/// take time, on the ``Lane`` of its shell.
typealias RequestHandler = @Sendable (_ request: Message, _ kernel: KernelServices) throws(RequestError) -> Answer

/// Every request that is answered at once, by its type; `execute_request`, which has to wait for its turn, is not
/// among them.
///
/// A reply's type is the request's, with `_reply` in the place of `_request`.
enum RequestTable {
  /// What would hold up a channel: the first answers about code may take seconds.
  static let takingTime: Set<String> = [
    "complete_request", "inspect_request", "history_request", "usage_request", "debug_request",
  ]

  /// Accepted on shell and on control.
  static let everywhere: [String: RequestHandler] = [
    "kernel_info_request": { request, kernel in KernelInformation.answer(request, kernel) },
    "connect_request": { request, kernel in KernelInformation.connection(request, kernel) },
    "is_complete_request": { request, kernel throws(RequestError) in try Introspection.isComplete(request, kernel) },
    "complete_request": { request, kernel throws(RequestError) in try Introspection.complete(request, kernel) },
    "inspect_request": { request, kernel throws(RequestError) in try Introspection.inspect(request, kernel) },
    "history_request": { request, kernel in HistoryRequest.answer(request, kernel) },
    "comm_info_request": { request, kernel in Comms.information(request, kernel) },
    "comm_open": { request, kernel throws(RequestError) in try Comms.open(request, kernel) },
    "comm_msg": { _, _ in .none },
    "comm_close": { _, _ in .none },
    "interrupt_request": { request, kernel in Lifecycle.interrupt(request, kernel) },
    "shutdown_request": { request, kernel in Lifecycle.shutdown(request, kernel) },
  ]
  /// Accepted on control only.
  static let onControl: [String: RequestHandler] = [
    "create_subshell_request": { request, kernel throws(RequestError) in try SubshellRequests.create(request, kernel) },
    "delete_subshell_request": { request, kernel throws(RequestError) in try SubshellRequests.delete(request, kernel) },
    "list_subshell_request": { request, kernel in SubshellRequests.list(request, kernel) },
    "debug_request": { request, kernel in Debugger.answer(request, kernel) },
    "usage_request": { request, kernel in UsageRequest.answer(request, kernel) },
  ]
}

import JSON
import JupyterWire

/// Takes the messages of the shell or the control channel to where they are answered.
struct RequestDispatcher: Sendable {
  let kernel: KernelServices
  /// Subshells are parts of the shell; on control they mean nothing.
  let isControl: Bool

  func handle(_ request: Message, mailbox: Mailbox) {
    let subshell = isControl ? nil : request.header.subshell
    guard let lane = isControl ? kernel.subshells.control : kernel.subshells.lane(subshell) else {
      let error = RequestError.unknownSubshell(subshell ?? "")
      kernel.log("Refused a message of type '\(request.header.type)'. \(error.problem)")
      return respond(to: request, mailbox: mailbox) { Answer(content: error.content) }
    }
    // Runs when it is its turn; everything else is answered meanwhile.
    if request.header.type == "execute_request" {
      return kernel.jobs.append(ExecutionJob(request: request, mailbox: mailbox, subshell: subshell))
    }
    if RequestTable.takingTime.contains(request.header.type) {
      return lane.perform { answer(request, mailbox: mailbox) }
    }
    answer(request, mailbox: mailbox)
  }

  private func answer(_ request: Message, mailbox: Mailbox) {
    let type = request.header.type
    guard let handler = RequestTable.everywhere[type] ?? (isControl ? RequestTable.onControl[type] : nil) else {
      kernel.log("Ignored a message of the unknown type '\(type)'.")
      return respond(to: request, mailbox: mailbox) { .none }
    }
    respond(to: request, mailbox: mailbox) { () throws(RequestError) in try handler(request, kernel) }
  }

  private func respond(to request: Message, mailbox: Mailbox, _ work: () throws(RequestError) -> Answer) {
    let answer: Answer = kernel.publisher.whileBusy(with: request) {
      let answer = outcome(of: request, work)
      if let content = answer.content {
        mailbox.send(request.reply(replyType(of: request), session: kernel.publisher.session, content: content))
      }
      return answer
    }
    answer.afterwards?()
  }

  private func outcome(of request: Message, _ work: () throws(RequestError) -> Answer) -> Answer {
    do { return try work() } catch {
      if isRequest(request.header.type) { return Answer(content: error.content) }
      kernel.log("Ignored a message of type '\(request.header.type)'. \(error.problem)")
      return .none
    }
  }

  private func isRequest(_ type: String) -> Bool { type.hasSuffix("_request") }

  private func replyType(of request: Message) -> String {
    let type = request.header.type
    return isRequest(type) ? type.dropLast("_request".count) + "_reply" : type + "_reply"
  }
}

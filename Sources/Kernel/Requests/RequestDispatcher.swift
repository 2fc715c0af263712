import JSON
import JupyterWire
import Session

/// Takes the messages of the shell and control channels to where they are answered.
struct RequestDispatcher: Sendable {
  let kernel: KernelServices

  func handle(_ request: Message, mailbox: Mailbox) {
    // Runs when the cells before it have ended; everything else is answered meanwhile.
    if request.header.type == "execute_request" && request.header.subshell == nil {
      return kernel.jobs.append(ExecutionJob(request: request, mailbox: mailbox))
    }
    if let kind = Comms.messageTypes[request.header.type] { return relay(kind, request) }
    if RequestTable.takingTime.contains(request.header.type) {
      return kernel.questions.append(CodeQuestion(request: request, mailbox: mailbox))
    }
    respond(to: request, mailbox: mailbox)
  }

  /// Answers the questions about code, one after another, until their queue is closed.
  func answerQuestions() {
    while let question = kernel.questions.next() { respond(to: question.request, mailbox: question.mailbox) }
  }

  /// Passes on what travels over comms, whether a cell runs or not; a subshell makes no difference to it.
  private func relay(_ kind: CommMessage.Kind, _ request: Message) {
    do { try Comms.relay(kind, request, kernel) } catch {
      kernel.publisher.whileBusy(with: request) {}
      kernel.log("Ignored a message of type '\(request.header.type)'. \(error.problem)")
    }
  }

  private func respond(to request: Message, mailbox: Mailbox) {
    let answer: Answer = kernel.publisher.whileBusy(with: request) {
      let answer = self.answer(request)
      if let content = answer.content {
        mailbox.send(request.reply(replyType(of: request), session: kernel.publisher.session, content: content))
      }
      return answer
    }
    answer.afterwards?()
  }

  private func answer(_ request: Message) -> Answer {
    let type = request.header.type
    if let subshell = request.header.subshell {
      return Answer(content: RequestError("There is no subshell '\(subshell)'.").content)
    }
    guard let handler = RequestTable.everywhere[type] else {
      kernel.log("Ignored a message of the unknown type '\(type)'.")
      return .none
    }
    do { return try handler(request, kernel) } catch {
      if isRequest(type) { return Answer(content: error.content) }
      kernel.log("Ignored a message of type '\(type)'. \(error.problem)")
      return .none
    }
  }

  private func isRequest(_ type: String) -> Bool { type.hasSuffix("_request") }

  private func replyType(of request: Message) -> String {
    let type = request.header.type
    return isRequest(type) ? type.dropLast("_request".count) + "_reply" : type + "_reply"
  }
}

import Cells
import Foundation
import Synchronization

/// Completion and inspection by the toolchain's SourceKit, which runs in a helper process: when it crashes or hangs, one
/// answer is empty and nothing else is lost.
///
/// All functions may be called from any thread and return within the time limit.
package final class IntelligenceService: Sendable {
  private let executable: String
  private let arguments: [String]
  private let timeLimit: Duration
  /// How long the helper may work on a question that nobody waits for any more, before it counts as stuck. The first one
  /// on a busy machine takes seconds.
  private let patience: Duration
  private let helper = HelperSlot()
  private let memoryLimit: Int
  private let lastReplacement = Mutex<ContinuousClock.Instant?>(nil)
  private let newestPreparation = Atomic(0)
  private let background = DispatchQueue(label: "martlet.intelligence", qos: .utility)

  /// - Parameters:
  ///   - toolchain: whose SourceKit is used; it must be the one that compiles the cells.
  ///   - installation: where the helper's executable lies.
  ///   - timeLimit: after which an answer is empty.
  package convenience init(toolchain: Toolchain, installation: Installation, timeLimit: Duration = .seconds(2)) {
    self.init(
      executable: installation.library.appendingPathComponent("martlet-intelligence"), toolchain: toolchain,
      timeLimit: timeLimit)
  }

  /// - Parameters:
  ///   - executable: the helper, `martlet-intelligence`.
  ///   - patience: after which a helper that does not answer is ended.
  ///   - memoryLimit: in bytes, beyond which a helper is replaced by a new one.
  package init(
    executable: URL, toolchain: Toolchain, timeLimit: Duration = .seconds(2), patience: Duration = .seconds(20),
    memoryLimit: Int = 700 << 20
  ) {
    self.executable = executable.path
    arguments = [toolchain.root.appendingPathComponent("lib/libsourcekitdInProc.so").path]
    self.timeLimit = timeLimit
    self.patience = patience
    self.memoryLimit = memoryLimit
  }

  deinit { shutdown() }

  /// Has the helper read what a context imports, so that the next question about it is answered fast. Returns at once.
  ///
  /// To be called at the session's start and after every cell that declares something.
  package func prepare(for context: CompletionContext) {
    let turn = newestPreparation.add(1, ordering: .relaxed).newValue
    background.async { [weak self] in self?.prepareNow(for: context, turn: turn) }
  }

  /// The ways to go on at the cursor, best first; none in comments and texts, and when SourceKit fails or is late.
  ///
  /// - Parameters:
  ///   - code: the cell as it is typed.
  ///   - offset: the cursor, in UTF-8 offsets of the code.
  ///   - limit: how many at most.
  package func complete(
    code: String, offset: Int, in context: CompletionContext, limit: Int = 200
  ) -> CompletionList {
    let place = CodeAtCursor(code, offset: offset)
    if let plain = place.unescaped {
      return complete(code: plain.code, offset: plain.cursor, in: context, limit: limit).escaped(
        replacing: plain.replaced)
    }
    let identifier = place.identifier
    let nothing = CompletionList(completions: [], replaced: identifier.lowerBound..<place.cursor)
    if place.isOutsideCode { return nothing }
    let question = HelperRequest.Question.complete(
      offset: context.header.utf8.count + identifier.lowerBound, prefix: place.prefix, isCalled: place.isCalled,
      limit: limit)
    guard let reply = ask(question, code: place.closedText, context) else { return nothing }
    let rest = place.text(identifier)
    let isContinued = rest != place.prefix && reply.completions.contains { $0.text.contains(rest) }
    let start = max(0, identifier.lowerBound - reply.replacedBefore)
    return CompletionList(
      completions: reply.completions,
      replaced: start..<(isContinued ? identifier.upperBound : place.cursor))
  }

  /// What the name at the cursor is, or else the function whose call the cursor is in; `nil` when there is none, and when
  /// SourceKit fails or is late. A name by itself, as `xs.append` or `Array.sorted`, may be that of several functions: all of them.
  ///
  /// - Parameters:
  ///   - code: the cell as it is typed.
  ///   - offset: the cursor, in UTF-8 offsets of the code.
  package func inspect(code: String, offset: Int, in context: CompletionContext) -> Inspection? {
    let place = CodeAtCursor(code, offset: offset)
    var found = inspection(at: place.inspectedOffsets, of: code, in: context)
    if found == nil, let (reduced, offset) = place.innermostCallReduced {
      found = inspection(at: [offset], of: reduced, in: context)
    }
    guard var inspection = found ?? overloads(at: place, of: code, in: context) else { return nil }
    if inspection.documentation.isEmpty, let cell = inspection.cell, let folder = context.cellFolder {
      inspection.documentation = CellComments(folder: folder, cell: cell).documentation(of: inspection.name) ?? ""
    }
    return inspection
  }

  private func inspection(at offsets: [Int], of code: String, in context: CompletionContext) -> Inspection? {
    if offsets.isEmpty { return nil }
    let question = HelperRequest.Question.inspect(offsets: offsets.map { $0 + context.header.utf8.count })
    return ask(question, code: code, context)?.inspection
  }

  /// The functions that the innermost call around the cursor may mean, or the name at the cursor, when it alone does not tell.
  private func overloads(at place: CodeAtCursor, of code: String, in context: CompletionContext) -> Inspection? {
    if let (reduced, offset) = place.innermostCallReduced {
      return overloads(at: offset, of: reduced, in: context)
    }
    guard let offset = place.inspectedOffsets.first else { return nil }
    if let found = overloads(at: offset, of: code, in: context) { return found }
    guard let (inside, offset) = place.memberInsideItsType else { return nil }
    return overloads(at: offset, of: inside, in: context)
  }

  private func overloads(at offset: Int, of code: String, in context: CompletionContext) -> Inspection? {
    let name = CodeAtCursor(code, offset: offset).text(ofIdentifierAt: offset)
    if name.isEmpty { return nil }
    let question = HelperRequest.Question.complete(
      offset: context.header.utf8.count + offset, prefix: name, isCalled: false, limit: 50)
    let reply = ask(question, code: code, context)
    let overloads = reply?.completions.filter { $0.label.prefix { $0 != "(" } == name && $0.kind != .keyword } ?? []
    guard let first = overloads.first else { return nil }
    return Inspection(
      name: name, kind: first.kind, type: "", declaration: overloads.map(\.signature).joined(separator: "\n"),
      documentation: DocumentationComment.markdown(first.documentation), module: nil, cell: nil)
  }

  /// Ends the helper. A later question starts another.
  package func shutdown() {
    helper.withLock(until: .now + timeLimit) { $0.end() }
  }

  /// The living helper's process identifier; `nil` while there is none.
  package var helperProcess: Int32? { helper.withLock(until: .now + timeLimit) { $0.process?.identifier } ?? nil }
}

// MARK: - Asking

extension IntelligenceService {
  private func ask(
    _ question: HelperRequest.Question, code: String, _ context: CompletionContext
  ) -> HelperReply? {
    let deadline = ContinuousClock.now + timeLimit
    let (reply, isLost) =
      helper.withLock(until: deadline) { slot -> (HelperReply?, Bool) in
        // A helper that died idle is found dead at the first try, without having had the request.
        for _ in 0..<2 {
          guard let process = slot.living(executable, arguments, patience: patience) else { return (nil, false) }
          let request = slot.request(question, code: code, context)
          switch process.exchange(request, waitsForReply: true, until: deadline) {
          case .reply(let reply): return (reply, false)
          case .late: return (nil, false)
          case .ended(let hadRequest):
            slot.end()
            if hadRequest { return (nil, true) }
          }
        }
        return (nil, false)
      } ?? (nil, false)
    // The next question shall not wait for a new helper to become warm.
    if isLost { prepare(for: context) }
    if let reply, reply.memory > memoryLimit { replaceHelper(for: context) }
    return reply
  }

  /// Starts another helper, which takes the present one's place when it has read what the context imports. At most once a
  /// minute, in case that what is imported needs so much.
  private func replaceHelper(for context: CompletionContext) {
    let isDue = lastReplacement.withLock { last in
      if let last, last.duration(to: .now) < .seconds(60) { return false }
      last = .now
      return true
    }
    if isDue { background.async { [weak self] in self?.replaceHelperNow(for: context) } }
  }

  private func replaceHelperNow(for context: CompletionContext) {
    let present = helper.withLock(until: .now + timeLimit) { slot in
      slot.process.map { ($0.identifier, slot.request(.prepare, code: "", context)) }
    }
    guard case (let replaced, let request)?? = present,
      let successor = HelperProcess(executable: executable, arguments: arguments)
    else { return }
    let isReady =
      if case .reply = successor.exchange(request, waitsForReply: true, until: .now + patience) { true } else { false }
    let isTaken = isReady && helper.withLock(until: .now + patience) { $0.replace(replaced, by: successor) } ?? false
    if !isTaken { successor.end() }
  }

  private func prepareNow(for context: CompletionContext, turn: Int) {
    guard turn == newestPreparation.load(ordering: .relaxed) else { return }
    let deadline = ContinuousClock.now + timeLimit
    let isDone =
      helper.withLock(until: deadline) { slot in
        guard let process = slot.living(executable, arguments, patience: patience) else { return true }
        // A busy helper is not given more to do: many cells may run in a row, and questions would wait for all of this.
        if process.busySince != nil { return false }
        let request = slot.request(.prepare, code: "", context)
        if case .ended = process.exchange(request, waitsForReply: false, until: deadline) { slot.end() }
        return true
      } ?? false
    if isDone { return }
    background.asyncAfter(deadline: .now() + 0.1) { [weak self] in self?.prepareNow(for: context, turn: turn) }
  }
}

extension CodeAtCursor {
  /// The text for the compiler; see `closedBytes`.
  fileprivate var closedText: String { String(decoding: closedBytes, as: UTF8.self) }
}

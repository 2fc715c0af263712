/// Asks SourceKit what names are. In the helper process only.
final class Inspector {
  private let sourceKit: SourceKit
  /// The text that SourceKit has; it stays open, since further questions about the same text are answered at once.
  private var openText: String?

  init(sourceKit: SourceKit) { self.sourceKit = sourceKit }

  /// Reads what the context imports, so that the next inspection finds it in memory.
  func prepare(_ request: HelperRequest) { _ = inspection(at: [0], request) }

  /// What is at the first of the offsets where something is.
  func inspection(at offsets: [Int], _ request: HelperRequest) -> Inspection? {
    if openText != request.text { open(request.text) }
    for offset in offsets {
      if let inspection = inspection(at: offset, arguments: request.compilerArguments) { return inspection }
    }
    return nil
  }

  private func open(_ text: String) {
    // SourceKit inspects open files only. Opened again, a file has the new text.
    let question = SourceKitRequest("editor.open", sourceKit: sourceKit)
    question.set("name", SourceFile.name)
    question.set("sourcetext", text)
    question.set("enablesyntaxmap", 0)
    question.set("enablesubstructure", 0)
    question.set("enablediagnostics", 0)
    question.set("syntactic_only", 1)
    openText = sourceKit.send(question) { _ in text }
  }

  private func inspection(at offset: Int, arguments: [String]) -> Inspection? {
    let question = SourceKitRequest("cursorinfo", sourceKit: sourceKit)
    question.set("sourcefile", SourceFile.name)
    question.set("offset", offset)
    question.set("compilerargs", arguments + [SourceFile.name])
    return sourceKit.send(question) { Inspection($0) }
  }
}

extension Inspection {
  /// `nil` when SourceKit found nothing, or something that is never shown.
  init?(_ answer: SourceKitValue) {
    guard let identifier = answer["kind"]?.string, let kind = Completion.Kind(sourceKit: identifier),
      let name = answer["name"]?.string
    else { return nil }
    let module = answer["modulename"]?.string
    let baseName = name.prefix { $0 != "(" }
    if kind == .module ? GeneratedNames.hidesModule(name) : GeneratedNames.hides(baseName, module: module) {
      return nil
    }
    let isMember = answer["containertypeusr"] != nil
    let cell = module.flatMap { GeneratedNames.cell(ofModule: $0) }
    let isOwn = module == nil || cell != nil
    self.init(
      name: name, kind: kind, type: TypeName.used(answer["typename"]?.string ?? "", kind: kind, isMember: isMember),
      declaration: AnnotatedDeclaration.plain(answer["annotated_decl"]?.string ?? ""),
      documentation: DocumentationComment.markdown(answer["doc_comment"]?.string ?? ""),
      module: isOwn ? nil : module, cell: cell == 0 ? nil : cell)
  }
}

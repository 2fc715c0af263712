/// Asks SourceKit what names are. In the helper process only.
struct Inspector {
  let sourceKit: SourceKit

  /// Reads what the context imports, so that the next inspection finds it in memory.
  func prepare(_ request: HelperRequest) { _ = inspection(at: [0], request) }

  /// What is at the first of the offsets where something is.
  func inspection(at offsets: [Int], _ request: HelperRequest) -> Inspection? {
    // SourceKit takes the text from an open file only.
    let open = SourceKitRequest("editor.open", sourceKit: sourceKit)
    open.set("name", SourceFile.name)
    open.set("sourcetext", request.text)
    open.set("enablesyntaxmap", 0)
    open.set("enablesubstructure", 0)
    open.set("enablediagnostics", 0)
    open.set("syntactic_only", 1)
    _ = sourceKit.send(open) { _ in true }
    defer {
      let close = SourceKitRequest("editor.close", sourceKit: sourceKit)
      close.set("name", SourceFile.name)
      _ = sourceKit.send(close) { _ in true }
    }
    for offset in offsets {
      if let inspection = inspection(at: offset, arguments: request.compilerArguments) { return inspection }
    }
    return nil
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

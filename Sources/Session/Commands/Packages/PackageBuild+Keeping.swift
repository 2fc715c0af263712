import Foundation
import JSON

extension PackageBuild {
  /// Copies modules and libraries to where nothing changes them any more, and writes down how to use them.
  func keep(folders: [String], contentKey: String) throws -> PackageRecord {
    let files = FileManager.default
    let target = place.built(contentKey)
    let library = target.appendingPathComponent("lib\(place.wrapper).so")
    if !files.fileExists(atPath: library.path) {
      // Under another name first, so that a half-made copy is never taken for a whole one.
      let unfinished = target.appendingPathExtension("unfinished")
      try? files.removeItem(at: unfinished)
      try files.createDirectory(at: unfinished, withIntermediateDirectories: true)
      for entry in try files.contentsOfDirectory(
        at: place.products.resolvingSymlinksInPath(), includingPropertiesForKeys: nil)
      where entry.pathExtension == "so" || entry.lastPathComponent == "Modules" {
        try files.copyItem(at: entry, to: unfinished.appendingPathComponent(entry.lastPathComponent))
      }
      try? files.removeItem(at: target)
      try files.moveItem(at: unfinished, to: target)
    }
    let modules = target.appendingPathComponent("Modules")
    let arguments = Self.frontendArguments(wrapperArguments(), modules: modules.path)
    let record = PackageRecord(
      modules: moduleNames(in: modules, arguments: arguments), folders: folders, contentKey: contentKey,
      compilerArguments: arguments, libraries: [library.path])
    try record.write(to: place.record)
    forgetOldest(in: target.deletingLastPathComponent())
    return record
  }

  /// Leaves the newest few: sessions that run may go back to one of them with their next worker.
  private func forgetOldest(in folder: URL) {
    let kept = 8
    let key = URLResourceKey.contentModificationDateKey
    let all = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: [key])) ?? []
    let dated = all.map {
      (file: $0, date: (try? $0.resourceValues(forKeys: [key]))?.contentModificationDate ?? .distantPast)
    }
    for old in dated.sorted(by: { $0.date > $1.date }).dropFirst(kept) {
      try? FileManager.default.removeItem(at: old.file)
    }
  }

  /// The arguments with which SwiftPM has the wrapper compiled, as its build description has them.
  private func wrapperArguments() -> [String] {
    let description = place.products.appendingPathComponent("description.json")
    guard let data = try? Data(contentsOf: description), let commands = try? JSONValue(parsing: data)["swiftCommands"],
      let command = commands.object?.values.first(where: { $0["moduleName"]?.string == place.wrapper })
    else { return [] }
    return command["otherArguments"]?.array?.compactMap(\.string) ?? []
  }

  /// Those of the driver's arguments by which modules and macros are found, as the compiler's frontend takes them.
  static func frontendArguments(_ arguments: [String], modules: String) -> [String] {
    var result = ["-I", modules]
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "-Xcc":
        guard let value = rest.popFirst(), !["-fPIC", "-g", "-fno-omit-frame-pointer", "-march=native"].contains(value)
        else { continue }
        result += ["-Xcc", value]
      case "-Xfrontend":
        guard let value = rest.popFirst() else { continue }
        if value == "-load-plugin-executable" || value.contains("#") { result.append(value) }
      case "-I", "-F":
        if let value = rest.popFirst() { result += [argument, value] }
      default: continue
      }
    }
    return result
  }

  /// The modules that can be imported, without the wrapper: Swift's by their files, those of C by their maps.
  private func moduleNames(in folder: URL, arguments: [String]) -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let swift = files.filter { $0.hasSuffix(".swiftmodule") }.map { String($0.dropLast(".swiftmodule".count)) }
    let maps = arguments.filter { $0.hasPrefix("-fmodule-map-file=") }.map { $0.dropFirst("-fmodule-map-file=".count) }
    let c = maps.flatMap { path -> [String] in
      let text = (try? String(contentsOfFile: String(path), encoding: .utf8)) ?? ""
      return text.matches(of: /(?m)^\s*(?:framework\s+)?module\s+(\w+)/).map { String($0.output.1) }
    }
    return (swift.sorted() + c.sorted()).filter { $0 != place.wrapper }
  }
}

extension CellFailure {
  /// A tool that failed, with what it had to say.
  static func build(_ line: CommandLine, _ message: String, _ output: String) -> CellFailure {
    var failure = CellFailure.command(line, message, name: "PackageError")
    let lines = output.split(separator: "\n").map(String.init)
    // The errors with what follows them; all of the end, when there are none.
    let first = lines.firstIndex { $0.contains("error:") } ?? max(0, lines.count - 40)
    failure.traceback += lines[first...].prefix(80)
    return failure
  }
}

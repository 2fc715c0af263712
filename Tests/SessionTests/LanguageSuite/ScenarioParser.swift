import Foundation

/// Reads the scenarios of one file.
struct ScenarioParser {
  struct Malformed: Error, CustomStringConvertible {
    var description: String
  }

  private let topic: String
  private var scenarios: [Scenario] = []
  private var codeOfCells: [String] = []
  private var heading = ""
  private var body: [String] = []

  /// All scenarios in the test bundle, in the order of their files' names; those of one topic only, where
  /// `MARTLET_SCENARIOS` names it.
  static func all() throws -> [Scenario] {
    let folder = Bundle.module.resourceURL!.appendingPathComponent("Language")  // declared in the package: always there
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    let topic = ProcessInfo.processInfo.environment["MARTLET_SCENARIOS"]
    let texts = files.filter { $0.pathExtension == "txt" }.sorted { $0.path < $1.path }.filter {
      topic == nil || $0.deletingPathExtension().lastPathComponent == topic
    }
    return try texts.flatMap { file in
      let topic = file.deletingPathExtension().lastPathComponent
      return try parse(String(contentsOf: file, encoding: .utf8), topic: topic)
    }
  }

  static func parse(_ text: String, topic: String) throws -> [Scenario] {
    var parser = ScenarioParser(topic: topic)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("=== ") || line.hasPrefix("--- ") {
        try parser.endSection()
        parser.heading = String(line)
      } else {
        parser.body.append(String(line))
      }
    }
    try parser.endSection()
    return parser.scenarios
  }

  private init(topic: String) { self.topic = topic }

  private mutating func endSection() throws {
    defer { body = [] }
    let lines = Array(body.reversed().drop { $0.isEmpty }.reversed())
    if heading.hasPrefix("=== ") {
      scenarios.append(Scenario(topic: topic, title: String(heading.dropFirst(4)), steps: []))
      codeOfCells = []
    } else if heading.hasPrefix("--- ") {
      let words = heading.dropFirst(4).split(separator: " ", maxSplits: 1).map(String.init)
      try add(section: words[0], argument: words.count > 1 ? words[1] : "", lines: lines)
    }
  }

  private mutating func add(section: String, argument: String, lines: [String]) throws {
    guard let last = scenarios.indices.last else { throw malformed("a section before the first title") }
    if let step = try step(section, argument, lines.joined(separator: "\n")) {
      scenarios[last].steps.append(step)
    } else {
      guard let cell = scenarios[last].steps.indices.last else {
        throw malformed("an expectation before the first cell")
      }
      let expectation = try expectation(section, argument, lines)
      scenarios[last].steps[cell].expectations.append(expectation)
    }
  }

  private mutating func step(_ section: String, _ argument: String, _ code: String) throws -> Scenario.Step? {
    switch section {
    case "in":
      codeOfCells.append(code)
      return Scenario.Step(action: .new, code: code)
    case "rerun", "edit":
      guard let number = Int(argument), codeOfCells.indices.contains(number - 1) else {
        throw malformed("no such cell")
      }
      if section == "edit" { codeOfCells[number - 1] = code }
      return Scenario.Step(action: .again(number), code: codeOfCells[number - 1])
    default: return nil
    }
  }

  private func expectation(_ section: String, _ argument: String, _ lines: [String]) throws -> Scenario.Expectation {
    let text = lines.joined(separator: "\n")
    switch section {
    case "stdin": return .input(Array(body))
    case "out": return .output(text)
    case "out-unordered": return .unorderedOutput(lines.sorted())
    case "out-contains": return .outputContains(lines)
    case "out-lines": return .outputLines(try number(argument))
    case "err": return .errorOutput(text)
    case "display": return .displays(lines)
    case "display-matches": return .displaysMatching(argument)
    case "result": return .result(text)
    case "no-output": return .nothing
    case "error": return .error(kind: argument, containing: lines)
    case "error-name": return .errorName(argument)
    case "error-line": return .errorLine(try number(argument))
    case "at":
      let parts = argument.split(separator: ":").map(String.init)
      guard parts.count == 2 else { throw malformed("at needs LINE:COLUMN") }
      return .errorPlace(line: try number(parts[0]), column: try number(parts[1]))
    case "absent": return .absent(lines)
    default: throw malformed("unknown section")
    }
  }

  private func number(_ text: String) throws -> Int {
    guard let number = Int(text) else { throw malformed("'\(text)' is not a number") }
    return number
  }

  private func malformed(_ problem: String) -> Malformed {
    Malformed(description: "\(topic).txt, '\(scenarios.last?.title ?? "")', \(heading): \(problem)")
  }
}

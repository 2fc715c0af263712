extension ArgumentError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownCommand(let name): "There is no command '\(name)'.\(suggestion(for: name, among: Command.names))"
    case .unknownOption(let option, let command):
      "'martlet \(command)' has no option '\(option)'."
        + suggestion(for: option, among: ArgumentParser.options(of: command))
    case .missingValue(let option, _): "'\(option)' needs a value."
    case .unexpectedValue(let option, _): "'\(option)' takes no value."
    case .repeatedOption(let option, _): "'\(option)' was given twice."
    case .invalidTimeout(let text): "'--timeout' needs a number of seconds above 0, not '\(text)'."
    case .invalidName(let text):
      "'\(text)' cannot be a kernel's name: it may have letters, digits, '.', '-' and '_'."
    case .missingArgument(let name, let command): "'martlet \(command)' needs \(name)."
    case .unexpectedArgument(let argument, let command): "'martlet \(command)' has no use for '\(argument)'."
    case .conflictingOptions(let one, let other, _): "'\(one)' and '\(other)' cannot be used together."
    }
  }

  /// What to type to learn more.
  package var hint: String {
    switch self {
    case .unknownCommand: "See 'martlet --help'."
    case .unknownOption(_, let command), .missingValue(_, let command), .unexpectedValue(_, let command),
      .repeatedOption(_, let command), .missingArgument(_, let command), .unexpectedArgument(_, let command),
      .conflictingOptions(_, _, let command):
      "See 'martlet \(command) --help'."
    case .invalidTimeout: "See 'martlet run --help'."
    case .invalidName: "See 'martlet install --help'."
    }
  }

  private func suggestion(for word: String, among candidates: [String]) -> String {
    let near = candidates.map { ($0, distance(word, $0)) }.min { $0.1 < $1.1 }
    guard let (name, distance) = near, distance <= max(2, word.count / 3) else { return "" }
    return " Did you mean '\(name)'?"
  }

  /// The number of letters to insert, remove or replace, after Levenshtein.
  private func distance(_ one: String, _ other: String) -> Int {
    let other = Array(other)
    var row = Array(0...other.count)
    for (index, letter) in one.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in other.indices {
        let replaced = diagonal + (letter == other[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, row[column] + 1, row[column + 1] + 1)
      }
    }
    return row[other.count]
  }
}

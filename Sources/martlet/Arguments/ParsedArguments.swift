/// A command's arguments, sorted into options and the rest.
struct ParsedArguments {
  var positional: [String] = []
  var flags: Set<String> = []
  var values: [String: String] = [:]

  /// Options may stand anywhere, `--name value` or `--name=value`; after `--` everything is an argument.
  init(_ arguments: [String], command: String, flags known: [String], valued: [String]) throws(ArgumentError) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        positional += rest
        return
      }
      guard argument.hasPrefix("-"), argument != "-" else {
        positional.append(argument)
        continue
      }
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let name = parts[0]
      if known.contains(name) {
        if parts.count > 1 { throw .unexpectedValue(option: name, command: command) }
        if !flags.insert(name).inserted { throw .repeatedOption(name, command: command) }
      } else if valued.contains(name) {
        guard let value = parts.count > 1 ? parts[1] : rest.popFirst(), !value.isEmpty else {
          throw .missingValue(option: name, command: command)
        }
        if values.updateValue(value, forKey: name) != nil { throw .repeatedOption(name, command: command) }
      } else {
        throw .unknownOption(name, command: command)
      }
    }
  }
}

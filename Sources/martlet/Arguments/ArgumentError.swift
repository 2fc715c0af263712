/// What is wrong with a command line.
package enum ArgumentError: Error, Equatable, Sendable {
  case unknownCommand(String)
  case unknownOption(String, command: String)
  case missingValue(option: String, command: String)
  case unexpectedValue(option: String, command: String)
  case repeatedOption(String, command: String)
  case invalidTimeout(String)
  case invalidName(String)
  case missingArgument(String, command: String)
  case unexpectedArgument(String, command: String)
  case conflictingOptions(String, String, command: String)
}

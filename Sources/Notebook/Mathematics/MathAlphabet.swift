/// The mathematical alphabets of Unicode.
enum MathAlphabet {
  private static let doubleStruck: [Character: String] = [
    "C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ",
  ]
  private static let script: [Character: String] = [
    "B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ", "e": "ℯ", "g": "ℊ", "o": "ℴ",
  ]

  /// The letter as `\mathbf`, `\mathbb` or `\mathcal` draws it; itself where the alphabet has none.
  static func letter(_ letter: Character, in alphabet: String) -> String {
    switch alphabet {
    case "mathbb": doubleStruck[letter] ?? shifted(letter, upper: 0x1D538, lower: 0x1D552, digit: 0x1D7D8)
    case "mathcal": script[letter] ?? shifted(letter, upper: 0x1D49C, lower: 0x1D4B6, digit: nil)
    default: shifted(letter, upper: 0x1D400, lower: 0x1D41A, digit: 0x1D7CE)
    }
  }

  private static func shifted(_ letter: Character, upper: UInt32, lower: UInt32, digit: UInt32?) -> String {
    guard let ascii = letter.asciiValue.map(UInt32.init) else { return String(letter) }
    let code: UInt32? =
      switch ascii {
      case 0x41...0x5A: upper + ascii - 0x41
      case 0x61...0x7A: lower + ascii - 0x61
      case 0x30...0x39: digit.map { $0 + ascii - 0x30 }
      default: nil
      }
    return code.flatMap(Unicode.Scalar.init).map(String.init) ?? String(letter)
  }
}

// Random numbers from the system's generator, compiled once for the commonest types: the standard library's code for
// any number and any generator takes a cell 0.1 s to compile.

extension Double {
  /// A random number in a range, every one as likely as another.
  ///
  ///     Double.random(in: 0..<1)
  public static func random(in range: Range<Double>) -> Double {
    var generator = SystemRandomNumberGenerator()
    return random(in: range, using: &generator)
  }

  /// A random number in a range, every one as likely as another.
  public static func random(in range: ClosedRange<Double>) -> Double {
    var generator = SystemRandomNumberGenerator()
    return random(in: range, using: &generator)
  }
}

extension Int {
  /// A random number in a range, every one as likely as another.
  ///
  ///     Int.random(in: 1...6)
  public static func random(in range: Range<Int>) -> Int {
    var generator = SystemRandomNumberGenerator()
    return random(in: range, using: &generator)
  }

  /// A random number in a range, every one as likely as another.
  public static func random(in range: ClosedRange<Int>) -> Int {
    var generator = SystemRandomNumberGenerator()
    return random(in: range, using: &generator)
  }
}

extension Bool {
  /// True or false, either as likely as the other.
  public static func random() -> Bool {
    var generator = SystemRandomNumberGenerator()
    return random(using: &generator)
  }
}

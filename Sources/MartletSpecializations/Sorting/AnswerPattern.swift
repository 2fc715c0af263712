/// Whether a processor could foresee which of two runs the next block is taken from.
///
/// At the start of a long merge some answers are compared with a guess: what followed the same six answers the last time, as
/// a branch predictor guesses. Short merges go by what the last long one showed.
struct AnswerPattern {
  /// Whether branches cost less than arithmetic, at up to three wrong guesses of eight.
  private(set) var areForeseen = true
  private var recent: UInt64 = 0
  /// For each six answers, the one that came after them: a bit each.
  private var followers: UInt64 = 0
  private var wrong: UInt64 = 0

  private static var sample: Int { 64 }

  /// How many answers are to be added, for a merge of so many blocks.
  @inline(__always)
  mutating func questions(in count: Int) -> Int {
    guard count >= 16 * Self.sample else { return 0 }
    (followers, wrong) = (0, 0)
    return Self.sample
  }

  /// Adds the next answer.
  @inline(__always)
  mutating func add(_ answer: Bool) {
    let bit: UInt64 = answer ? 1 : 0
    let place = recent & 63
    wrong &+= (followers &>> place ^ bit) & 1
    followers = followers & ~(1 &<< place) | bit &<< place
    recent = recent &<< 1 | bit
    areForeseen = wrong < UInt64(3 * Self.sample / 8)
  }
}

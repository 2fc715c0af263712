/// Durations as people read them.
package enum SecondsText {
  /// `"0.4 s"`, `"12 s"`, `"3 min 5 s"`.
  package static func text(of seconds: Double) -> String {
    if seconds >= 60 {
      let whole = Int(seconds.rounded())
      return "\(whole / 60) min \(whole % 60) s"
    }
    let tenths = (seconds * 10).rounded() / 10
    return tenths == tenths.rounded() ? "\(Int(tenths)) s" : "\(tenths) s"
  }
}

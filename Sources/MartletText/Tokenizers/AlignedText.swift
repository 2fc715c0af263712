/// A text on its way from what was written to what a tokeniser's model sees. Every scalar knows where it came from.
struct AlignedText: Sendable {
  var scalars: [Unicode.Scalar]
  /// Where in the original each scalar's source begins and ends, in scalars.
  var origins: [(start: Int32, end: Int32)]

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    origins = scalars.indices.map { (Int32($0), Int32($0 + 1)) }
  }

  init(_ scalars: [Unicode.Scalar], _ origins: [(start: Int32, end: Int32)]) {
    self.scalars = scalars
    self.origins = origins
  }

  var count: Int { scalars.count }
  var isEmpty: Bool { scalars.isEmpty }
  var text: String { String(scalars) }

  /// Some of the scalars, with their origins.
  subscript(range: Range<Int>) -> AlignedText { AlignedText(Array(scalars[range]), Array(origins[range])) }

  /// Where in the original some of the scalars came from.
  func origin(of range: Range<Int>) -> Range<Int> {
    guard !range.isEmpty else {
      let place = range.lowerBound < count ? Int(origins[range.lowerBound].start) : Int(origins.last?.end ?? 0)
      return place..<place
    }
    let (start, end) = (Int(origins[range.lowerBound].start), Int(origins[range.upperBound - 1].end))
    return start..<max(start, end)
  }

  /// Replaces every scalar by any number of others, which come from where it came from.
  mutating func replaceEach(_ change: (Unicode.Scalar) -> [Unicode.Scalar]) {
    var changed = AlignedText([], [])
    changed.scalars.reserveCapacity(count)
    changed.origins.reserveCapacity(count)
    for (scalar, origin) in zip(scalars, origins) {
      for new in change(scalar) { changed.append(new, origin) }
    }
    self = changed
  }

  mutating func filter(_ keeps: (Unicode.Scalar) -> Bool) {
    if scalars.allSatisfy(keeps) { return }
    replaceEach { keeps($0) ? [$0] : [] }
  }

  mutating func map(_ change: (Unicode.Scalar) -> Unicode.Scalar) {
    for place in scalars.indices { scalars[place] = change(scalars[place]) }
  }

  mutating func append(_ scalar: Unicode.Scalar, _ origin: (start: Int32, end: Int32)) {
    scalars.append(scalar)
    origins.append(origin)
  }

  /// Puts a text in front, which comes from where the first scalar came from.
  mutating func prepend(_ text: String) {
    guard let first = origins.first else { return }
    let new = Array(text.unicodeScalars)
    scalars.insert(contentsOf: new, at: 0)
    origins.insert(contentsOf: new.map { _ in first }, at: 0)
  }

  /// Replaces ranges, in ascending order, by a text that comes from where each range's last scalar came from.
  mutating func replace(_ ranges: [Range<Int>], by text: String) {
    if ranges.isEmpty { return }
    let new = Array(text.unicodeScalars)
    var changed = AlignedText([], [])
    var place = 0
    for range in ranges {
      changed.append(contentsOf: self, place..<range.lowerBound)
      let source =
        range.isEmpty
        ? (origins.indices.contains(range.lowerBound - 1) ? origins[range.lowerBound - 1] : (0, 0))
        : origins[range.upperBound - 1]
      for scalar in new { changed.append(scalar, source) }
      place = range.upperBound
    }
    changed.append(contentsOf: self, place..<count)
    self = changed
  }

  private mutating func append(contentsOf other: AlignedText, _ range: Range<Int>) {
    scalars += other.scalars[range]
    origins += other.origins[range]
  }
}

extension String {
  /// The text of some scalars.
  init(_ scalars: some Sequence<Unicode.Scalar>) {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }
}

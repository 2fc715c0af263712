/// Rows and their distances, the nearest or the farthest first.
struct VectorQueue {
  struct Entry: Sendable {
    let distance: Float
    let row: Int32

    @inline(__always)
    func comes(before other: Entry) -> Bool {
      distance != other.distance ? distance < other.distance : row < other.row
    }
  }

  private var entries: [Entry] = []
  private let farthestFirst: Bool

  init(farthestFirst: Bool) { self.farthestFirst = farthestFirst }

  var count: Int { entries.count }
  var isEmpty: Bool { entries.isEmpty }
  var first: Entry? { entries.first }
  /// Everything, nearest first.
  var sorted: [Entry] { entries.sorted { $0.comes(before: $1) } }

  @inline(__always)
  private func isAbove(_ a: Entry, _ b: Entry) -> Bool { farthestFirst ? b.comes(before: a) : a.comes(before: b) }

  mutating func push(_ entry: Entry) {
    entries.append(entry)
    var child = entries.count - 1
    while child > 0, isAbove(entries[child], entries[(child - 1) / 2]) {
      entries.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func pop() -> Entry? {
    guard let first = entries.first else { return nil }
    let last = entries.removeLast()
    if entries.isEmpty { return first }
    entries[0] = last
    var parent = 0
    while true {
      var best = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < entries.count && isAbove(entries[child], entries[best]) {
        best = child
      }
      if best == parent { return first }
      entries.swapAt(parent, best)
      parent = best
    }
  }
}

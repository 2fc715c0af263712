import MartletNumerics

/// The nearest few of the samples seen so far; of equally near ones those with the lower places.
struct NearestHeap {
  /// A sample and its reduced distance; the farthest comes first, since it is the one to go.
  struct Entry: Prioritized {
    var distance: Double
    var place: Int32

    @inline(__always)
    func comes(before other: Self) -> Bool {
      distance > other.distance || distance == other.distance && place > other.place
    }
  }

  private let limit: Int
  private var kept: BinaryHeap<Entry>
  /// Samples farther than this are of no interest.
  private(set) var bound = Double.infinity

  init(limit: Int) {
    self.limit = limit
    kept = BinaryHeap(minimumCapacity: limit)
  }

  @inline(__always)
  mutating func offer(_ distance: Double, _ place: Int32) {
    if distance <= bound { insert(Entry(distance: distance, place: place)) }
  }

  private mutating func insert(_ entry: Entry) {
    if kept.count < limit {
      kept.push(entry)
    } else if let farthest = kept.first, farthest.comes(before: entry) {
      kept.replaceFirst(with: entry)
    }
    if kept.count == limit, let farthest = kept.first { bound = farthest.distance }
  }

  /// What was kept, nearest first.
  var sorted: [Entry] { kept.elements.sorted { $1.comes(before: $0) } }
}

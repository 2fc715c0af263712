/// The nearest few of the samples seen so far; of equally near ones those with the lower places.
struct NearestHeap {
  /// A sample and its reduced distance.
  struct Entry {
    var distance: Double
    var place: Int32

    @inline(__always)
    func isFarther(than other: Entry) -> Bool {
      distance > other.distance || distance == other.distance && place > other.place
    }
  }

  private let limit: Int
  private var entries: [Entry] = []
  /// Samples farther than this are of no interest.
  private(set) var bound = Double.infinity

  init(limit: Int) {
    self.limit = limit
    entries.reserveCapacity(limit)
  }

  @inline(__always)
  mutating func offer(_ distance: Double, _ place: Int32) {
    if distance <= bound { insert(Entry(distance: distance, place: place)) }
  }

  private mutating func insert(_ entry: Entry) {
    if entries.count < limit {
      entries.append(entry)
      rise(entries.count - 1)
    } else if entries[0].isFarther(than: entry) {
      entries[0] = entry
      sink()
    }
    if entries.count == limit { bound = entries[0].distance }
  }

  private mutating func rise(_ start: Int) {
    var child = start
    while child > 0, entries[child].isFarther(than: entries[(child - 1) / 2]) {
      entries.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private mutating func sink() {
    var parent = 0
    while true {
      var largest = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count {
        if entries[child].isFarther(than: entries[largest]) { largest = child }
      }
      if largest == parent { return }
      entries.swapAt(parent, largest)
      parent = largest
    }
  }

  /// What was kept, nearest first.
  var sorted: [Entry] { entries.sorted { $1.isFarther(than: $0) } }
}

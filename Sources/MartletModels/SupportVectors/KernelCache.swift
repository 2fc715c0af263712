/// Rows of a kernel matrix that were asked for before, as far as memory goes.
///
/// Which row makes room is decided by a clock hand that spares rows used since it last came by.
final class KernelCache {
  private let rows: KernelRows
  private let block: UnsafeMutablePointer<Float>
  private let capacity: Int
  /// Where each row is; −1 for nowhere.
  private var places: [Int32]
  private var owners: [Int32]
  private var isRecent: [Bool]
  private var hand = 0

  /// - Parameter bytes: how much memory it may take; two rows at least.
  init(_ rows: KernelRows, bytes: Int) {
    self.rows = rows
    let rowBytes = rows.paddedCount * MemoryLayout<Float>.stride
    capacity = min(rows.count, max(2, bytes / rowBytes))
    // Pages of it become memory when they are first written to.
    block = .allocate(capacity: capacity * rows.paddedCount)
    places = [Int32](repeating: -1, count: rows.count)
    owners = [Int32](repeating: -1, count: capacity)
    isRecent = [Bool](repeating: false, count: capacity)
  }

  deinit { block.deallocate() }

  /// A row, which stays where it is until another but `pinned` is asked for.
  func row(_ sample: Int, pinned: Int = -1) -> UnsafePointer<Float> {
    var place = Int(places[sample])
    if place < 0 {
      place = freePlace(pinned)
      if owners[place] >= 0 { places[Int(owners[place])] = -1 }
      owners[place] = Int32(sample)
      places[sample] = Int32(place)
      rows.fill(sample, block + place * rows.paddedCount)
    }
    isRecent[place] = true
    return UnsafePointer(block + place * rows.paddedCount)
  }

  private func freePlace(_ pinned: Int) -> Int {
    while true {
      let place = hand
      hand = (hand + 1) % capacity
      if owners[place] < 0 || !isRecent[place] && owners[place] != Int32(pinned) { return place }
      isRecent[place] = false
    }
  }
}

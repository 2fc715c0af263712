/// Elements in groups that are joined and never parted.
///
/// Reference: Tarjan (1975), Efficiency of a good but not linear set union algorithm.
struct DisjointSets {
  private var parents: [Int32]

  init(count: Int) { parents = (0..<Int32(count)).map { $0 } }

  /// The element that stands for the group: its lowest.
  mutating func root(_ element: Int32) -> Int32 {
    var element = element
    while parents[Int(element)] != element {
      parents[Int(element)] = parents[Int(parents[Int(element)])]
      element = parents[Int(element)]
    }
    return element
  }

  mutating func unite(_ a: Int32, _ b: Int32) {
    let (first, second) = (root(a), root(b))
    if first == second { return }
    if first < second { parents[Int(second)] = first } else { parents[Int(first)] = second }
  }
}

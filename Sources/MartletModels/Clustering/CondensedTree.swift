/// The groups of a tree of joins that are large enough, from all samples down: where each splits, and which samples fall out of
/// it at which `λ = 1 / distance`.
struct CondensedTree {
  private struct Group {
    /// −1 for the root.
    let parent: Int
    let birth: Double
    var children: [Int] = []
    var stability = 0.0
    /// The largest λ at which a sample, or a group of it, leaves.
    var death = 0.0
  }

  private var groups: [Group] = [Group(parent: -1, birth: 0)]
  /// The group that each sample falls out of, and when.
  private var samples: [(group: Int, lambda: Double)]
  private let merges: [Linkage.Merge]

  init(_ linkage: Linkage, smallest: Int) {
    merges = linkage.merges
    samples = [(Int, Double)](repeating: (0, 0), count: linkage.sampleCount)
    var stack = [(node: 2 * linkage.sampleCount - 2, group: 0)]
    while let (node, group) = stack.popLast() {
      let merge = merges[node - samples.count]
      // Samples in one place never part; their λ is finite so that sums of it are numbers.
      let lambda = min(1 / merge.distance, 1e150)
      let parts = [merge.first, merge.second]
      let areLarge = parts.map { size($0) >= smallest }
      groups[group].death = max(groups[group].death, lambda)
      for (part, isLarge) in zip(parts, areLarge) {
        if !isLarge {
          for sample in leaves(part) { samples[sample] = (group, lambda) }
        } else if areLarge[0] && areLarge[1] {
          groups[group].children.append(groups.count)
          groups.append(Group(parent: group, birth: lambda))
          // What leaves with a group leaves all at once.
          groups[group].stability += Double(size(part)) * (lambda - groups[group].birth)
          stack.append((part, groups.count - 1))
        } else {
          stack.append((part, group))
        }
      }
    }
    for (group, lambda) in samples { groups[group].stability += lambda - groups[group].birth }
  }

  private func size(_ node: Int) -> Int { node < samples.count ? 1 : merges[node - samples.count].size }

  private func leaves(_ node: Int) -> [Int] {
    var (stack, leaves): ([Int], [Int]) = ([node], [])
    while let node = stack.popLast() {
      if node < samples.count {
        leaves.append(node)
      } else {
        stack += [merges[node - samples.count].first, merges[node - samples.count].second]
      }
    }
    return leaves
  }

  /// The groups that last longest: each sample's, numbered in the order of their first samples, how sure that is, and how long
  /// each group lasts.
  func groups(allowsRoot: Bool) -> (labels: [Int], probabilities: [Double], stabilities: [Double]) {
    let chosen = chosenGroups(allowsRoot: allowsRoot)
    var (labels, probabilities, stabilities): ([Int], [Double], [Double]) = ([], [], [])
    var numbers: [Int: Int] = [:]
    for (group, lambda) in samples {
      guard let own = lineage(of: group).first(where: { chosen[$0] }), belongs(lambda, to: own, from: group) else {
        labels.append(-1)
        probabilities.append(0)
        continue
      }
      if numbers[own] == nil {
        numbers[own] = numbers.count
        stabilities.append(groups[own].stability)
      }
      labels.append(numbers[own] ?? 0)
      let death = groups[own].death
      probabilities.append(death == 0 || lambda >= death ? 1 : lambda / death)
    }
    return (labels, probabilities, stabilities)
  }

  /// Where all samples are one group, those that fall out of it before its last are noise.
  private func belongs(_ lambda: Double, to own: Int, from group: Int) -> Bool {
    own != 0 || group != 0 || lambda >= groups[0].death
  }

  private func lineage(of group: Int) -> [Int] {
    var (line, next) = ([group], groups[group].parent)
    while next >= 0 {
      line.append(next)
      next = groups[next].parent
    }
    return line
  }

  /// From the smallest groups up: a group that lasts no longer than its parts together makes way for them.
  private func chosenGroups(allowsRoot: Bool) -> [Bool] {
    var chosen = [Bool](repeating: true, count: groups.count)
    var best = groups.map(\.stability)
    chosen[0] = allowsRoot
    // Parts have larger numbers than the group they are of.
    for group in groups.indices.reversed() where group > 0 || allowsRoot {
      let parts = groups[group].children.reduce(0) { $0 + best[$1] }
      if parts > best[group] {
        (chosen[group], best[group]) = (false, parts)
      } else {
        var stack = groups[group].children
        while let part = stack.popLast() {
          chosen[part] = false
          stack += groups[part].children
        }
      }
    }
    return chosen
  }
}

import MartletDatasets
import MartletModels
import MartletNumerics
import Testing

@Suite struct ClusterCountTests {
  private func groups(_ count: Int, seed: UInt64) -> Matrix {
    var random = PCG64(seed: seed)
    return Matrix(
      (0..<90).map { row in
        let angle = 2 * Double.pi * Double(row % count) / Double(count)
        return [9 * cos(angle) + random.normal(), 9 * sin(angle) + random.normal()]
      })
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func theGapTellsHowManyGroups(_ seed: UInt64) throws {
    for count in [3, 4] {
      let gap = try GapStatistic(groups(count, seed: seed), clusters: 1...6, references: 10, seed: seed)
      // At the corners of a triangle two clusters may be no better than one, which is where the rule stops.
      let largest = gap.gaps.firstIndex(of: gap.gaps.max() ?? 0).map { gap.clusterCounts[$0] }
      #expect(largest == count, "\(count) groups, seed \(seed): \(gap.gaps)")
      if count == 4 { #expect(gap.best == 4, "seed \(seed): \(gap.gaps)") }
      #expect(gap.frame.rowCount == 6 && gap.errors.allSatisfy { $0 > 0 })
    }
    // Uniform samples have none.
    var random = PCG64(seed: seed)
    let uniform = Matrix((0..<100).map { _ in [random.uniform(), random.uniform()] })
    #expect(try GapStatistic(uniform, clusters: 1...5, references: 10, seed: seed).best == 1, "seed \(seed)")
  }

  /// For one cluster the dispersion is the sum of squares about the mean, which is known for samples and for uniform ones.
  @Test func theFirstGapHasAClosedForm() throws {
    let x = groups(3, seed: 5)
    let gap = try GapStatistic(x, clusters: 1...1, references: 400, seed: 5)
    let columns = [x.column(0).scalars, x.column(1).scalars]
    let own = columns.map { variance($0, degreesOfFreedom: 0) * 90 }.reduce(0, +)
    let uniform = columns.map { pow(($0.max() ?? 0) - ($0.min() ?? 0), 2) / 12 * 89 }.reduce(0, +)
    #expect(abs(gap.gaps[0] - (log(uniform) - log(own))) < 0.03, "seed 5")
  }

  @Test func stableGroupsAreFoundAgain() throws {
    let x = groups(3, seed: 7)
    let right = try ClusterStability(x, draws: 12, seed: 1) { drawn throws(FitError) in
      try KMeans(clusters: 3, seed: 0).fit(drawn).predict(x)
    }
    let many = try ClusterStability(x, draws: 12, seed: 1) { drawn throws(FitError) in
      try KMeans(clusters: 6, seed: 0).fit(drawn).predict(x)
    }
    #expect(right.mean > 0.99 && right.agreements.count == 11)
    #expect(many.mean < right.mean - 0.1)
    #expect(refusal { try ClusterStability(x, draws: 1) { _ in [0] } } == .parameter)
    #expect(refusal { try ClusterStability(x, draws: 3) { _ in [0] } } == .shape)
    #expect(refusal { try GapStatistic(x, clusters: 0...3) } == .parameter)
    #expect(refusal { try GapStatistic(x, clusters: 1...90) } == .parameter)
  }
}

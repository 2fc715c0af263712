import Foundation
import MartletModels

/// How rare and frequent words count in a ``BM25Index``.
public struct BM25Weighting: Sendable, Equatable, Codable {
  /// Which of the formulas in use it is.
  public enum Formula: String, Sendable, Codable, CaseIterable {
    /// `idf = ln(1 + (N − n + ½) / (n + ½))`, never negative: what Lucene computes.
    case lucene
    /// `idf = ln((N − n + ½) / (n + ½))`, negative ones replaced by a quarter of the mean: what the package rank_bm25
    /// computes as `BM25Okapi`, with the factor `k1 + 1`.
    case okapi
  }

  /// The formula.
  public var formula: Formula
  /// How fast further occurrences of a word count less; at least 0. (Lucene, rank_bm25: `k1`)
  public var saturation: Double
  /// How much long documents are held back, from 0 to 1. (Lucene, rank_bm25: `b`)
  public var lengthPenalty: Double

  /// - Parameters:
  ///   - formula: the formula.
  ///   - saturation: 1.2 by default, as in Lucene; rank_bm25 has 1.5.
  ///   - lengthPenalty: from 0 to 1.
  public init(formula: Formula = .lucene, saturation: Double = 1.2, lengthPenalty: Double = 0.75) {
    self.formula = formula
    self.saturation = saturation
    self.lengthPenalty = lengthPenalty
  }

  func check() throws(FitError) {
    guard saturation >= 0, saturation.isFinite, 0...1 ~= lengthPenalty else {
      throw FitError(
        .parameter, expected: "saturation of at least 0 and lengthPenalty from 0 to 1",
        found: "\(saturation) and \(lengthPenalty)", advice: "Change it and index again.")
    }
  }

  /// The weight of words that are in so many of the documents.
  func rarities(_ frequencies: [Int], documents: Int) -> [Double] {
    let total = Double(documents)
    switch formula {
    case .lucene: return frequencies.map { log(1 + (total - Double($0) + 0.5) / (Double($0) + 0.5)) }
    case .okapi:
      let plain = frequencies.map { log(total - Double($0) + 0.5) - log(Double($0) + 0.5) }
      let floor = 0.25 * plain.reduce(0, +) / Double(max(plain.count, 1))
      return plain.map { $0 < 0 ? floor : $0 }
    }
  }

  /// What `count` occurrences in a document are worth, whose length is `share` of the mean.
  func weight(_ count: Double, share: Double) -> Double {
    let weight = count / (count + saturation * (1 - lengthPenalty + lengthPenalty * share))
    return formula == .okapi ? weight * (saturation + 1) : weight
  }
}

import Foundation
import MartletNumerics

/// A bound below the log likelihood of texts: how well topics and the texts' amounts of them explain the words.
///
/// Reference: Hoffman, Blei and Bach (2010), Online learning for latent Dirichlet allocation, equation 4.
struct TopicBound {
  /// Words in topics, shape `[words, topics]`.
  let words: Matrix
  /// Topics in texts, shape `[texts, topics]`.
  let texts: Matrix
  let wordPrior: Double
  let textPrior: Double

  func value(_ x: SparseMatrix) -> Double {
    let wordLogs = TopicInference.logExpectations(words)
    let textLogs = TopicInference.logExpectations(texts.transposed().compacted()).transposed().compacted()
    return wordSum(x, wordLogs.scalars, textLogs.scalars) + difference(texts, textLogs, prior: textPrior)
      + difference(words.transposed(), wordLogs.transposed(), prior: wordPrior)
  }

  /// `E[log p(words)]`, every word from whichever topic.
  private func wordSum(_ x: SparseMatrix, _ wordLogs: [Double], _ textLogs: [Double]) -> Double {
    let topics = words.shape[1]
    return Parallel.mapRanges(x.shape[0], length: 32) { range in
      var (sum, logs) = (0.0, [Double](repeating: 0, count: topics))
      for text in range {
        for place in x.range(ofRow: text) {
          let word = Int(x.columns[place]) * topics
          var most = -Double.infinity
          for topic in 0..<topics {
            logs[topic] = textLogs[text * topics + topic] + wordLogs[word + topic]
            most = max(most, logs[topic])
          }
          sum += x.values[place] * (most + log(logs.reduce(0) { $0 + exp($1 - most) }))
        }
      }
      return sum
    }.reduce(0, +)
  }

  /// `E[log p − log q]` of Dirichlet distributions, one a row of `amounts`.
  private func difference(_ amounts: Matrix, _ logs: Matrix, prior: Double) -> Double {
    let (rows, width) = (Double(amounts.shape[0]), Double(amounts.shape[1]))
    let own = ((prior - amounts) * logs).sum() + amounts.scalars.reduce(0) { $0 + logGamma($1) }
    let sums = amounts.sum(axis: 1).scalars.reduce(0) { $0 + logGamma($1) }
    return own - rows * width * logGamma(prior) + rows * logGamma(prior * width) - sums
  }
}

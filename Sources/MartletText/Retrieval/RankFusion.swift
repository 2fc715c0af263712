import MartletNumerics

/// One ranking of several, by how high documents are in each: a document's score is the sum of `1 / (constant + rank)`.
///
///     reciprocalRankFusion([index.search("cat mat"), vectors.search(embedding, count: 10)])
/// - Parameters:
///   - rankings: hits, best first, as searches by words and by vectors give them.
///   - constant: how little the first places count more than those after them; above 0.
///   - count: at most so many.
///
/// Reference: Cormack, Clarke and Büttcher (2009), Reciprocal rank fusion outperforms Condorcet and individual rank learning
/// methods.
public func reciprocalRankFusion(_ rankings: [[SearchHit]], constant: Double = 60, count: Int = 10) -> [SearchHit] {
  guard constant > 0 else { fatalError("reciprocalRankFusion needs a constant above 0; found \(constant).") }
  var scores: [Int: Double] = [:]
  for ranking in rankings {
    for (rank, hit) in ranking.enumerated() { scores[hit.document, default: 0] += 1 / (constant + Double(rank + 1)) }
  }
  return SearchHit.best(scores.map { ($0.key, $0.value) }, count)
}

/// Documents that answer a question and are not all alike: each next one has the largest
/// `λ · cos(question, document) − (1 − λ) · max cos(document, one chosen before)`.
///
/// - Parameters:
///   - query: the question's vector, `[width]`.
///   - vectors: the candidates' vectors, `[n, width]`.
///   - count: how many are chosen, at most `n`.
///   - relevance: λ from 0 to 1: 1 for the nearest alone.
/// - Returns: places in `vectors` and the values they were chosen for, in the order of choice.
/// - Complexity: O(n · count · width).
///
/// Reference: Carbonell and Goldstein (1998), The use of MMR, diversity-based reranking for reordering documents and
/// producing summaries.
public func maximalMarginalRelevance(
  _ query: Tensor<Float>, _ vectors: Tensor<Float>, count: Int, relevance: Double = 0.5
) -> [SearchHit] {
  guard query.rank == 1, vectors.rank == 2, vectors.shape[1] == query.shape[0], 0...1 ~= relevance else {
    fatalError(
      "maximalMarginalRelevance needs a vector, vectors of its length, and relevance from 0 to 1; found shapes \(query.shape) and \(vectors.shape), relevance \(relevance)."
    )
  }
  let table = VectorTable(vectors, .cosine)
  let question = VectorTable(query.reshaped(to: [1, query.shape[0]]), .cosine)
  let near = (0..<table.count).map { Double(-table.distance(question.vector(0), $0)) + 1 }
  var (chosen, rest): ([SearchHit], [Int]) = ([], Array(0..<table.count))
  var likest = [Double](repeating: -.infinity, count: table.count)
  while chosen.count < count, !rest.isEmpty {
    func value(_ place: Int) -> Double {
      relevance * near[place] - (chosen.isEmpty ? 0 : (1 - relevance) * likest[place])
    }
    var best = 0
    for candidate in rest.indices where value(rest[candidate]) > value(rest[best]) { best = candidate }
    let place = rest.remove(at: best)
    chosen.append(SearchHit(document: place, score: value(place)))
    for other in rest { likest[other] = max(likest[other], 1 - Double(table.distance(table.vector(place), other))) }
  }
  return chosen
}

import Foundation
import MartletModels
import MartletNumerics
import MartletText
import Testing

@Suite struct RetrievalTests {
  static let documents = [
    "the cat sat on the mat", "the dog ate my homework", "cats and dogs",
    "my cat ate the dog's homework on the mat, the cat did",
    "", "Naïve CAFÉ owners sat outside",
  ]

  /// The formula, written out for one word of a document.
  private func weight(_ tf: Double, _ df: Double, _ length: Double, _ mean: Double, _ n: Double, okapi: Bool) -> Double
  {
    let (k1, b) = okapi ? (1.5, 0.75) : (1.2, 0.75)
    let idf = okapi ? log(n - df + 0.5) - log(df + 0.5) : log(1 + (n - df + 0.5) / (df + 0.5))
    return idf * tf * (okapi ? k1 + 1 : 1) / (tf + k1 * (1 - b + b * length / mean))
  }

  @Test func scoresAreTheFormulas() throws {
    let lengths = [6.0, 5, 3, 13, 0, 5]
    let mean = lengths.reduce(0, +) / 6
    let lucene = try BM25Index(Self.documents)
    #expect(lucene.lengths.map(Double.init) == lengths)
    let scores = lucene.scores("Cat homework cat")
    func expected(_ cat: Double, _ homework: Double, _ place: Int) -> Double {
      (cat > 0 ? 2 * weight(cat, 2, lengths[place], mean, 6, okapi: false) : 0)
        + (homework > 0 ? weight(homework, 2, lengths[place], mean, 6, okapi: false) : 0)
    }
    #expect(agree(scores, [expected(1, 0, 0), expected(0, 1, 1), 0, expected(2, 1, 3), 0, 0], within: 1e-12))
    let okapi = try BM25Index(Self.documents, weighting: BM25Weighting(formula: .okapi, saturation: 1.5))
    let one = okapi.scores("outside")[5]
    #expect(abs(one - weight(1, 1, 5, mean, 6, okapi: true)) < 1e-12)
  }

  @Test func commonWordsOfOkapiHaveTheFloor() throws {
    // "a" is in all three documents: its idf is negative and becomes a quarter of the mean of all.
    let index = try BM25Index(["a b", "a c", "a d"], weighting: BM25Weighting(formula: .okapi, saturation: 1.5))
    let (common, rare) = (log(0.5) - log(3.5), log(2.5) - log(1.5))
    let floor = 0.25 * (common + 3 * rare) / 4
    #expect(agree(index.scores("a"), [floor, floor, floor], within: 1e-12))
  }

  @Test func searchesFindAndMark() throws {
    let index = try BM25Index(Self.documents, stripAccents: .unicode)
    #expect(index.search("cat mat").map(\.document).first == 3 || index.search("cat mat").map(\.document).first == 0)
    #expect(index.search("cafe").map(\.document) == [5])
    #expect(index.search(phrase: "ate my").map(\.document) == [1])
    #expect(index.search(phrase: "on the mat").map(\.document).sorted() == [0, 3])
    #expect(index.search(phrase: "mat the").map(\.document) == [3])
    #expect(index.search(phrase: "my ate").isEmpty && index.search(phrase: "").isEmpty && index.search("xyz").isEmpty)
    #expect(index.highlight(Self.documents[0], query: "CAT mat") == "the **cat** sat on the **mat**")
    #expect(index.highlight("Naïve CAFÉ!", query: "cafe", start: "<", end: ">") == "Naïve <CAFÉ>!")
    #expect(index.highlight("a b c d e f cat g h", query: "cat", around: 3) == "… e f **cat** …")
    let again = try JSONDecoder().decode(BM25Index.self, from: JSONEncoder().encode(index))
    #expect(again.scores("cat homework") == index.scores("cat homework"))
    let hostile =
      #"{"terms":["a"],"postings":[[{"document":7,"positions":[0]}]],"lengths":[1],"weighting":{"formula":"lucene","saturation":1,"lengthPenalty":0},"stopWords":{"none":{}},"stripAccents":"none"}"#
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(BM25Index.self, from: Data(hostile.utf8)) }
    #expect(throws: FitError.self) { try BM25Index(["a"], weighting: BM25Weighting(lengthPenalty: 2)) }
  }

  @Test func rankingsAreFused() {
    let words = [3, 1, 2].map { SearchHit(document: $0, score: 1) }
    let vectors = [1, 4].map { SearchHit(document: $0, score: 9) }
    let fused = reciprocalRankFusion([words, vectors])
    #expect(fused.map(\.document) == [1, 3, 4, 2])
    #expect(abs(fused[0].score - (1 / 62.0 + 1 / 61.0)) < 1e-15)
  }

  @Test func differentDocumentsAreChosen() {
    let query = Tensor<Float>([1, 0.2])
    let vectors = Tensor<Float>([1, 0.1, 1, 0.11, 0.3, 1, -1, 0], shape: [4, 2])
    #expect(maximalMarginalRelevance(query, vectors, count: 2, relevance: 1).map(\.document) == [1, 0])
    #expect(maximalMarginalRelevance(query, vectors, count: 2, relevance: 0.4).map(\.document)[1] != 0)
    #expect(maximalMarginalRelevance(query, vectors, count: 9).count == 4)
  }

  private func vectors(_ count: Int, _ width: Int, seed: UInt64) -> Tensor<Float> {
    var random = PCG64(seed: seed)
    return Tensor((0..<count * width).map { _ in Float(random.standardNormal()) }, shape: [count, width])
  }

  @Test(arguments: VectorMetric.allCases) func flatSearchIsExact(metric: VectorMetric) throws {
    let (all, asked) = (vectors(500, 19, seed: 1), vectors(7, 19, seed: 2))
    let index = try FlatIndex(all, metric: metric)
    for (row, hits) in try index.search(each: asked, count: 6).enumerated() {
      let (a, b) = (asked.asDouble, all.asDouble)
      let scores = (0..<500).map { other -> Double in
        let (x, y) = (a.row(row), b.row(other))
        switch metric {
        case .dot: return x.dot(y)
        case .cosine: return x.dot(y) / (x.dot(x) * y.dot(y)).squareRoot()
        case .euclidean: return -((x - y).dot(x - y)).squareRoot()
        }
      }
      let best = scores.indices.sorted { scores[$0] > scores[$1] }.prefix(6)
      #expect(hits.map(\.document) == Array(best))
      #expect(agree(hits.map { metric == .euclidean ? -$0.score : $0.score }, best.map { scores[$0] }, within: 1e-5))
    }
  }

  @Test(arguments: VectorMetric.allCases) func graphsFindNearlyAll(metric: VectorMetric) throws {
    let (all, asked) = (vectors(3_000, 24, seed: 3), vectors(100, 24, seed: 4))
    let exact = try FlatIndex(all, metric: metric).search(each: asked, count: 10)
    var graph = try HNSWIndex(all, metric: metric, seed: 5)
    graph.searchWidth = 100
    func recall(_ index: HNSWIndex) throws -> Double {
      let found = try index.search(each: asked, count: 10)
      let shared = zip(found, exact).map { Set($0.map(\.document)).intersection($1.map(\.document)).count }
      return Double(shared.reduce(0, +)) / 1_000
    }
    print("recall@10 of HNSW, 3,000 vectors of 24 numbers, \(metric): \(try recall(graph))")
    #expect(try recall(graph) > (metric == .dot ? 0.85 : 0.95))
    let path = NSTemporaryDirectory() + "/martlet-\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try graph.write(to: path)
    #expect(try HNSWIndex(path: path).search(each: asked, count: 10) == graph.search(each: asked, count: 10))
    #expect(throws: VectorIndexError.self) { try FlatIndex(path: path) }
  }

  @Test func filesOfIndexesAreChecked() throws {
    let path = NSTemporaryDirectory() + "/martlet-\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let index = try FlatIndex(vectors(20, 4, seed: 6), metric: .dot)
    try index.write(to: path)
    let query = vectors(1, 4, seed: 7)
    #expect(try FlatIndex(path: path).search(each: query, count: 3) == index.search(each: query, count: 3))
    var hostile = SafeTensorsWriter(metadata: ["format": "martlet-hnsw-index", "metric": "dot"])
    hostile.add("vectors", Tensor<Float>([1, 2], shape: [2, 1]))
    hostile.add("levels", Tensor<Int32>([1, 1]))
    hostile.add("degrees", Tensor<Int32>([1, 0]))
    hostile.add("neighbors", Tensor<Int32>([9]))
    hostile.add("parameters", Tensor<Int32>([16, 200, 64, 0]))
    try hostile.write(to: path)
    #expect(throws: VectorIndexError.self) { try HNSWIndex(path: path) }
    #expect(throws: VectorIndexError.self) { try FlatIndex(Tensor<Float>([.nan], shape: [1, 1])) }
    #expect(throws: VectorIndexError.self) { try index.search(each: vectors(1, 3, seed: 1)) }
  }

  /// A line each, however large they are.
  @Test func indexesIntroduceThemselves() throws {
    var random = PCG64(seed: 1)
    let vectors = random.normals(shape: [300, 8]).asFloat
    #expect("\(try FlatIndex(vectors))" == "FlatIndex of 300 vectors of 8 numbers, by cosine")
    #expect("\(try HNSWIndex(vectors, seed: 1))".hasPrefix("HNSWIndex of 300 vectors of 8 numbers"))
    #expect("\(try BM25Index(["a cat", "a dog"]))" == "BM25Index of 2 documents with 4 words, 3 different ones")
    let words = try WordVectors(words: ["a", "b"], vectors: Tensor<Float>([[1, 2, 3], [4, 5, 6]]))
    #expect("\(words)" == "WordVectors of 2 words, 3 numbers each")
  }
}

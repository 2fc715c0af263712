import MartletExplain
import MartletModels
import MartletNumerics
import Testing

private struct SurrogateReference: Decodable {
  struct Tabular: Decodable {
    let terms: [String: Double]
    let weights: [Double]
    let score, prediction, local: Double
  }
  struct Words: Decodable {
    let weights: [String: Double]
    let score: Double
  }
  let surrogate: Tabular
  let words: Words
}

@Suite struct SurrogateTests {
  private let reference: SurrogateReference
  private let x: Matrix

  init() throws {
    reference = try ReferenceFile.read("inspection")
    x = Matrix(try ShapleyReference.read().regression.x)
  }

  private let smooth = ModelFunction { (x: Matrix) in
    (2 * x.column(0) - 1.5 * x.column(1) + 0.5 * x.column(2) * x.column(2)).reshaped(-1, 1)
  }

  @Test func conditionsAreThoseOfLime() throws {
    for seed: UInt64 in [1, 2] {
      let surrogate = try LIMETabular(x, samples: 30_000, seed: seed).explain(smooth, x.row(0).scalars)
      #expect(agree([surrogate.prediction], [reference.surrogate.prediction]))
      // Lime calls features by their numbers and draws other samples: the features that count have its weights.
      for (feature, weight) in reference.surrogate.weights.enumerated().prefix(3) {
        let own = surrogate.terms.first { $0.name.contains("feature \(feature)") }
        #expect(abs((own?.weight ?? .nan) - weight) < 0.1, "feature \(feature), seed \(seed)")
      }
      #expect(abs(surrogate.localR2 - reference.surrogate.score) < 0.05, "seed \(seed)")
    }
  }

  @Test func plantedLinearModelsAreRecovered() throws {
    let weights = [2.0, -1, 0, 0.5, 0, 0]
    let line = ModelFunction { (x: Matrix) in (x • Matrix(weights) + 4).reshaped(-1, 1) }
    for seed: UInt64 in [1, 2, 3] {
      let surrogate = try LIMETabular(x, terms: .features, seed: seed).explain(line, x.row(3).scalars)
      #expect(surrogate.localR2 > 0.999)
      #expect(abs(surrogate.localPrediction - surrogate.prediction) < 0.05)
      for (feature, weight) in weights.enumerated() {
        let expected = weight * x.column(feature).standardDeviation()
        let own = surrogate.terms.first { $0.name == "feature \(feature)" }
        #expect(abs((own?.weight ?? .nan) - expected) < 0.02, "feature \(feature), seed \(seed)")
      }
    }
  }

  @Test func wordsAreThoseOfLime() throws {
    let spam = ModelFunction<[String]>(outputNames: ["ham", "spam"]) { texts in
      Matrix(
        texts.map { text in
          let words = text.split(separator: " ")
          let p = 0.1 + (words.contains("free") ? 0.5 : 0) + (words.contains("prize") ? 0.3 : 0)
          return [1 - p, p]
        })
    }
    let surrogate = try LIMEText(seed: 4).explain(spam, "win a free prize now")
    #expect(surrogate.outputName == "spam" && abs(surrogate.prediction - 0.9) < 1e-12)
    for (word, weight) in reference.words.weights {
      let own = surrogate.terms.first { $0.name == word }
      #expect(abs((own?.weight ?? .nan) - weight) < 0.02, "\(word), seed 4")
    }
    #expect(surrogate.terms.prefix(2).map(\.name) == ["free", "prize"] && surrogate.localR2 > 0.99)
    #expect(surrogate.chart().svg.contains("free") && surrogate.description.contains("prize"))
    // What raises is vermilion, as in waterfalls.
    #expect(surrogate.chart().svg.contains("#d55e00") && !surrogate.chart().svg.contains("#e69f00"))
    #expect(throws: FitError.self) { try LIMEText().explain(spam, " ?! ") }
  }

  @Test func repeatedWordsGoTogether() throws {
    // The answer counts letters, so that it shows which words are left out.
    let length = ModelFunction<[String]> { texts in Matrix(texts.map { [Double($0.count { $0 == "x" })] }) }
    let surrogate = try LIMEText(samples: 2000, seed: 1).explain(length, "x, a b c x-x!")
    #expect(surrogate.terms.map(\.name).sorted() == ["a", "b", "c", "x"])
    #expect(abs((surrogate.terms.first { $0.name == "x" }?.weight ?? 0) - 3) < 0.2)
  }

  @Test func wrongChoicesAreSaid() throws {
    #expect(throws: FitError.self) { try LIMETabular(x, kernelWidth: 0) }
    #expect(throws: FitError.self) { try LIMETabular(x, samples: 3) }
    #expect(throws: FitError.self) { try LIMETabular(x).explain(smooth, [1, 2]) }
    let same = try LIMETabular(x, samples: 100, seed: 5)
    #expect(try same.explain(smooth, x.row(1).scalars) == same.explain(smooth, x.row(1).scalars))
  }
}

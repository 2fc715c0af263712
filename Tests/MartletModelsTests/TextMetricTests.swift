import MartletModels
import MartletNumerics
import Testing

@Suite struct TextMetricTests {
  struct Reference: Decodable {
    let predicted, actual, second: [String]
    let bleu, bleuTwo, bleuLower, chrF, wordErrorRate, characterErrorRate: Double
    let bleuEach, chrFEach: [Double]
    let rouge: [[[Double]]]
  }
  let reference: Reference
  init() throws { reference = try ReferenceFile.read("textMetrics") }

  @Test func translationsAreMeasuredAsBySacrebleu() {
    let (predicted, actual) = (reference.predicted, reference.actual)
    let both = zip(actual, reference.second).map { [$0, $1] }
    let found = [
      bleu(predicted: predicted, actual: actual.map { [$0] }), bleu(predicted: predicted, actual: both),
      bleu(predicted: predicted, actual: actual.map { [$0] }, lowercases: true),
      chrF(predicted: predicted, actual: actual),
    ]
    #expect(agree(found, [reference.bleu, reference.bleuTwo, reference.bleuLower, reference.chrF], within: 1e-9))
    for (place, (text, other)) in zip(predicted, actual).enumerated() {
      #expect(agree([bleu(predicted: [text], actual: [[other]])], [reference.bleuEach[place]], within: 1e-9), "\(text)")
      #expect(agree([chrF(predicted: [text], actual: [other])], [reference.chrFEach[place]], within: 1e-9), "\(text)")
    }
  }

  @Test func summariesAreMeasuredAsByRougeScore() {
    for (place, (text, other)) in zip(reference.predicted, reference.actual).enumerated() {
      let scores = [
        rouge(predicted: text, actual: other), rouge(predicted: text, actual: other, length: 2),
        rougeL(predicted: text, actual: other),
      ]
      let found = scores.flatMap { [$0.precision, $0.recall, $0.f1] }
      #expect(agree(found, reference.rouge[place].flatMap { $0 }, within: 1e-12), "\(text)")
    }
  }

  @Test func transcriptsAreMeasuredAsByJiwer() {
    let found = [
      wordErrorRate(predicted: reference.predicted, actual: reference.actual),
      characterErrorRate(predicted: reference.predicted, actual: reference.actual),
    ]
    #expect(agree(found, [reference.wordErrorRate, reference.characterErrorRate], within: 1e-12))
    #expect(editDistance(Array("kitten"), Array("sitting")) == 3)
    #expect(editDistance([1, 2, 3], []) == 3)
  }

  @Test func answersMatchOrNot() {
    #expect(exactMatch(predicted: ["Paris", "Rome "], actual: ["Paris", "Rome"]) == 0.5)
    #expect(exactMatch(predicted: ["The Paris!", "Rome "], actual: ["paris", "Rome"], normalizes: true) == 1)
    #expect(abs(perplexity(logProbabilities: [log(0.5), log(0.25)]) - 8.0.squareRoot()) < 1e-12)
    // A model that knows nothing of V words is as surprised as by V equally likely ones.
    #expect(abs(perplexity(logProbabilities: [Double](repeating: -log(50.0), count: 9)) - 50) < 1e-9)
  }
}

import Foundation
import MartletModels
import MartletNumerics

/// One way to answer a request, and how sure it must be to be believed.
public struct RouterStage<Label: Hashable & Sendable>: Sendable {
  /// What traces call it.
  public let name: String
  /// How sure it must be, from 0 to 1.
  public var threshold: Double
  /// What one request costs, in any unit.
  public var cost: Double
  let answer: @Sendable (String) throws -> (label: Label, confidence: Double)?

  /// - Parameters:
  ///   - name: what traces call it.
  ///   - threshold: how sure it must be.
  ///   - cost: what one request costs.
  ///   - answer: gives a label and how sure it is, or `nil` when it has nothing to say.
  public init(
    _ name: String, threshold: Double = 0.5, cost: Double = 0,
    answer: @escaping @Sendable (String) throws -> (label: Label, confidence: Double)?
  ) {
    self.name = name
    self.threshold = threshold
    self.cost = cost
    self.answer = answer
  }

  /// Words that decide alone, in small letters: the first that a request has as a word.
  public static func rules(_ labels: [(word: String, label: Label)], cost: Double = 0) -> RouterStage {
    let search = SearchWords(stopWords: .none, stripAccents: .unicode)
    let rules = labels.compactMap { word, label in search.words(of: word).first.map { ($0.text, label) } }
    return RouterStage("rules", threshold: 0, cost: cost) { request in
      let words = Set(search.words(of: request).map(\.text))
      return rules.first { words.contains($0.0) }.map { ($0.1, 1) }
    }
  }

  /// The commonest label of the examples that are nearest in meaning; how sure it is, is their mean cosine.
  /// - Throws: ``RetrievalError`` when the examples cannot be embedded.
  public static func neighbors(
    _ examples: [(text: String, label: Label)], encoder: SentenceEncoder, count: Int = 3, threshold: Double = 0.6,
    cost: Double = 0
  ) throws(RetrievalError) -> RouterStage {
    let index: FlatIndex
    do {
      index = try FlatIndex(encoder.embed(examples.map(\.text)))
    } catch { throw RetrievalError("\(error)") }
    let labels = examples.map(\.label)
    return RouterStage("neighbors", threshold: threshold, cost: cost) { request in
      let hits = try index.search(encoder.embed(request), count: count)
      var votes: [Label: Double] = [:]
      for hit in hits { votes[labels[hit.document], default: 0] += hit.score }
      // Of equals, the label of the nearest example.
      guard let best = hits.map({ labels[$0.document] }).max(by: { votes[$0, default: 0] < votes[$1, default: 0] })
      else {
        return nil
      }
      return (best, votes[best, default: 0] / Double(hits.count))
    }
  }

  /// A classifier of texts; how sure it is, is its probability.
  public static func classifier<Model: Classifier>(
    _ model: Model, threshold: Double = 0.7, cost: Double = 0
  ) -> RouterStage where Model.Features == [String], Model.Label == Label {
    RouterStage("classifier", threshold: threshold, cost: cost) { request in
      let shares = try model.predictProbabilities([request]).scalars
      guard let best = shares.indices.max(by: { shares[$0] < shares[$1] }) else { return nil }
      return (model.classes[best], shares[best])
    }
  }
}

extension RouterStage where Label == String {
  /// A language model that is asked for one of the labels; an answer that is none of them is no answer.
  public static func languageModel(_ client: ChatClient, labels: [String], cost: Double = 1) -> RouterStage {
    let task =
      "Classify the request. Answer with one of these labels and nothing else: \(labels.joined(separator: ", "))"
    return RouterStage("language model", threshold: 0, cost: cost) { request in
      let answer = try client.complete([.system(task), .user(request)]).text
      let said = answer.trimmingCharacters(in: .whitespacesAndNewlines.union(.punctuationCharacters)).lowercased()
      return labels.first { $0.lowercased() == said }.map { ($0, 1) }
    }
  }
}

/// Answers a request by the cheapest way that is sure enough, and says which it was.
///
///     let router = AnswerRouter(stages: [
///       .rules([("invoice", "billing")]), .classifier(model, threshold: 0.8), .languageModel(client, labels: topics),
///     ])
///     let trace = router.route("Where is my parcel?")
///     trace.label      // "delivery"
///     print(trace)     // which stages were asked, how sure they were, and how long they took
public struct AnswerRouter<Label: Hashable & Sendable>: Sendable {
  /// The ways to answer, the cheapest first.
  public var stages: [RouterStage<Label>]

  /// - Parameter stages: the ways to answer, the cheapest first.
  public init(stages: [RouterStage<Label>]) { self.stages = stages }

  /// The answer of the first stage that is sure enough; of none, the surest one's that had something to say.
  public func route(_ request: String) -> RouterTrace<Label> {
    var steps: [RouterTrace<Label>.Step] = []
    for stage in stages {
      let start = ContinuousClock.now
      var (found, problem): ((label: Label, confidence: Double)?, String?) = (nil, nil)
      do { found = try stage.answer(request) } catch { problem = "\(error)" }
      let gap = start.duration(to: .now).components
      let isAccepted = found.map { $0.confidence >= stage.threshold } ?? false
      steps.append(
        .init(
          stage: stage.name, label: found?.label, confidence: found?.confidence, isAccepted: isAccepted,
          problem: problem, cost: stage.cost, seconds: Double(gap.seconds) + Double(gap.attoseconds) / 1e18))
      if isAccepted { break }
    }
    return RouterTrace(request: request, steps: steps)
  }

  /// What requests cost and how many are answered rightly, for each threshold of one stage: every stage is asked once.
  ///
  /// - Parameters:
  ///   - stage: the place of the stage whose threshold changes.
  ///   - thresholds: the thresholds.
  ///   - requests: requests and their right answers.
  public func costCurve(
    stage: Int, thresholds: [Double], _ requests: [(text: String, label: Label)]
  ) -> [RouterCost] {
    guard stages.indices.contains(stage), !requests.isEmpty else {
      fatalError(
        "costCurve needs requests and a stage from 0 to \(stages.count - 1); found \(requests.count) and \(stage).")
    }
    // Errors count as having nothing to say.
    let answers = requests.map { request in stages.map { (try? $0.answer(request.text)) ?? nil } }
    return thresholds.map { threshold in
      var (cost, right, early) = (0.0, 0, 0)
      for (request, found) in zip(requests, answers) {
        var (label, isSure): (Label?, Bool) = (nil, false)
        for place in stages.indices {
          cost += stages[place].cost
          guard let answer = found[place] else { continue }
          if answer.confidence >= (place == stage ? threshold : stages[place].threshold) {
            (label, isSure) = (answer.label, true)
            if place < stages.count - 1 { early += 1 }
            break
          }
        }
        if !isSure { label = found.compactMap { $0 }.max { $0.confidence < $1.confidence }?.label }
        if label == request.label { right += 1 }
      }
      let count = Double(requests.count)
      return RouterCost(
        threshold: threshold, cost: cost / count, accuracy: Double(right) / count, localShare: Double(early) / count)
    }
  }
}

/// What a threshold leads to.
public struct RouterCost: Sendable, Equatable {
  /// The threshold.
  public let threshold: Double
  /// What a request costs on average.
  public let cost: Double
  /// The share of requests that are answered rightly.
  public let accuracy: Double
  /// The share of requests that do not need the last stage.
  public let localShare: Double
}

/// How a request was answered.
public struct RouterTrace<Label: Hashable & Sendable>: Sendable, CustomStringConvertible {
  /// What one stage had to say.
  public struct Step: Sendable {
    /// The stage's name.
    public let stage: String
    /// Its answer; `nil` when it had none.
    public let label: Label?
    /// How sure it was.
    public let confidence: Double?
    /// Whether it was sure enough.
    public let isAccepted: Bool
    /// Why it could not answer.
    public let problem: String?
    /// What it cost.
    public let cost: Double
    /// How long it took.
    public let seconds: Double
  }

  /// The request.
  public let request: String
  /// The stages that were asked, in order.
  public let steps: [Step]

  private var deciding: Step? {
    steps.first { $0.isAccepted }
      ?? steps.filter { $0.label != nil }.max { ($0.confidence ?? 0) < ($1.confidence ?? 0) }
  }
  /// The answer; `nil` when no stage had one.
  public var label: Label? { deciding?.label }
  /// The stage that gave it.
  public var stage: String? { deciding?.stage }
  /// What all stages together cost.
  public var cost: Double { steps.reduce(0) { $0 + $1.cost } }

  /// A line for each stage.
  public var description: String {
    let lines = steps.map { step in
      let sure = step.confidence.map { String(format: ", sure to %.2f", $0) } ?? ""
      let said = step.problem ?? step.label.map { "\($0)\(sure)" } ?? "nothing to say"
      return "\(step.stage): \(said)\(step.isAccepted ? " ✓" : "") (\(String(format: "%.1f", step.seconds * 1_000)) ms)"
    }
    return (["\(request) → \(label.map { "\($0)" } ?? "no answer")"] + lines).joined(separator: "\n  ")
  }
}

import MartletDisplay
import MartletFrames

/// What a model is to learn from.
public enum LearningMaterial: String, Sendable, Codable, CaseIterable {
  /// Rows of numbers and categories.
  case table
  /// Written language.
  case text
  /// Pictures.
  case image
  /// Sound.
  case audio
  /// Numbers in the order of time.
  case series
}

/// What a model is to say.
public enum LearningGoal: String, Sendable, Codable, CaseIterable {
  /// Which class something belongs to.
  case classes
  /// How much of something there is.
  case numbers
  /// Which things are alike, without answers to learn from.
  case groups
  /// Which things are out of the ordinary, without answers to learn from.
  case anomalies
  /// New text, pictures or sound.
  case generation
}

/// A kind of model, and why it comes where it comes in a list of suggestions.
public struct ModelSuggestion: Sendable, Equatable {
  /// The kind of model.
  public let name: String
  /// The types of this toolkit to begin with.
  public let types: [String]
  /// Why it is suggested, and what stands against it.
  public let reasons: [String]
  /// What the list is ordered by; larger comes first.
  let points: Int
}

/// Suggestions, the one to begin with first.
public struct ModelSuggestions: Sendable, CustomStringConvertible, RichDisplayable {
  /// The suggestions in order.
  public let ranked: [ModelSuggestion]

  private var table: ModelTable {
    ModelTable(
      title: "First choice: \(ranked[0].name)", facts: [], header: ["model", "types", "reasons"],
      rows: ranked.map { [$0.name, $0.types.joined(separator: ", "), $0.reasons.joined(separator: "; ")] })
  }
  /// The list with its reasons.
  public var description: String { table.text }
  /// The same as a table.
  public func displayBundle() -> DisplayBundle { table.displayBundle() }
}

extension ModelAdvisor {
  /// Which kinds of model to consider before there is anything to measure, with reasons.
  ///
  ///     ModelAdvisor.suggest(.classes, for: .table, rows: 5_000, mustExplain: true).ranked[0].name      // "linear model"
  /// - Parameters:
  ///   - goal: what the model is to say.
  ///   - material: what it learns from.
  ///   - rows: how many examples there are, with answers where the goal needs some.
  ///   - millisecondsPerAnswer: how long an answer may take; `nil` for any time.
  ///   - mustExplain: whether a person has to be able to follow an answer.
  /// - Returns: the rules that hold, best first; at least one.
  public static func suggest(
    _ goal: LearningGoal, for material: LearningMaterial, rows: Int, millisecondsPerAnswer: Double? = nil,
    mustExplain: Bool = false
  ) -> ModelSuggestions {
    let task = SuggestionTask(
      goal: goal, material: material, rows: rows, milliseconds: millisecondsPerAnswer ?? .infinity,
      mustExplain: mustExplain)
    let suggestions = SuggestionRule.all.compactMap { $0.suggestion(task) }
    let order = suggestions.indices.sorted { (-suggestions[$0].points, $0) < (-suggestions[$1].points, $1) }
    return ModelSuggestions(ranked: order.map { suggestions[$0] })
  }
}

struct SuggestionTask {
  let goal: LearningGoal
  let material: LearningMaterial
  let rows: Int
  let milliseconds: Double
  let mustExplain: Bool
}

/// What speaks for and against a kind of model.
private struct SuggestionRule {
  let name: String
  let types: [String]
  let goals: Set<LearningGoal>
  /// How well it suits what is learned from, from 1 to 5; what is absent does not suit.
  let suits: [LearningMaterial: Int]
  let reason: String
  /// From how many examples on it usually earns its keep.
  let enoughRows: Int
  /// The usual time of an answer on one core.
  let milliseconds: Double
  let isExplainable: Bool

  func suggestion(_ task: SuggestionTask) -> ModelSuggestion? {
    guard goals.contains(task.goal), var points = suits[task.material].map({ $0 * 10 }) else { return nil }
    var reasons = [reason]
    if task.rows < enoughRows {
      points -= 30
      reasons.append("but it wants some \(enoughRows) examples, and there are \(task.rows)")
    }
    if task.milliseconds < milliseconds {
      points -= 40
      reasons.append("but an answer takes about \(Self.number(milliseconds)) ms")
    }
    if task.mustExplain {
      points += isExplainable ? 20 : -40
      reasons.append(isExplainable ? "a person can follow its answers" : "but nobody can follow its answers")
    }
    return ModelSuggestion(name: name, types: types, reasons: reasons, points: points)
  }

  private static func number(_ value: Double) -> String { value < 1 ? "\(value)" : "\(Int(value))" }

  static let all: [SuggestionRule] = [
    SuggestionRule(
      name: "linear model", types: ["LogisticRegression", "Ridge", "Lasso"], goals: [.classes, .numbers],
      suits: [.table: 4, .text: 4, .series: 3, .image: 1, .audio: 1],
      reason: "small, fast, hard to fool: the first thing to beat", enoughRows: 30, milliseconds: 0.01,
      isExplainable: true),
    SuggestionRule(
      name: "decision tree", types: ["DecisionTreeClassifier", "DecisionTreeRegressor"], goals: [.classes, .numbers],
      suits: [.table: 3], reason: "questions that can be drawn, and no scaling", enoughRows: 100, milliseconds: 0.01,
      isExplainable: true),
    SuggestionRule(
      name: "random forest", types: ["RandomForestClassifier", "RandomForestRegressor"], goals: [.classes, .numbers],
      suits: [.table: 4, .series: 2], reason: "strong on tables as they come, with hardly anything to tune",
      enoughRows: 500, milliseconds: 1, isExplainable: false),
    SuggestionRule(
      name: "boosted trees", types: ["HistogramGradientBoostingClassifier", "HistogramGradientBoostingRegressor"],
      goals: [.classes, .numbers], suits: [.table: 5, .series: 3],
      reason: "usually the best score on tables, when tuned and stopped in time", enoughRows: 2_000, milliseconds: 0.5,
      isExplainable: false),
    SuggestionRule(
      name: "naive Bayes", types: ["MultinomialNaiveBayes", "GaussianNaiveBayes"], goals: [.classes],
      suits: [.text: 4, .table: 2], reason: "learns in one pass, from little text: spam, topics", enoughRows: 20,
      milliseconds: 0.01, isExplainable: true),
    SuggestionRule(
      name: "support vector machine", types: ["SVC", "SVR"], goals: [.classes, .numbers],
      suits: [.table: 3, .image: 2], reason: "curved borders from few examples", enoughRows: 100, milliseconds: 1,
      isExplainable: false),
    SuggestionRule(
      name: "nearest neighbours", types: ["KNeighborsClassifier", "KNeighborsRegressor"], goals: [.classes, .numbers],
      suits: [.table: 2, .image: 2], reason: "shows the similar cases it answers from", enoughRows: 50, milliseconds: 5,
      isExplainable: true),
    SuggestionRule(
      name: "clustering", types: ["KMeans", "DBSCAN", "GaussianMixture"], goals: [.groups],
      suits: [.table: 4, .text: 3, .image: 2, .audio: 2, .series: 2], reason: "finds groups without answers",
      enoughRows: 50, milliseconds: 0.1, isExplainable: true),
    SuggestionRule(
      name: "outlier detection", types: ["IsolationForest", "LocalOutlierFactor"], goals: [.anomalies],
      suits: [.table: 4, .series: 3, .text: 2, .image: 2, .audio: 2],
      reason: "learns what is ordinary, and needs no examples of what is not", enoughRows: 100, milliseconds: 1,
      isExplainable: false),
    SuggestionRule(
      name: "forecasting", types: ["NaiveForecaster", "ExponentialSmoothing", "ARIMA"], goals: [.numbers],
      suits: [.series: 5], reason: "knows of trends, seasons and how unsure it is", enoughRows: 24, milliseconds: 0.1,
      isExplainable: true),
    SuggestionRule(
      name: "residuals of a forecast", types: ["ResidualDetector"], goals: [.anomalies], suits: [.series: 5],
      reason: "what is usual in July may be unusual in January", enoughRows: 24, milliseconds: 0.1,
      isExplainable: true),
    SuggestionRule(
      name: "network trained from scratch", types: ["MLPClassifier", "MLPRegressor", "Sequential"],
      goals: [.classes, .numbers],
      suits: [.image: 3, .audio: 3, .text: 2, .series: 2, .table: 1],
      reason: "finds its own features, from many examples",
      enoughRows: 20_000, milliseconds: 5, isExplainable: false),
    SuggestionRule(
      name: "pre-trained network", types: ["SentenceEncoder", "BertEncoder"],
      goals: [.classes, .numbers, .groups, .anomalies],
      suits: [.image: 5, .audio: 5, .text: 3],
      reason: "somebody else has paid for what is common to all pictures, sounds or texts",
      enoughRows: 50, milliseconds: 50, isExplainable: false),
    SuggestionRule(
      name: "language model over a network", types: ["ChatClient"], goals: [.generation, .classes],
      suits: [.text: 2, .image: 1, .audio: 1],
      reason: "answers without training, by being asked; slow, and paid by use",
      enoughRows: 0, milliseconds: 500, isExplainable: false),
    SuggestionRule(
      name: "generative network", types: ["GPT", "VariationalAutoencoder", "GAN", "Diffusion"], goals: [.generation],
      suits: [.text: 2, .image: 3, .audio: 3, .table: 2, .series: 2],
      reason: "makes new examples like those it has seen",
      enoughRows: 5_000, milliseconds: 100, isExplainable: false),
  ]
}

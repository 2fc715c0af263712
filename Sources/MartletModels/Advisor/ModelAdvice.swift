import MartletDisplay
import MartletFrames
import MartletNumerics

/// What a ``ModelAdvisor`` has found: every rung of the ladder with its reason, and the model that was chosen.
public struct ModelAdvice<Model: Predictor>: Sendable where Model.Features == DataFrame {
  /// The rungs from the simplest to the most complex, tried or not.
  public let steps: [AdvisorStep]
  private let chosenPlace: Int
  /// What was measured.
  public let metric: String
  /// The chosen method, fitted to all rows.
  public let model: TabularModel<Model>

  init(steps: [AdvisorStep], chosenPlace: Int, metric: String, model: TabularModel<Model>) {
    self.steps = steps
    self.chosenPlace = chosenPlace
    self.metric = metric
    self.model = model
  }

  /// The smallest model that works.
  public var chosen: AdvisorStep { steps[chosenPlace] }

  /// The rungs that were tried, best score first: `model`, the mean of the measure over the folds, `deviation` of the folds,
  /// `fitSeconds`, `millisecondsPerRow` of an answer, `kilobytes` as a file, `verdict` and `reason`.
  public var leaderboard: DataFrame {
    let tried = steps.enumerated().filter { !$0.element.scores.isEmpty }
      .sorted { ($0.element.merit ?? 0, -$0.offset) > ($1.element.merit ?? 0, -$1.offset) }.map(\.element)
    var columns = [AnyColumn(Column("model", tried.map(\.name)))]
    func add<Element: ColumnElement>(_ name: String, _ values: [Element]) {
      columns.append(AnyColumn(Column(TableNames.distinct(name, columns), values)))
    }
    add(metric, tried.map(\.meanScore))
    add("deviation", tried.map(\.deviation))
    add("fitSeconds", tried.map(\.fitSeconds))
    add("millisecondsPerRow", tried.map(\.millisecondsPerRow))
    add("kilobytes", tried.map { Double($0.byteCount ?? 0) / 1_000 })
    add("verdict", tried.map(\.verdict.rawValue))
    add("reason", tried.map(\.reason))
    return TableNames.frame(columns)
  }
}

/// One rung of the ladder: how good, fast and large its method is, and why it was chosen or not.
public struct AdvisorStep: Sendable {
  /// What became of a rung.
  public enum Verdict: String, Sendable {
    /// The smallest model that works.
    case chosen = "chosen"
    /// Better than what was before, but a later rung is better still by enough.
    case worthIt = "worth it"
    /// Not better by enough to pay for its complexity.
    case notWorthIt = "not worth it"
    /// Its answers take too long.
    case tooSlow = "too slow"
    /// It could not learn from these rows.
    case failed = "cannot learn"
    /// Left out.
    case untried = "not tried"
  }

  /// The method.
  public let name: String
  /// How complex it is.
  public let family: ModelFamily
  /// The score of each fold; empty where it was not tried.
  public let scores: [Double]
  /// How long a fit to all rows took.
  public let fitSeconds: Double
  /// How long an answer took, with its measurement.
  public let millisecondsPerRow: Double
  /// The size of the model as a JSON file; `nil` where it cannot be one.
  public let byteCount: Int?
  /// How much better than the model chosen before it, in units of the score; `nil` for the first.
  public internal(set) var gain: Double?
  /// One standard error of the gain.
  public internal(set) var gainError: Double?
  /// What became of it.
  public internal(set) var verdict = Verdict.untried
  /// Why, in words.
  public internal(set) var reason = ""
  /// For the order of the leaderboard.
  private let greaterIsBetter: Bool

  /// The mean of the folds' scores; not a number where it was not tried.
  public var meanScore: Double { scores.isEmpty ? .nan : mean(scores) }
  /// The standard deviation of the folds' scores.
  public var deviation: Double { scores.count > 1 ? standardDeviation(scores, degreesOfFreedom: 1) : .nan }
  var merit: Double? { scores.isEmpty ? nil : greaterIsBetter ? meanScore : -meanScore }

  init(
    name: String, family: ModelFamily, scores: [Double], fitSeconds: Double, millisecondsPerRow: Double,
    byteCount: Int?,
    greaterIsBetter: Bool = true
  ) {
    self.greaterIsBetter = greaterIsBetter
    self.name = name
    self.family = family
    self.scores = scores
    self.fitSeconds = fitSeconds
    self.millisecondsPerRow = millisecondsPerRow
    self.byteCount = byteCount
  }

  static func untried(_ name: String, _ family: ModelFamily, _ reason: String) -> AdvisorStep {
    var step = AdvisorStep(
      name: name, family: family, scores: [], fitSeconds: .nan, millisecondsPerRow: .nan, byteCount: nil)
    step.reason = reason
    return step
  }

  static func failed(_ name: String, _ family: ModelFamily, _ error: FitError) -> AdvisorStep {
    var step = untried(name, family, error.description)
    step.verdict = .failed
    return step
  }
}

/// The advisor's reasons.
struct AdvisorWording {
  let metric: String
  let minimumGain: Double

  let first = "What everything else has to beat."
  let opaque = "Left out: nobody can follow its answers, and that was asked for."

  func enough(_ patience: Int) -> String {
    patience == 1
      ? "Left out: the rung before it was not worth it."
      : "Left out: the \(patience) rungs before it were not worth it."
  }

  func slow(_ milliseconds: Double, _ limit: Double) -> String {
    let texts = FrameNumberFormat.texts([milliseconds, limit])
    return "An answer takes \(texts[0]) ms; \(texts[1]) ms are allowed."
  }

  func comparison(_ best: String, gain: Double, error: Double) -> String {
    let texts = [abs(gain), error, minimumGain].map(Self.number)
    if gain > max(error, minimumGain) { return "Better than \(best) by \(texts[0]) of \(metric), ± \(texts[1])." }
    if gain <= 0 { return "No better than \(best): \(texts[0]) of \(metric) less, ± \(texts[1])." }
    if gain <= minimumGain {
      return "Better than \(best) by \(texts[0]) only; \(texts[2]) of \(metric) would be worth its complexity."
    }
    return "Better than \(best) by \(texts[0]), which may be chance: one standard error is \(texts[1])."
  }

  private static func number(_ value: Double) -> String { FrameNumberFormat.texts([AdvisorWording.rounded(value)])[0] }

  /// Four decimals: more of a cross-validated score are chance.
  static func rounded(_ value: Double) -> Double { (value * 1e4).rounded() / 1e4 }
}

extension ModelAdvice: CustomStringConvertible, RichDisplayable {
  private var table: ModelTable {
    let rows = steps.map { step in
      guard !step.scores.isEmpty else { return [step.name, "", "", "", "", "", step.verdict.rawValue, step.reason] }
      let numbers = [step.meanScore, step.deviation, step.fitSeconds, step.millisecondsPerRow].map(Self.number)
      let size = step.byteCount.map { "\(($0 + 500) / 1_000)" } ?? "?"
      return [step.name] + numbers + [size, step.verdict.rawValue, step.reason]
    }
    return ModelTable(
      title: "The smallest model that works: \(chosen.name)",
      facts: ["\(model.target) from \(model.features.count) columns, \(chosen.scores.count) folds"],
      header: ["model", metric, "± sd", "fit s", "ms a row", "kB", "verdict", "reason"], rows: rows)
  }

  private static func number(_ value: Double) -> String { FrameNumberFormat.texts([AdvisorWording.rounded(value)])[0] }

  /// The ladder with scores, times, sizes and reasons.
  public var description: String { table.text }
  /// The same as a table.
  public func displayBundle() -> DisplayBundle { table.displayBundle() }
}

import MartletDisplay
import MartletFrames
import MartletModels
import MartletNumerics
import MartletPlots

/// A linear model that answers nearly as the explained model does, near one sample: what LIME finds.
///
///     let surrogate = try LIMETabular(x, featureNames: names, seed: 0).explain(ModelFunction(model), x.row(0).scalars)
///     surrogate.terms          // what speaks for and against, the strongest first
///     surrogate.localR2        // how well it imitates the model near the sample
///
/// Where ``localR2`` is low, the terms say little about the model.
///
/// Reference: Ribeiro, Singh and Guestrin (2016), "Why should I trust you?": explaining the predictions of any classifier.
public struct LocalSurrogate: Sendable, Equatable {
  /// One term of the sum: a feature, a condition on one, or a word.
  public struct Term: Sendable, Equatable {
    /// The feature's name, the condition that the sample meets, or the word.
    public let name: String
    /// What it adds: per standard deviation of a feature, or when the condition is met, or the word is there.
    public let weight: Double
  }

  /// The terms, the strongest first.
  public let terms: [Term]
  /// What is there without them.
  public let intercept: Double
  /// What the surrogate answers for the sample.
  public let localPrediction: Double
  /// What the model answers for the sample.
  public let prediction: Double
  /// How much of the variance of the model's answers near the sample is explained; 1 at best.
  public let localR2: Double
  /// Which of the model's outputs is explained.
  public let outputName: String

  /// A row for each term: `term` and `weight`.
  public var frame: DataFrame {
    TableNames.frame([
      AnyColumn(Column("term", terms.map(\.name))), AnyColumn(Column("weight", terms.map(\.weight))),
    ])
  }

  /// A bar for each term: what raises the output to the right, in the colours of ``Explanation/waterfall(_:limit:)``.
  public func chart() -> Chart {
    let sides = terms.map { $0.weight >= 0 ? "raises" : "lowers" }
    return Chart {
      BarMark(
        x: terms.map(\.weight), y: PlotColumn(categories: terms.map(\.name)),
        color: PlotColumn(categories: sides, name: "the term"))
      RuleMark(x: 0)
    }.title("Why \(outputName)?").subtitle("local R² \(RateFormat.text(localR2))").xLabel("weight")
      .yLabel("").colorDomain(["lowers", "raises"]).palette(Palette([.blue, .vermilion]))
      .usualSize(width: 640, height: 140 + 28 * Double(terms.count))
  }
}

extension LocalSurrogate: RichDisplayable, CustomStringConvertible {
  private var table: ModelTable {
    let facts = FrameNumberFormat.texts([prediction, localPrediction])
    let weights = FrameNumberFormat.texts(terms.map(\.weight))
    return ModelTable(
      title: "Local surrogate of \(outputName)",
      facts: ["the model answers \(facts[0]), the surrogate \(facts[1]); local R² \(RateFormat.text(localR2))"],
      header: ["term", "weight"], rows: terms.indices.map { [terms[$0].name, weights[$0]] })
  }

  /// The terms, for a terminal.
  public var description: String { table.text }
  /// The terms, as text and as a table.
  public func displayBundle() -> DisplayBundle { table.displayBundle() }
}

/// Samples near one, told apart by what they have in common with it, and the weighted regression over them.
struct Neighbourhood {
  /// What each neighbour has, shape `[n, terms]`; the first is the sample itself.
  let design: Matrix
  /// How near each neighbour is.
  let weights: [Double]
  /// What terms are called.
  let names: [String]

  /// The ridge regression on the strongest terms.
  func surrogate(_ answers: [Double], most: Int, outputName: String) throws(FitError) -> LocalSurrogate {
    let all = try Ridge(regularization: 0.01).fit(design, answers, weights: weights).coefficients
    let chosen = all.indices.sorted { (-abs(all[$0]), $0) < (-abs(all[$1]), $1) }.prefix(max(most, 1))
    let used = design.gathered(Tensor<Int>(Array(chosen)), axis: 1)
    let model = try Ridge(regularization: 1).fit(used, answers, weights: weights)
    let fitted = try model.predict(used)
    let terms = zip(chosen, model.coefficients).map { LocalSurrogate.Term(name: names[$0], weight: $1) }
    return LocalSurrogate(
      terms: terms.sorted { abs($0.weight) > abs($1.weight) }, intercept: model.intercept, localPrediction: fitted[0],
      prediction: answers[0], localR2: r2Score(predicted: fitted, actual: answers, weights: weights),
      outputName: outputName)
  }

  /// How near, from a distance: the root of `exp(−d² / width²)`.
  static func nearness(_ distance: Double, width: Double) -> Double {
    exp(-(distance * distance) / (width * width)).squareRoot()
  }
}

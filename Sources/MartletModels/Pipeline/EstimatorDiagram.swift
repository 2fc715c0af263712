import MartletDisplay
import MartletFrames

/// An estimator as nested boxes: its name, what was chosen, and the steps inside.
public struct EstimatorDiagram: Sendable, RichDisplayable, CustomStringConvertible {
  let name: String
  /// What was chosen, as `name: value`.
  let choices: [String]
  let parts: [EstimatorDiagram]
  /// Whether the parts stand side by side: each takes columns of its own.
  var isParallel = false

  /// The diagram of any estimator.
  ///
  ///     EstimatorDiagram(StandardScaler().then(LogisticRegression<String>()))
  public init(_ estimator: some Sendable) {
    if let composite = estimator as? any CompositeEstimator {
      self = composite.diagram
    } else {
      self.init(name: "\(ModelFile.typeName(type(of: estimator)))", choices: Self.choices(estimator), parts: [])
    }
  }

  init(name: String, choices: [String] = [], parts: [EstimatorDiagram], isParallel: Bool = false) {
    self.name = name
    self.choices = choices
    self.parts = parts
    self.isParallel = isParallel
  }

  /// Stored properties with short values.
  private static func choices(_ estimator: Any) -> [String] {
    Mirror(reflecting: estimator).children.compactMap { child in
      guard let label = child.label else { return nil }
      let text = "\(child.value)"
      return text.count <= 60 && !text.contains("(Function)") ? "\(label): \(text)" : nil
    }
  }

  /// An indented list.
  public var description: String { lines.joined(separator: "\n") }

  private var lines: [String] {
    let head = choices.isEmpty ? name : "\(name)(\(choices.joined(separator: ", ")))"
    return [head] + parts.flatMap { part in part.lines.map { "  " + $0 } }
  }

  /// The list as text, the boxes as HTML; every text is escaped.
  public func displayBundle() -> DisplayBundle { [.plainText: .text(description), .html: .text(html)] }

  private var html: String {
    let box = "border: 1px solid rgba(128,128,128,0.5); border-radius: 4px; padding: 0.3em 0.8em; margin: 0.25em"
    let details =
      choices.isEmpty
      ? "<strong>\(name.htmlEscaped)</strong>"
      : "<details><summary><strong>\(name.htmlEscaped)</strong></summary>"
        + choices.map { "<div style=\"opacity: 0.75\">\($0.htmlEscaped)</div>" }.joined() + "</details>"
    guard !parts.isEmpty else { return "<div style=\"\(box)\">\(details)</div>" }
    let direction = isParallel ? "row" : "column"
    let inner = parts.map(\.html).joined()
    return "<div style=\"\(box); display: inline-block\">\(details)"
      + "<div style=\"display: flex; flex-direction: \(direction); align-items: stretch\">\(inner)</div></div>"
  }
}

/// An estimator that is made of others.
protocol CompositeEstimator: Sendable {
  var diagram: EstimatorDiagram { get }
}

extension Chain: CompositeEstimator, RichDisplayable, CustomStringConvertible {
  var diagram: EstimatorDiagram {
    EstimatorDiagram(name: "Chain", parts: DiagramSteps.of(first) + DiagramSteps.of(next))
  }
  /// The steps as an indented list.
  public var description: String { diagram.description }
  /// The steps as nested boxes.
  public func displayBundle() -> DisplayBundle { diagram.displayBundle() }
}

extension SupervisedChain: CompositeEstimator, RichDisplayable, CustomStringConvertible {
  var diagram: EstimatorDiagram {
    EstimatorDiagram(name: "Chain", parts: DiagramSteps.of(first) + DiagramSteps.of(next))
  }
  /// The steps as an indented list.
  public var description: String { diagram.description }
  /// The steps as nested boxes.
  public func displayBundle() -> DisplayBundle { diagram.displayBundle() }
}

extension WithoutAnswers: CompositeEstimator {
  var diagram: EstimatorDiagram { EstimatorDiagram(base) }
}

extension Pipeline: CompositeEstimator, RichDisplayable, CustomStringConvertible {
  var diagram: EstimatorDiagram {
    EstimatorDiagram(name: "Pipeline", parts: DiagramSteps.of(preprocessing) + [EstimatorDiagram(estimator)])
  }
  /// The steps as an indented list.
  public var description: String { diagram.description }
  /// The steps as nested boxes.
  public func displayBundle() -> DisplayBundle { diagram.displayBundle() }
}

extension UnsupervisedPipeline: CompositeEstimator, RichDisplayable, CustomStringConvertible {
  var diagram: EstimatorDiagram {
    EstimatorDiagram(name: "Pipeline", parts: DiagramSteps.of(preprocessing) + [EstimatorDiagram(estimator)])
  }
  /// The steps as an indented list.
  public var description: String { diagram.description }
  /// The steps as nested boxes.
  public func displayBundle() -> DisplayBundle { diagram.displayBundle() }
}

extension SupervisedPipeline: CompositeEstimator, RichDisplayable, CustomStringConvertible {
  var diagram: EstimatorDiagram {
    EstimatorDiagram(name: "Pipeline", parts: DiagramSteps.of(preprocessing) + [EstimatorDiagram(estimator)])
  }
  /// The steps as an indented list.
  public var description: String { diagram.description }
  /// The steps as nested boxes.
  public func displayBundle() -> DisplayBundle { diagram.displayBundle() }
}

extension Columns: CompositeEstimator {
  var diagram: EstimatorDiagram { EstimatorDiagram(name: "Columns", parts: DiagramSteps.of(step)) }
}

extension ColumnPair: CompositeEstimator {
  var diagram: EstimatorDiagram {
    EstimatorDiagram(name: "Columns", parts: DiagramSteps.of(first) + [EstimatorDiagram(next)], isParallel: true)
  }
}

extension ColumnTransformer: CompositeEstimator, RichDisplayable, CustomStringConvertible {
  var diagram: EstimatorDiagram {
    let inner = EstimatorDiagram(steps)
    return EstimatorDiagram(
      name: "ColumnTransformer", choices: ["remainder: \(remainder)"], parts: inner.isParallel ? inner.parts : [inner],
      isParallel: true)
  }
  /// The steps as an indented list.
  public var description: String { diagram.description }
  /// The steps as nested boxes.
  public func displayBundle() -> DisplayBundle { diagram.displayBundle() }
}

private enum DiagramSteps {
  /// A chain's steps one after the other, not boxes in boxes.
  static func of(_ step: some Sendable) -> [EstimatorDiagram] {
    let diagram = EstimatorDiagram(step)
    return diagram.name == "Chain" || diagram.isParallel && diagram.name == "Columns" ? diagram.parts : [diagram]
  }
}

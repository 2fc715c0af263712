import MartletDisplay
import MartletPlots

/// What training came to, epoch by epoch.
public struct TrainingHistory: Sendable, RichDisplayable, CustomStringConvertible {
  /// One pass over the samples.
  public struct Epoch: Sendable, Hashable {
    /// The mean loss of its batches.
    public let loss: Double
    /// The loss on held-out samples, where there are any.
    public let validationLoss: Double?
    /// The learning rate of its last step.
    public let learningRate: Double
    /// How long it took.
    public let seconds: Double
  }

  /// The epochs, first to last.
  public internal(set) var epochs: [Epoch] = []
  /// Why training ended before the last epoch, if it did.
  public internal(set) var earlyEnd: String?
  /// Whether its chart is in the cell already.
  var isShown = false

  /// The number of the epoch with the smallest loss, on held-out samples where there are any.
  public var best: Int? {
    epochs.indices.min { epochs[$0].judged < epochs[$1].judged }
  }

  /// The losses over the epochs.
  public var chart: Chart {
    let numbers = epochs.indices.map { $0 + 1 }
    let validation = epochs.compactMap(\.validationLoss)
    return Chart {
      LineMark(x: numbers, y: epochs.map(\.loss), label: "training")
      if validation.count == epochs.count, !epochs.isEmpty {
        LineMark(x: numbers, y: validation, label: "held out")
      }
    }.title("Loss").xLabel("epoch").yLabel("loss")
  }

  /// The last epoch, in one line.
  public var description: String {
    guard let last = epochs.last else { return "No epoch yet." }
    let held = last.validationLoss.map { ", held out \(Self.short($0))" } ?? ""
    return "epoch \(epochs.count): loss \(Self.short(last.loss))\(held)\(earlyEnd.map { "; \($0)" } ?? "")"
  }

  /// The chart, with the last epoch as text; the text alone for what ``Trainer/fit(_:_:validation:loss:)`` returns after its
  /// own chart. ``chart`` is always the chart.
  public func displayBundle() -> DisplayBundle {
    if isShown { return [.plainText: .text(description)] }
    var bundle = chart.displayBundle()
    bundle[.plainText] = .text(description)
    return bundle
  }

  static func short(_ number: Double) -> String { String(format: "%.4g", number) }
}

extension TrainingHistory.Epoch {
  /// What epochs are compared by; a loss that is no number is the worst.
  var judged: Double {
    let loss = validationLoss ?? loss
    return loss.isNaN ? .infinity : loss
  }
}

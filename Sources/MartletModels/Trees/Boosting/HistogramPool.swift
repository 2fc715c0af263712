import Dispatch

/// Histograms that are used again, so that growing a tree allocates nothing.
final class HistogramPool: @unchecked Sendable {  // `free` is only touched on `queue`
  private let features: BinnedFeatures
  private let queue = DispatchQueue(label: "histograms")
  private var free: [GradientHistogram] = []
  private var made: [GradientHistogram] = []

  init(_ features: BinnedFeatures) { self.features = features }

  deinit { for histogram in made { histogram.deallocate() } }

  func take() -> GradientHistogram {
    queue.sync {
      if let histogram = free.popLast() { return histogram }
      let histogram = GradientHistogram(features)
      made.append(histogram)
      return histogram
    }
  }

  func give(_ histogram: GradientHistogram) { queue.sync { free.append(histogram) } }
}

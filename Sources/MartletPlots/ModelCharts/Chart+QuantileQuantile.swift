import Glibc
import MartletNumerics

extension Chart {
  /// Whether values are distributed normally: on the line they are, bent away from it they are not.
  ///
  ///     Chart.quantileQuantile(residuals)
  ///
  /// The i-th smallest of n values stands above the normal quantile of Filliben's estimate of its share, as SciPy's
  /// `probplot` has it; the line is the least-squares one. Values that are not finite are left out.
  ///
  /// Reference: Filliben (1975), The probability plot correlation coefficient test for normality.
  public static func quantileQuantile(_ values: [Double]) -> Chart {
    let plot = QuantilePlot(values)
    return Chart {
      if let line = plot.line {
        LineMark(x: plot.theoretical, y: plot.theoretical.map { line.intercept + line.slope * $0 }).color(.vermilion)
          .lineWidth(1.5)
      }
      PointMark(x: plot.theoretical, y: plot.observed).color(.blue)
    }.title("Normal quantiles").xLabel("quantile of the standard normal distribution").yLabel("value")
  }
}

/// Sorted values beside the normal quantiles that they would have.
package struct QuantilePlot: Sendable {
  package let theoretical, observed: [Double]
  /// The least-squares line; `nil` for fewer than two values.
  package let line: (intercept: Double, slope: Double)?

  package init(_ values: [Double]) {
    observed = values.filter(\.isFinite).sorted()
    let count = observed.count
    let n = Double(count)
    let last = pow(0.5, 1 / n)
    theoretical = (0..<count).map { index in
      let share = index == count - 1 ? last : index == 0 ? 1 - last : (Double(index + 1) - 0.3175) / (n + 0.365)
      return NormalDistribution().quantile(share)
    }
    let fit = RegressionBand(lineThrough: theoretical, observed, at: [0, 1], confidence: nil)
    line = fit.map { ($0.heights[0], $0.heights[1] - $0.heights[0]) }
  }
}

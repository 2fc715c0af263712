import Foundation
import MartletNumerics

/// What detectors of objects end with.
enum DetectionOperators {
  static let table: [String: ONNXOperator] = ["NonMaxSuppression": suppress, "RoiAlign": align]

  private struct Box {
    let top, left, bottom, right: Double
    var area: Double { (bottom - top) * (right - left) }

    init(_ numbers: ArraySlice<Double>, isCentred: Bool) {
      let n = Array(numbers)
      if isCentred {
        (top, left) = (n[1] - n[3] / 2, n[0] - n[2] / 2)
        (bottom, right) = (n[1] + n[3] / 2, n[0] + n[2] / 2)
      } else {
        (top, left, bottom, right) = (min(n[0], n[2]), min(n[1], n[3]), max(n[0], n[2]), max(n[1], n[3]))
      }
    }

    /// The shared area as a part of both together.
    func overlap(_ other: Box) -> Double {
      let height = min(bottom, other.bottom) - max(top, other.top)
      let width = min(right, other.right) - max(left, other.left)
      guard height > 0, width > 0 else { return 0 }
      return height * width / (area + other.area - height * width)
    }
  }

  /// Of boxes that overlap, the one with the best score.
  private static func suppress(_ call: OperatorCall) throws -> [ONNXValue] {
    let (boxes, scores) = (try call.numbers(0), try call.numbers(1))
    guard boxes.rank == 3, scores.rank == 3, boxes.shape[2] == 4, boxes.shape[0] == scores.shape[0],
      boxes.shape[1] == scores.shape[2]
    else { throw ONNXError("Boxes \(boxes.shape) and scores \(scores.shape) do not fit each other.") }
    let most = try call.optionalIntegers(2)?.first ?? 0
    let limit = try call.optionalNumbers(3)?.scalars.first ?? 0
    let least = try call.optionalNumbers(4)?.scalars.first ?? -.infinity
    let isCentred = call.integer("center_point_box", 0) == 1
    let (samples, classes, count) = (scores.shape[0], scores.shape[1], scores.shape[2])
    let (corners, numbers) = (boxes.scalars, scores.scalars)
    var kept: [Int] = []
    for sample in 0..<samples {
      let own = (0..<count).map {
        Box(corners[(sample * count + $0) * 4..<(sample * count + $0 + 1) * 4], isCentred: isCentred)
      }
      for kind in 0..<classes {
        let start = (sample * classes + kind) * count
        let order = (0..<count).filter { numbers[start + $0] > least }
          .sorted { (-numbers[start + $0], $0) < (-numbers[start + $1], $1) }
        var chosen: [Int] = []
        for box in order where chosen.count < most && chosen.allSatisfy({ own[$0].overlap(own[box]) <= limit }) {
          chosen.append(box)
        }
        for box in chosen { kept += [sample, kind, box] }
      }
    }
    return call.result(ONNXTensor(Tensor(kept, shape: [kept.count / 3, 3])))
  }

  /// Means, or maxima, of points within the parts of regions.
  private static func align(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.floating(0)
    let (regions, batches) = (try call.numbers(1), try call.integers(2))
    let (rows, columns) = (call.integer("output_height", 1), call.integer("output_width", 1))
    guard x.rank == 4, regions.rank == 2, regions.shape == [batches.count, 4], rows > 0, columns > 0, x.count > 0,
      regions.scalars.allSatisfy({ abs($0) < 1e9 }),
      batches.allSatisfy({ (0..<x.shape[0]).contains($0) })
    else { throw ONNXError("Regions \(regions.shape) do not fit an input of shape \(x.shape).") }
    let (channels, height, width) = (x.shape[1], x.shape[2], x.shape[3])
    let scale = call.number("spatial_scale", 1)
    let isHalf =
      call.text("coordinate_transformation_mode", call.version < 16 ? "output_half_pixel" : "half_pixel")
      == "half_pixel"
    let isMean = call.text("mode", "avg") == "avg"
    let wanted = call.integer("sampling_ratio", 0)
    let source = try x.numbers().scalars
    let ends = regions.scalars
    let shape = [batches.count, channels, rows, columns]
    guard wanted < 1 << 14, abs(scale) < 1e9 else {
      throw ONNXError("\(wanted) points and a scale of \(scale) are too many.")
    }
    var result = [Double](repeating: 0, count: try Extent.count(shape))
    for (number, batch) in batches.enumerated() {
      let corner = (0..<4).map { ends[number * 4 + $0] * scale - (isHalf ? 0.5 : 0) }
      let least = isHalf ? -Double.infinity : 1
      let size = (max(corner[3] - corner[1], least) / Double(rows), max(corner[2] - corner[0], least) / Double(columns))
      let points = (
        wanted > 0 ? wanted : Int(max(0, min(1e4, size.0.rounded(.up)))),
        wanted > 0 ? wanted : Int(max(0, min(1e4, size.1.rounded(.up))))
      )
      try Extent.count([rows, columns, points.0, points.1])
      for row in 0..<rows {
        for column in 0..<columns {
          var taps: [[(Int, Double)]] = []
          for i in 0..<points.0 {
            for j in 0..<points.1 {
              let y = corner[1] + (Double(row) + (Double(i) + 0.5) / Double(points.0)) * size.0
              let xx = corner[0] + (Double(column) + (Double(j) + 0.5) / Double(points.1)) * size.1
              taps.append(around(y, xx, height, width))
            }
          }
          for channel in 0..<channels {
            let plane = (batch * channels + channel) * height * width
            let target = ((number * channels + channel) * rows + row) * columns + column
            if isMean {
              result[target] =
                taps.reduce(0) { $0 + $1.reduce(0) { $0 + source[plane + $1.0] * $1.1 } } / Double(max(taps.count, 1))
            } else {
              result[target] = taps.map { $0.map { source[plane + $0.0] * $0.1 }.max() ?? 0 }.max() ?? 0
            }
          }
        }
      }
    }
    return call.result(Matrix(result, shape: shape), like: x)
  }

  /// The four neighbours of a point and their weights; none outside.
  private static func around(_ y: Double, _ x: Double, _ height: Int, _ width: Int) -> [(Int, Double)] {
    guard y >= -1, y <= Double(height), x >= -1, x <= Double(width) else { return [] }
    func pair(_ at: Double, _ length: Int) -> (Int, Int, Double) {
      let low = Int(max(at, 0))
      return low >= length - 1 ? (length - 1, length - 1, 0) : (low, low + 1, max(at, 0) - Double(low))
    }
    let (top, bottom, down) = pair(y, height)
    let (left, right, across) = pair(x, width)
    return [
      (top * width + left, (1 - down) * (1 - across)), (top * width + right, (1 - down) * across),
      (bottom * width + left, down * (1 - across)), (bottom * width + right, down * across),
    ]
  }
}

/// Centres, eight side by side, so that a sample is compared with eight at once.
struct CentreTable {
  /// How many centres there are.
  let count: Int
  /// How many features each has.
  let width: Int
  /// Eight centres' values of one feature after the other; places without a centre are infinitely far.
  private let lanes: [SIMD8<Double>]

  /// - Parameter centres: `count` rows of `width` numbers.
  init(_ centres: [Double], count: Int, width: Int) {
    self.count = count
    self.width = width
    let groups = (count + 7) / 8
    var lanes = [SIMD8<Double>](repeating: SIMD8(repeating: .infinity), count: groups * width)
    for centre in 0..<count {
      for feature in 0..<width { lanes[centre / 8 * width + feature][centre % 8] = centres[centre * width + feature] }
    }
    self.lanes = lanes
  }

  /// Calls `body` with the table as the inner loops read it.
  func withReader<Result>(_ body: (Reader) -> Result) -> Result {
    lanes.withUnsafeBufferPointer { lanes in
      // Not empty: there is at least one centre and one feature.
      body(Reader(lanes: lanes.baseAddress!, groups: (count + 7) / 8, width: width))
    }
  }

  /// Reads the table without bounds checks, which would cost as much as the distances.
  struct Reader {
    fileprivate let lanes: UnsafePointer<SIMD8<Double>>
    fileprivate let groups: Int
    fileprivate let width: Int

    /// The squared distances to the eight centres of a group.
    @inline(__always)
    func squaredDistances(_ sample: UnsafePointer<Double>, group: Int) -> SIMD8<Double> {
      let centres = lanes + group * width
      var sum = SIMD8<Double>.zero
      for feature in 0..<width {
        let difference = centres[feature] - SIMD8(repeating: sample[feature])
        sum += difference * difference
      }
      return sum
    }

    /// The products with the eight centres of a group; where there is no centre, not a number.
    @inline(__always)
    func products(_ sample: UnsafePointer<Double>, group: Int) -> SIMD8<Double> {
      let centres = lanes + group * width
      var sum = SIMD8<Double>.zero
      for feature in 0..<width { sum += centres[feature] * SIMD8(repeating: sample[feature]) }
      return sum
    }

    /// The nearest centre, the first of several, with its squared distance and that of the second nearest.
    @inline(__always)
    func nearest(_ sample: UnsafePointer<Double>) -> (place: Int, nearest: Double, second: Double) {
      var (place, nearest, second) = (0, Double.infinity, Double.infinity)
      for group in 0..<groups {
        let distances = squaredDistances(sample, group: group)
        for lane in 0..<8 {
          let distance = distances[lane]
          if distance < second {
            if distance < nearest {
              (second, nearest, place) = (nearest, distance, group * 8 + lane)
            } else {
              second = distance
            }
          }
        }
      }
      return (place, nearest, second)
    }
  }
}

/// The squared distance of two rows of numbers.
@inline(__always)
func squaredDistance(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ width: Int) -> Double {
  // Four sums, so that one addition need not wait for another.
  var sums = SIMD4<Double>.zero
  var place = 0
  while place + 4 <= width {
    let difference =
      UnsafeRawPointer(a + place).loadUnaligned(as: SIMD4<Double>.self)
      - UnsafeRawPointer(b + place).loadUnaligned(as: SIMD4<Double>.self)
    sums += difference * difference
    place += 4
  }
  var sum = sums.sum()
  while place < width {
    let difference = a[place] - b[place]
    sum += difference * difference
    place += 1
  }
  return sum
}

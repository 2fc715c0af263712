import MartletModels
import MartletNumerics

extension DataLoader where Scalar == Float, Answer == Int {
  /// Samples to learn from in batches, and samples to test on, which come in one batch and in order.
  ///
  ///     let digits = try Datasets.digits()
  ///     let (train, test) = try DataLoader.split(digits.features / 16, digits.labels, testSize: 0.2, seed: 0)
  ///     train.sampleCount, test.sampleCount      // 1437, 360
  ///
  /// The rows are those of ``TrainTestSplit`` with the same size and seed, which are scikit-learn's.
  ///
  /// - Parameters:
  ///   - x: the samples, along the first axis; kept as `Float`.
  ///   - y: a class number for each of them.
  ///   - testSize: the fraction to test on, between 0 and 1; their number is rounded up.
  ///   - batchSize: how many samples a batch to learn from has; at least 1.
  ///   - seed: what the split (by its lower 32 bits) and the order of the samples in each epoch depend on.
  /// - Throws: ``FitError`` of kind `parameter`, or `tooFewSamples` when one side would be empty.
  public static func split(
    _ x: Matrix, _ y: [Int], testSize: Double = 0.25, batchSize: Int = 32, seed: UInt64 = Random.nextSeed()
  ) throws(FitError) -> (train: DataLoader, test: DataLoader) {
    let rows = try TrainTestSplit(count: y.count, testSize: testSize, seed: seed & 0xffff_ffff)
    func loader(_ rows: [Int], batchSize: Int, shuffles: Bool) -> DataLoader {
      DataLoader(
        x[rows: rows].asFloat, Tensor(rows.map { y[$0] }), batchSize: batchSize, shuffles: shuffles, dropsLast: false,
        seed: seed)
    }
    return (
      loader(rows.train, batchSize: batchSize, shuffles: true),
      loader(rows.test, batchSize: rows.test.count, shuffles: false)
    )
  }
}

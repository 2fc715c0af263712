import MartletFrames
import MartletNumerics

extension GaussianProcessClassifier {
  /// What `GaussianProcessClassifier` has learned: the samples, and the kernels.
  public struct Model: Classifier {
    public let classes: [Label]
    /// The places that it knows: shape `[n, d]`.
    public let samples: Matrix
    private let codes: [Int]
    private let functions: [LatentFunction]
    private let maximumSteps: Int

    init(classes: [Label], samples: Matrix, codes: [Int], functions: [LatentFunction], maximumSteps: Int) {
      self.classes = classes
      (self.samples, self.codes, self.functions, self.maximumSteps) = (samples, codes, functions, maximumSteps)
    }

    /// The kernels with the numbers that were learned: one for each class, or one for two classes.
    public var kernels: [CovarianceKernel] { functions.map(\.kernel) }

    /// How likely the answers are, as a logarithm: the mean over the classes' functions.
    public var logMarginalLikelihood: Double { mean(functions.map(\.logMarginalLikelihood)) }

    /// The function behind the second of two classes, or behind each of several: its means and its variances, both of
    /// shape `[m, functions]`. (scikit-learn: `latent_mean_and_variance`)
    /// - Parameter x: shape `[m, d]` with the `d` features of fitting.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func latent(_ x: Matrix) throws(FitError) -> (means: Matrix, variances: Matrix) {
      try SampleChecks.features(x, count: samples.shape[1])
      let squares = SquaredDistances.between(x, samples)
      var (means, variances): ([Matrix], [Matrix]) = ([], [])
      for function in functions {
        let guess = try function.guess(squares)
        means.append(Matrix(guess.means, shape: [x.shape[0], 1]))
        variances.append(Matrix(guess.variances, shape: [x.shape[0], 1]))
      }
      return (Matrix.concatenated(means, axis: 1), Matrix.concatenated(variances, axis: 1))
    }

    /// The likelier of two classes, or the likeliest of several.
    /// - Parameter x: shape `[m, d]` with the `d` features of fitting.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predict(_ x: Matrix) throws(FitError) -> [Label] {
      if functions.count == 1 { return try latent(x).means.scalars.map { classes[$0 > 0 ? 1 : 0] } }
      return try predictProbabilities(x).argMax(axis: 1).scalars.map { classes[$0] }
    }

    /// How probable each class is: shape `[m, classes]`, each row summing to 1.
    /// - Parameter x: shape `[m, d]` with the `d` features of fitting.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predictProbabilities(_ x: Matrix) throws(FitError) -> Matrix {
      let (means, variances) = try latent(x)
      let each = zip(means.scalars, variances.scalars).map { LatentFunction.probability(mean: $0, variance: $1) }
      if functions.count == 1 { return Matrix(each.flatMap { [1 - $0, $0] }, shape: [x.shape[0], 2]) }
      let table = Matrix(each, shape: means.shape)
      let sums = table.sum(axis: 1, keepDimensions: true)
      // Where no function is for its class, all are equally likely.
      return Matrix.where(sums .> 0, table / sums, Matrix.full(1 / Double(classes.count), shape: table.shape))
    }

    private enum CodingKeys: String, CodingKey { case classes, samples, codes, kernels, maximumSteps }
  }
}

extension GaussianProcessClassifier.Model: Encodable where Label: Encodable {
  /// Writes the samples and the kernels; what speeds up answers is worked out again when they are read.
  public func encode(to encoder: any Encoder) throws {
    var file = encoder.container(keyedBy: CodingKeys.self)
    try file.encode(classes, forKey: .classes)
    try file.encode(samples, forKey: .samples)
    try file.encode(codes, forKey: .codes)
    try file.encode(kernels, forKey: .kernels)
    try file.encode(maximumSteps, forKey: .maximumSteps)
  }
}

extension GaussianProcessClassifier.Model: Decodable where Label: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    classes = try ModelChecks.classes(file, .classes)
    let samples = try ModelChecks.matrix(file, .samples)
    let codes = try ModelChecks.places(file, .codes, count: samples.shape[0], below: classes.count)
    let kernels = try file.decode([CovarianceKernel].self, forKey: .kernels)
    let count = classes.count == 2 ? 1 : classes.count
    try ModelChecks.fits(kernels.count == count, file, .kernels, "\(count) kernels, found \(kernels.count)")
    try ModelChecks.fits(
      kernels.allSatisfy { $0.parameters.allSatisfy { $0 > 0 && $0.isFinite } }, file, .kernels,
      "kernels with numbers above 0")
    let steps = try file.decode(Int.self, forKey: .maximumSteps)
    try ModelChecks.fits((1...10_000).contains(steps), file, .maximumSteps, "steps from 1 to 10000")
    let squares = SquaredDistances.between(samples, samples)
    functions = try kernels.enumerated().map { place, kernel in
      let positive = count == 1 ? 1 : place
      do {
        return try LatentFunction(
          kernel: kernel, squares, answers: Matrix(codes.map { $0 == positive ? 1 : 0 }), maximumSteps: steps)
      } catch let error as FitError {
        throw DecodingError.dataCorruptedError(forKey: .kernels, in: file, debugDescription: error.description)
      }
    }
    (self.samples, self.codes, maximumSteps) = (samples, codes, steps)
  }
}

extension GaussianProcessClassifier.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let likelihoods = FrameNumberFormat.texts(functions.map(\.logMarginalLikelihood))
    return ModelTable(
      title: "Gaussian process", facts: ["\(target ?? "class") from \(samples.shape[0]) samples"],
      header: ["function for", "kernel", "log marginal likelihood"],
      rows: functions.indices.map { place in
        ["\(classes[functions.count == 1 ? 1 : place])", "\(functions[place].kernel)", likelihoods[place]]
      })
  }
}

import MartletNumerics

/// Normal distributions and how much of the samples each explains.
struct NormalMixture: Sendable, Equatable {
  let weights: [Double]
  /// One mean a row.
  let means: Matrix
  /// Of full covariances one matrix a component, of tied ones one alone; of diagonal ones a row of variances each,
  /// of spherical ones a variance each.
  let covariances: [Matrix]
  let kind: GaussianMixture.CovarianceKind
  /// What makes a centred sample standard normal: a matrix or factors, and the logarithm of its determinant.
  private let whiteners: [(factor: Matrix, logDeterminant: Double)]

  init(
    weights: [Double], means: Matrix, covariances: [Matrix], kind: GaussianMixture.CovarianceKind
  ) throws(FitError) {
    self.weights = weights
    self.means = means
    self.covariances = covariances
    self.kind = kind
    var whiteners: [(factor: Matrix, logDeterminant: Double)] = []
    for covariance in covariances { whiteners.append(try Self.whitener(covariance, kind, width: means.shape[1])) }
    self.whiteners = whiteners
  }

  static func == (a: NormalMixture, b: NormalMixture) -> Bool {
    a.weights == b.weights && a.means == b.means && a.covariances == b.covariances && a.kind == b.kind
  }

  private static func whitener(
    _ covariance: Matrix, _ kind: GaussianMixture.CovarianceKind, width: Int
  ) throws(FitError) -> (Matrix, Double) {
    let collapsed = FitError(
      .notConverged, expected: "components with some variance in every direction",
      found: "one without", advice: "Use fewer components, another kind of covariance, or more regularization.")
    switch kind {
    case .full, .tied:
      do {
        let lower = try covariance.cholesky()
        let inverse = try lower.solveTriangular(.eye(width), isLower: true)
        return (inverse.transposed(), inverse.diagonal().scalars.reduce(0) { $0 + log($1) })
      } catch { throw collapsed }
    case .diagonal, .spherical:
      guard covariance.scalars.allSatisfy({ $0 > 0 }) else { throw collapsed }
      let factors = covariance.map { 1 / $0.squareRoot() }
      let sum = factors.scalars.reduce(0) { $0 + log($1) }
      return (factors, kind == .spherical ? sum * Double(width) : sum)
    }
  }

  /// The logarithm of each component's weight times its density at each sample, shape `[n, components]`.
  func weightedLogDensities(_ x: Matrix) -> Matrix {
    let width = x.shape[1]
    let columns = weights.indices.map { component in
      let (factor, logDeterminant) = whiteners[kind == .tied ? 0 : component]
      let centred = x - means.row(component)
      let white = kind == .full || kind == .tied ? centred • factor : centred * factor
      let constant = log(weights[component]) + logDeterminant - 0.5 * Double(width) * log(2 * Double.pi)
      return (white * white).sum(axis: 1) * -0.5 + constant
    }
    return Matrix.stacked(columns, axis: 1)
  }

  /// The mean log-likelihood of the samples, and what share of each sample each component explains.
  func expectation(_ x: Matrix) -> (logLikelihood: Double, shares: Matrix) {
    let (logLikelihoods, shares) = shares(x)
    return (logLikelihoods.reduce(0, +) / Double(max(x.shape[0], 1)), shares)
  }

  func shares(_ x: Matrix) -> (logLikelihoods: [Double], shares: Matrix) {
    let width = weights.count
    var scalars = weightedLogDensities(x).scalars
    let logLikelihoods = (0..<x.shape[0]).map { sample in
      SoftProbability.softmax(&scalars, sample * width..<(sample + 1) * width)
    }
    return (logLikelihoods, Matrix(scalars, shape: [x.shape[0], width]))
  }

  /// How many numbers the mixture is free to choose.
  var parameterCount: Int {
    let (count, width) = (weights.count, means.shape[1])
    let ofCovariances =
      switch kind {
      case .full: count * width * (width + 1) / 2
      case .tied: width * (width + 1) / 2
      case .diagonal: count * width
      case .spherical: count
      }
    return ofCovariances + count * width + count - 1
  }

  /// The covariance of a component as a matrix, whatever its kind.
  func covariance(of component: Int) -> Matrix {
    switch kind {
    case .full: covariances[component]
    case .tied: covariances[0]
    case .diagonal: .diagonal(covariances[component].scalars)
    case .spherical: Matrix.eye(means.shape[1]) * covariances[component].scalars[0]
    }
  }
}

/// The mixture that makes samples most probable, once their shares in the components are given.
struct MixtureEstimate {
  private let x: Matrix
  private let squares: Matrix
  private let kind: GaussianMixture.CovarianceKind
  private let regularization: Double

  init(_ x: Matrix, kind: GaussianMixture.CovarianceKind, regularization: Double) {
    self.x = x
    // Only kinds without covariances between features need them.
    squares = kind == .diagonal || kind == .spherical ? x * x : .zeros(0, 0)
    self.kind = kind
    self.regularization = regularization
  }

  func mixture(_ shares: Matrix) throws(FitError) -> NormalMixture {
    // A component that explains nothing still needs a mean.
    let sizes = shares.sum(axis: 0) + 10 * Double.ulpOfOne
    let means = (shares.transposed() • x) / sizes.reshaped(-1, 1)
    let total = sizes.sum()
    return try NormalMixture(
      weights: sizes.scalars.map { $0 / total }, means: means, covariances: covariances(shares, sizes, means),
      kind: kind)
  }

  private func covariances(_ shares: Matrix, _ sizes: Matrix, _ means: Matrix) -> [Matrix] {
    let (count, width) = (sizes.count, x.shape[1])
    let ridge = Matrix.eye(width) * regularization
    func scatter(_ component: Int) -> Matrix {
      let centred = x - means.row(component)
      return (centred * shares[.all, component].reshaped(-1, 1)).transposed() • centred
    }
    switch kind {
    case .full: return (0..<count).map { scatter($0) / sizes.scalars[$0] + ridge }
    case .tied: return [(0..<count).dropFirst().reduce(scatter(0)) { $0 + scatter($1) } / sizes.sum() + ridge]
    case .diagonal, .spherical:
      let variances = (shares.transposed() • squares) / sizes.reshaped(-1, 1) - means * means + regularization
      return (0..<count).map { kind == .diagonal ? variances.row($0).map { $0 } : Matrix([variances.row($0).mean()]) }
    }
  }
}

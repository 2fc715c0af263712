import MartletNumerics

/// Gives each class a place in fewer dimensions than there are classes, instead of a column of its own: what many outputs
/// would have to say, a few say together.
///
///     let digits = try Datasets.digits()
///     let embedding = try TargetEmbedding.randomProjection(of: digits.labels, dimensions: 5, seed: 0)
///     let targets = try embedding.encode(digits.labels)      // shape [1797, 5]: what a net is to answer
///     embedding.decode(targets) == digits.labels             // true: the class whose place is nearest
///
/// Places have distance 1 from the middle, so that nearest by distance and by angle are the same. Five dimensions are
/// enough for ten classes: answers that were a column for each lose less than one in a hundred. With too few, places crowd
/// together.
///
/// Reference: Rodríguez, Bautista, Gonzàlez and Escalera (2018), Beyond one-hot encoding: lower dimensional target embedding.
public struct TargetEmbedding<Label: Hashable & Sendable>: Sendable {
  /// The classes, in the order of ``codes``.
  public let classes: [Label]
  /// A place for each class, one a row of length 1: shape `[classes, dimensions]`.
  public let codes: Matrix

  private init(_ classes: [Label], _ rows: Matrix) throws(FitError) {
    self.classes = classes
    let lengths = rows.norms(axis: 1, keepDimensions: true)
    if let lost = lengths.scalars.firstIndex(where: { $0 < 1e-12 }) {
      throw FitError(
        .notConverged, expected: "a place for every class", found: "\(classes[lost]) in the middle",
        advice: "Take more dimensions.")
    }
    codes = rows / lengths
  }

  /// Places at random, as far apart as chance gives them.
  ///
  /// Each class's column of its own is projected onto as many orthogonal directions, at right angles to each other, as there
  /// are dimensions, so that all together the places fill these evenly. Of twenty such projections that one is taken whose two
  /// closest places are the furthest apart. With as many dimensions as classes all places are at right angles.
  ///
  /// - Parameters:
  ///   - labels: of at least two classes.
  ///   - dimensions: at least 1.
  ///   - seed: for the same places every time.
  /// - Throws: ``FitError`` of kind `tooFewClasses`, `parameter` or `notConverged`.
  public static func randomProjection(
    of labels: [Label], dimensions: Int, seed: UInt64? = nil
  ) throws(FitError) -> TargetEmbedding {
    try SampleChecks.parameter(dimensions > 0, "dimensions", "above 0", dimensions)
    let classes = try SampleChecks.classes(labels, nil).classes
    var random = try SeededStart.generator(seed)
    var best: (embedding: TargetEmbedding, likeness: Double)?
    for _ in 0..<20 {
      let embedding = try TargetEmbedding(classes, try directions(classes.count, dimensions, &random))
      let products = embedding.codes • embedding.codes.transposed()
      let likeness = (products - 2 * Matrix.eye(classes.count)).max()
      if likeness < best?.likeness ?? .infinity { best = (embedding, likeness) }
    }
    return best!.embedding  // products of unit vectors are finite
  }

  /// Normal numbers turned so that the shorter side's vectors are at right angles, of length 1.
  private static func directions(
    _ count: Int, _ dimensions: Int, _ random: inout MT19937
  ) throws(FitError) -> Matrix {
    let numbers = random.normals(shape: [max(count, dimensions), min(count, dimensions)])
    let turned = try SampleChecks.algebra("directions at right angles") { () throws(LinearAlgebraError) in
      try numbers.qr().q
    }
    return count < dimensions ? turned.transposed().compacted() : turned
  }

  /// Places by likeness: classes whose samples are alike come close to each other.
  ///
  /// Likeness of two classes is `exp(−d²/m)` for the squared distance `d²` of their means and its median `m`; places are the
  /// leading eigenvectors of these, each row divided by its length.
  ///
  /// - Parameters:
  ///   - labels: `n` labels of at least two classes.
  ///   - x: the samples, shape `[n, d]`, every value finite.
  ///   - dimensions: from 1 to the number of classes.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite`, `parameter` or `notConverged`.
  public static func eigen(of labels: [Label], features x: Matrix, dimensions: Int) throws(FitError) -> TargetEmbedding
  {
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: labels.count)
    let coding = try SampleChecks.classes(labels, nil)
    let count = coding.classes.count
    try SampleChecks.parameter((1...count).contains(dimensions), "dimensions", "from 1 to \(count)", dimensions)
    let means = Matrix.stacked(
      (0..<count).map { code in x[rows: coding.codes.indices.filter { coding.codes[$0] == code }].mean(axis: 0) })
    let squares = SquaredDistances.between(means, means)
    let apart = (0..<count).flatMap { row in (0..<row).map { squares[row, $0] } }
    let scale = median(apart)
    let likeness = squares.map { exp(-$0 / (scale > 0 ? scale : 1)) }
    let eigen = try SampleChecks.algebra("the likeness of classes") { () throws(LinearAlgebraError) in
      try likeness.symmetricEigen()
    }
    let leading = (0..<dimensions).map { eigen.vectors.column(count - 1 - $0) }
    let settled = ComponentSigns.settled(Matrix.stacked(leading))
    let sizes = Matrix(eigen.values.reversed().prefix(dimensions).map { max($0, 0).squareRoot() })
    return try TargetEmbedding(coding.classes, settled.transposed() * sizes)
  }

  /// The places of labels: shape `[labels, dimensions]`.
  /// - Throws: ``FitError`` of kind `table` for a label that is none of the classes.
  public func encode(_ labels: [Label]) throws(FitError) -> Matrix {
    codes[rows: try LabelEncoder.Model(classes: classes).transform(labels)]
  }

  /// For each row the class whose place is nearest. Stops the cell unless rows have the dimensions of ``codes``.
  public func decode(_ answers: Matrix) -> [Label] {
    guard answers.rank == 2, answers.shape[1] == codes.shape[1] else {
      fatalError("decode needs rows of \(codes.shape[1]) numbers; the answers have shape \(answers.shape).")
    }
    // Places have length 1: the nearest has the largest product.
    return (answers • codes.transposed()).argMax(axis: 1).scalars.map { classes[$0] }
  }

  private enum CodingKeys: String, CodingKey { case classes, codes }
}

extension TargetEmbedding: Equatable {}
extension TargetEmbedding: Encodable where Label: Encodable {}
extension TargetEmbedding: Decodable where Label: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    classes = try ModelChecks.classes(file, .classes)
    codes = try ModelChecks.matrix(file, .codes, rows: classes.count)
  }
}

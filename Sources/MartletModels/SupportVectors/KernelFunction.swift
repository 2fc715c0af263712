import CMartletRuntime
import MartletNumerics

/// A kernel of your own: any function that says how similar two samples are.
///
///     let histogram = KernelFunction("histogram") { a, b in zip(a, b).reduce(0) { $0 + min($1.0, $1.1) } }
///     let model = try SVC<Int>(kernel: .function(histogram)).fit(x, y)
///
/// It is called for every pair of samples, on the thread that fits, and has to be symmetric; methods find what they look for
/// where its table of similarities has no negative eigenvalue. Similarities of text, trees or whatever else is no row of
/// numbers are computed outside, for ``Kernel/precomputed``.
///
/// **Files.** No file can hold a function. A model with a named one is written with the name; it is read where the function
/// is given again:
///
///     let again = try histogram.reading { try SVC<Int>.Model.load(from: "model.json") }
///
/// Writing a model whose function has no name throws. (scikit-learn: a callable `kernel`)
public struct KernelFunction: Sendable, CustomStringConvertible {
  /// What stands for the function in files and tables; `nil` for a function that is in neither.
  public let name: String?
  /// The similarity of two samples' features.
  let similarity: @Sendable (_ first: [Double], _ second: [Double]) -> Double
  private let identity: Identity

  private final class Identity: Sendable {}

  /// The functions that can be read now, by name.
  @TaskLocal private static var known: [String: KernelFunction] = [:]

  /// - Parameters:
  ///   - name: stands for the function in files.
  ///   - similarity: the similarity of two samples, finite, and the same in either order.
  public init(
    _ name: String? = nil, _ similarity: @escaping @Sendable (_ first: [Double], _ second: [Double]) -> Double
  ) {
    self.name = name
    self.similarity = similarity
    identity = Identity()
  }

  /// Its name, or `function`.
  public var description: String { name ?? "function" }

  /// Reads models whose kernel is this function: files that are read in `body` and name it get it back.
  ///
  /// That the function is the one the model was fitted with is up to you: another one gives other answers.
  public func reading<Result>(_ body: () throws -> Result) rethrows -> Result {
    guard let name else { return try body() }
    return try Self.$known.withValue(Self.known.merging([name: self]) { $1 }, operation: body)
  }

  /// The similarities of the rows of two matrices, shape `[rows of a, rows of b]`.
  func similarities(_ a: Matrix, _ b: Matrix) throws(FitError) -> Matrix {
    let (first, second) = (a.rowArrays, b.rowArrays)
    var scalars: [Double] = []
    scalars.reserveCapacity(first.count * second.count)
    for (row, own) in first.enumerated() {
      martlet_poll()
      for (column, other) in second.enumerated() {
        let value = similarity(own, other)
        guard value.isFinite else {
          throw FitError(
            .notFinite, expected: "a finite similarity from the kernel '\(self)'",
            found: "\(value) for rows \(row) and \(column)",
            advice: "Look at what the function does with these samples.")
        }
        scalars.append(value)
      }
    }
    return Matrix(scalars, shape: [first.count, second.count])
  }

  /// The similarities of samples to each other.
  func table(_ x: Matrix) throws(FitError) -> Matrix {
    let table = try similarities(x, x)
    let (count, scalars) = (x.shape[0], table.scalars)
    for row in 0..<count {
      for column in 0..<row {
        let (value, mirror) = (scalars[row * count + column], scalars[column * count + row])
        guard abs(value - mirror) <= 1e-8 * max(1, abs(value)) else {
          throw FitError(
            .parameter, expected: "a kernel '\(self)' that is the same in either order",
            found: "\(value) for rows \(row) and \(column), \(mirror) for rows \(column) and \(row)",
            advice: "Take the mean of both orders.")
        }
      }
    }
    return table
  }
}

extension KernelFunction: Equatable {
  /// Whether both are one function: functions with the same text are two.
  public static func == (a: KernelFunction, b: KernelFunction) -> Bool { a.identity === b.identity }
}

extension KernelFunction: Codable {
  private enum CodingKeys: String, CodingKey { case name }

  /// Writes the name.
  /// - Throws: `EncodingError` for a function without one.
  public func encode(to encoder: any Encoder) throws {
    guard let name else {
      throw EncodingError.invalidValue(
        self,
        EncodingError.Context(
          codingPath: encoder.codingPath,
          debugDescription:
            "Expected a kernel that a file can hold; found a function without a name. Fit with a named one, "
            + "KernelFunction(\"name\") { … }, which has to be given again for reading, or with .precomputed similarities."
        ))
    }
    var file = encoder.container(keyedBy: CodingKeys.self)
    try file.encode(name, forKey: .name)
  }

  /// The function of that name, of those that are given for reading.
  /// - Throws: `DecodingError` where none is.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    let name = try file.decode(String.self, forKey: .name)
    guard let function = Self.known[name] else {
      throw DecodingError.dataCorruptedError(
        forKey: .name, in: file,
        debugDescription:
          "Expected the function that is the kernel '\(name)', which no file can hold; none is given. Read "
          + "the model within KernelFunction(\"\(name)\") { … }.reading { … }.")
    }
    self = function
  }
}

extension Tensor where Scalar == Double {
  /// The rows of a matrix.
  fileprivate var rowArrays: [[Double]] {
    let (scalars, width) = (scalars, shape[1])
    return (0..<shape[0]).map { Array(scalars[$0 * width..<($0 + 1) * width]) }
  }
}

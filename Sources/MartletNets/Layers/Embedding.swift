import MartletNumerics

/// A table with a vector of numbers for each of `rows` things: words, characters, categories.
///
///     let embedding = Embedding(1_000, width: 64, seed: 1)
///     embedding(Tensor([[3, 14, 15], [9, 2, 6]])).shape      // [2, 3, 64]
///
/// As a ``Layer``, the first of a ``Sequential`` for one, it takes the numbers of things as whole numbers.
public struct Embedding<Scalar: NetScalar>: Layer {
  /// Shape `[rows, width]`.
  public var weight: Parameter<Scalar>

  /// A table of random numbers.
  ///
  /// - Parameters:
  ///   - rows: how many things there are, numbered from 0.
  ///   - width: how many numbers each has.
  ///   - initializer: the start of the table.
  public init(
    _ rows: Int, width: Int, initializer: Initializer = .normal(standardDeviation: 1),
    seed: UInt64 = Random.nextSeed(), precision: Scalar.Type = Float.self
  ) {
    guard rows > 0, width > 0 else { fatalError("Embedding(\(rows), width: \(width)): both numbers are at least 1.") }
    weight = Parameter(initializer.tensor([rows, width], seed: seed, precision: precision))
  }

  /// The vectors of the things with these numbers, as the last axis of the result. Stops the cell at a number that the table
  /// has no row for.
  public func callAsFunction(_ places: Tensor<Int>) -> Variable<Scalar> { weight.variable.gathered(places) }

  /// The same for numbers of things as whole numbers.
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    self(x.value.wholeNumbers(for: "Embedding"))
  }
}

extension Tensor where Scalar: NetScalar {
  /// Whole numbers, such as those of tokens, as `Int`. Stops the cell at others.
  func wholeNumbers(for user: String) -> Tensor<Int> {
    Tensor<Int>(
      scalars.map { number in
        guard let whole = Int(exactly: Double(number)) else {
          fatalError("\(user) needs the numbers of tokens; \(number) is not whole.")
        }
        return whole
      }, shape: shape)
  }
}

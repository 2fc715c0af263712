import MartletNumerics

/// What a ``WritingModel`` keeps of the tokens it has read, so that a text grows without being read again: keys and values of each block.
///
///     var cache = KeyValueCache<Float>()
///     let scores = model.scores(after: prompt, &cache)
///     cache.length      // the number of tokens read
public struct KeyValueCache<Scalar: NetScalar>: Sendable {
  /// Keys and values of one block: `[samples, heads, places, width / heads]`.
  struct Block: Sendable {
    var keys = Tensor<Scalar>.zeros(0)
    var values = Tensor<Scalar>.zeros(0)

    /// How many places it holds.
    var length: Int { keys.rank == 4 ? keys.shape[2] : 0 }

    mutating func append(keys newKeys: Tensor<Scalar>, values newValues: Tensor<Scalar>) {
      guard keys.rank == 4 else {
        (keys, values) = (newKeys, newValues)
        return
      }
      keys = .concatenated([keys, newKeys], axis: 2)
      values = .concatenated([values, newValues], axis: 2)
    }
  }

  var blocks: [Block] = []

  /// Nothing read yet.
  public init() {}

  /// How many tokens were read.
  public var length: Int { blocks.first?.length ?? 0 }

  mutating func prepare(blocks count: Int) {
    if blocks.isEmpty { blocks = [Block](repeating: Block(), count: count) }
    guard blocks.count == count else {
      fatalError("A cache belongs to one model: it has \(blocks.count) blocks, the model \(count).")
    }
  }
}

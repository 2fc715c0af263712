extension Tensor: Codable {
  private enum CodingKeys: String, CodingKey { case shape, scalars }

  /// Writes the shape and the elements in row-major order.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(shape, forKey: .shape)
    try container.encode(scalars, forKey: .scalars)
  }

  /// Reads what ``encode(to:)`` wrote; throws `DecodingError` where shape and number of elements do not agree.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let shape = try container.decode([Int].self, forKey: .shape)
    let scalars = try container.decode([Scalar].self, forKey: .scalars)
    var count: Int? = 1
    for length in shape {
      guard let soFar = count, length >= 0 else {
        count = nil
        break
      }
      let (product, overflow) = soFar.multipliedReportingOverflow(by: length)
      count = overflow ? nil : product
    }
    guard count == scalars.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .shape, in: container, debugDescription: "shape \(shape) does not hold \(scalars.count) scalars")
    }
    self.init(scalars, shape: shape)
  }
}

extension SafeTensors: CustomStringConvertible {
  /// At most this many tensors are named.
  private static let limit = 40

  /// The tensors' names, types and shapes.
  public var description: String {
    let names = names
    let lines = names.prefix(Self.limit).map { name in
      "  \(name): \(type(of: name).map { "\($0)" } ?? "?") \(shape(of: name) ?? [])"
    }
    let rest = names.count > Self.limit ? ["  … \(names.count - Self.limit) more"] : []
    let facts = metadata.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.prefix(80))" }
    let title = "\(names.count) tensor\(names.count == 1 ? "" : "s")"
    return ([facts.isEmpty ? title : "\(title) (\(facts.joined(separator: ", ")))"] + lines + rest).joined(
      separator: "\n")
  }
}

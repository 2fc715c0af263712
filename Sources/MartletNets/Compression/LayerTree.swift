import MartletNumerics

/// The layers within sequences and residual blocks.
enum LayerTree {
  /// The sequence with some of its layers replaced.
  ///
  /// - Parameters:
  ///   - input: what the first layer gets; each replacement then sees what its layer gets of it.
  ///   - replace: gets a layer that holds no others, its path and its input.
  static func mapped<Scalar: NetScalar>(
    _ model: Sequential<Scalar>, path: String = "", input: Variable<Scalar>? = nil,
    _ replace: (_ path: String, _ layer: any Layer<Scalar>, _ input: Variable<Scalar>?) -> any Layer<Scalar>
  ) -> Sequential<Scalar> {
    var (model, input) = (model, input)
    for place in model.layers.indices {
      let (name, layer) = (path.isEmpty ? "\(place)" : "\(path).\(place)", model.layers[place])
      if let inner = layer as? Sequential<Scalar> {
        model.layers[place] = mapped(inner, path: name, input: input, replace)
      } else if var residual = layer as? Residual<Scalar> {
        residual.layers = mapped(residual.layers, path: "\(name).layers", input: input, replace)
        if let shortcut = residual.shortcut {
          residual.shortcut = mapped(Sequential([shortcut]), path: "\(name).shortcut", input: input, replace).layers[0]
        }
        model.layers[place] = residual
      } else {
        model.layers[place] = replace(name, layer, input)
      }
      input = input.map { layer($0, mode: .inference) }
    }
    return model
  }

  /// How many bytes a layer's numbers take.
  static func bytes<Scalar: NetScalar>(_ layer: any Layer<Scalar>) -> Int {
    if let compact = layer as? any CompactLayer { return compact.storedBytes }
    if let sequence = layer as? Sequential<Scalar> { return sequence.layers.reduce(0) { $0 + bytes($1) } }
    if let residual = layer as? Residual<Scalar> {
      return bytes(residual.layers) + (residual.shortcut.map { bytes($0) } ?? 0)
    }
    return parameterBytes(layer)
  }

  private static func parameterBytes<Scalar: NetScalar>(_ layer: some Layer<Scalar>) -> Int {
    layer.parameters.reduce(0) { $0 + $1.parameter.count * MemoryLayout<Scalar>.stride }
  }
}

import MartletDisplay
import MartletModels
import MartletNumerics

extension Layer {
  /// The layers of a model with the shapes that come out of them and the numbers that they learn.
  ///
  ///     model.summary(input: [1, 784])
  ///
  ///     Sequential: 203530 learned numbers, 814 kB
  ///     layer      output    parameters
  ///     0 Linear   [1, 256]      200960
  ///     …
  /// - Parameter input: the shape of an input, with the samples first. Zeros of that shape are sent through.
  public func summary(input: [Int]) -> ModelTable {
    var rows: [[String]] = []
    let output = LayerWalk.rows(self, Variable(.zeros(shape: input)), "", &rows)
    return ModelTable(
      title: "\(LayerWalk.name(Self.self)): \(parameterCount) learned numbers, \(ByteText.text(byteCount))",
      facts: ["input \(input), output \(output.shape)"], header: ["layer", "output", "parameters"], rows: rows)
  }
}

/// Sends an input through layers, one row of a table each.
enum LayerWalk {
  static func rows<Scalar: NetScalar>(
    _ layer: any Layer<Scalar>, _ x: Variable<Scalar>, _ path: String, _ rows: inout [[String]]
  ) -> Variable<Scalar> {
    guard let sequence = layer as? Sequential<Scalar> else {
      let output = layer(x, mode: .inference)
      rows.append(["\(path)\(path.isEmpty ? "" : " ")\(name(type(of: layer)))", "\(output.shape)", "\(count(layer))"])
      return output
    }
    var x = x
    for (place, inner) in sequence.layers.enumerated() {
      x = self.rows(inner, x, path.isEmpty ? "\(place)" : "\(path).\(place)", &rows)
    }
    return x
  }

  private static func count<Scalar: NetScalar>(_ layer: any Layer<Scalar>) -> Int { layer.parameterCount }

  /// A type's name without its module and what it is generic over.
  static func name(_ type: Any.Type) -> String { String("\(type)".prefix { $0 != "<" }) }
}

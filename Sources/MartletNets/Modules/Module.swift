import MartletDisplay
import MartletNumerics

/// A value that holds parameters: a layer, a model of several, or anything else that is trained.
///
/// A module is a struct. Copying it copies what it has learned; training changes the variable it is in and no other.
/// Parameters are found by themselves: every stored property that is a ``Parameter``, a module, an optional or an array of
/// those, or an array of layers of different types (`[any Layer<Float>]`), under the property's name. Declare such
/// properties with `var`.
///
///     struct Classifier: Layer {
///       var hidden = Linear(784, 64), output = Linear(64, 10)
///       func callAsFunction(_ x: Variable<Float>, mode: Mode) -> Variable<Float> { output(hidden(x).relu()) }
///     }
///     Classifier().parameterNames      // ["hidden.weight", "hidden.bias", "output.weight", "output.bias"]
public protocol Module<Scalar>: Sendable, RichDisplayable, CustomStringConvertible, _ParameterField {
  /// The numbers it computes with: `Float` unless it is said, or seen from a layer's `callAsFunction`.
  associatedtype Scalar: NetScalar = Float
  /// Shows each parameter to a visitor, which may change it. The given implementation visits the stored properties; write one
  /// to use other names or an order of your own.
  mutating func visitParameters(_ visitor: ParameterVisitor<Scalar>)
}

/// What sees the parameters of a module, each with its path: `hidden.weight`, `layers.2.bias`.
public final class ParameterVisitor<Scalar: NetScalar> {
  private var path: [String] = []
  private let body: (_ name: String, _ parameter: inout Parameter<Scalar>) -> Void

  /// A visitor that calls `body` with each parameter.
  public init(_ body: @escaping (_ name: String, _ parameter: inout Parameter<Scalar>) -> Void) { self.body = body }

  /// Shows a parameter.
  public func visit(_ name: String, _ parameter: inout Parameter<Scalar>) {
    body((path + [name]).joined(separator: "."), &parameter)
  }

  /// Shows the parameters of a module, under its name.
  public func visit(_ name: String, _ module: inout some Module<Scalar>) {
    within(name) { module.visitParameters(self) }
  }

  /// Shows the parameters of layers of different types, under their numbers.
  public func visit(_ name: String, _ layers: inout [any Layer<Scalar>]) {
    within(name) { for place in layers.indices { visit("\(place)", existential: &layers[place]) } }
  }

  /// Shows the parameters of a layer that may be there.
  public func visit(_ name: String, _ layer: inout (any Layer<Scalar>)?) {
    guard var inner = layer.take() else { return }
    visit(name, existential: &inner)
    layer = inner
  }

  /// Calls `body` for what is part of `name`.
  public func within(_ name: String, _ body: () -> Void) {
    path.append(name)
    body()
    path.removeLast()
  }

  func visit(_ name: String, existential layer: inout any Layer<Scalar>) {
    within(name) { layer.visitParameters(self) }
  }
}

extension Module {
  /// Calls `body` with every parameter and its path, in the order of declaration.
  public mutating func forEachParameter(_ body: (_ name: String, _ parameter: inout Parameter<Scalar>) -> Void) {
    withoutActuallyEscaping(body) { visitParameters(ParameterVisitor($0)) }
  }

  /// Every parameter with its path, in the order of declaration. (PyTorch: `named_parameters` and `named_buffers`)
  public var parameters: [(name: String, parameter: Parameter<Scalar>)] {
    var copy = self
    var found: [(name: String, parameter: Parameter<Scalar>)] = []
    copy.forEachParameter { found.append(($0, $1)) }
    return found
  }

  /// The paths of all parameters.
  public var parameterNames: [String] { parameters.map(\.name) }

  /// How many numbers are learned.
  public var parameterCount: Int { parameters.reduce(0) { $0 + ($1.parameter.isLearned ? $1.parameter.count : 0) } }

  /// The numbers of one parameter.
  ///
  ///     model["0.weight"].shape      // [256, 784]
  ///
  /// Stops the cell when there is no parameter with that path, or one is set to another shape.
  public subscript(_ name: String) -> Tensor<Scalar> {
    get {
      guard let found = parameters.first(where: { $0.name == name }) else { stopAtUnknown(name) }
      return found.parameter.value
    }
    set {
      var isThere = false
      forEachParameter { path, parameter in
        guard path == name else { return }
        guard parameter.shape == newValue.shape else {
          fatalError("'\(name)' has shape \(parameter.shape) and cannot become a tensor of shape \(newValue.shape).")
        }
        parameter.value = newValue
        isThere = true
      }
      if !isThere { stopAtUnknown(name) }
    }
  }

  /// Has training leave the parameters alone whose paths start with `prefix`, or takes that back.
  ///
  ///     model.freeze("encoder.")
  public mutating func freeze(_ prefix: String = "", _ isFrozen: Bool = true) {
    forEachParameter { name, parameter in if name.hasPrefix(prefix) { parameter.isFrozen = isFrozen } }
  }

  private func stopAtUnknown(_ name: String) -> Never {
    fatalError("There is no parameter '\(name)'; there are \(parameterNames.joined(separator: ", ")).")
  }
}

import Foundation
import MartletNumerics

/// Preprocessing and linear models, as ONNX's operators for classical pipelines (`ai.onnx.ml`) have them.
enum ClassicalOperators {
  static let table: [String: ONNXOperator] = {
    let own: [String: ONNXOperator] = [
      "Scaler": scale, "Normalizer": normalize, "Imputer": impute, "OneHotEncoder": oneHot,
      "LabelEncoder": encodeLabels,
      "ArrayFeatureExtractor": features, "ZipMap": zipMap, "FeatureVectorizer": joined,
      "Binarizer": { call in
        let threshold = call.number("threshold", 0)
        return call.result(try call.numbers(0).map { $0 > threshold ? 1 : 0 }, like: try call.tensor(0))
      },
      "CategoryMapper": mapCategories, "LinearRegressor": regress, "LinearClassifier": classify,
    ]
    return Dictionary(uniqueKeysWithValues: own.map { ("ai.onnx.ml." + $0, $1) })
  }()

  /// Numbers of pipelines leave in single precision.
  static func single(_ x: Matrix) -> ONNXValue { .tensor(ONNXTensor(x.asFloat)) }

  /// Samples in rows.
  static func rows(_ call: OperatorCall, _ place: Int = 0) throws -> Matrix {
    let x = try call.numbers(place)
    if x.rank == 1 { return x.reshaped(1, x.count) }
    guard x.rank == 2 else { throw ONNXError("Samples in rows are needed; the shape is \(x.shape).") }
    return x
  }

  private static func scale(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try rows(call)
    func each(_ name: String, _ standard: Double) throws -> Matrix {
      let values = call.numbers(name) ?? [standard]
      guard values.count == 1 || values.count == x.shape[1] else {
        throw ONNXError("'\(name)' has \(values.count) numbers for \(x.shape[1]) features.")
      }
      return Matrix(values)
    }
    return [single((x - (try each("offset", 0))) * (try each("scale", 1)))]
  }

  private static func normalize(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try rows(call)
    let norms: Matrix =
      switch call.text("norm", "MAX") {
      case "L1": x.map { abs($0) }.sum(axis: 1, keepDimensions: true)
      case "L2": (x * x).sum(axis: 1, keepDimensions: true).map { $0.squareRoot() }
      default: x.shape[1] == 0 ? .zeros(x.shape[0], 1) : x.max(axis: 1, keepDimensions: true)
      }
    return [single(x / norms.map { $0 == 0 ? 1 : $0 })]
  }

  private static func impute(_ call: OperatorCall) throws -> [ONNXValue] {
    let given = try call.tensor(0)
    let x = try rows(call)
    let values = call.numbers("imputed_value_floats") ?? call.integers("imputed_value_int64s")?.map { Double($0) } ?? []
    guard values.count == 1 || values.count == x.shape[1] else {
      throw ONNXError("There are \(values.count) values for \(x.shape[1]) features.")
    }
    let missing =
      given.elementType.isFloat
      ? call.number("replaced_value_float", 0) : Double(call.integer("replaced_value_int64", 0))
    let scalars = x.scalars.enumerated().map { place, value in
      value == missing || (missing.isNaN && value.isNaN) ? values[values.count == 1 ? 0 : place % x.shape[1]] : value
    }
    return call.result(try ONNXTensor(Matrix(scalars, shape: x.shape)).cast(to: given.elementType))
  }

  private static func oneHot(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let places: [Int?]
    let count: Int
    if let categories = call.texts("cats_strings") {
      let known = Dictionary(categories.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
      (places, count) = (try x.textScalars().map { known[$0] }, categories.count)
    } else {
      let categories = call.integers("cats_int64s") ?? []
      let known = Dictionary(categories.enumerated().map { (Double($1), $0) }, uniquingKeysWith: { first, _ in first })
      (places, count) = (try x.numbers().scalars.map { known[$0.rounded(.towardZero)] }, categories.count)
    }
    if call.integer("zeros", 1) == 0, let odd = places.firstIndex(of: nil) {
      throw ONNXError("The value at place \(odd) is none of the \(count) categories.")
    }
    var hot = [Float](repeating: 0, count: try Extent.count(x.shape + [count]))
    for (row, place) in places.enumerated() { if let place { hot[row * count + place] = 1 } }
    return call.result(ONNXTensor(Tensor(hot, shape: x.shape + [count])))
  }

  /// A key as it is compared: texts by themselves, numbers by their value.
  private enum Key: Hashable {
    case text(String)
    case number(Double)
    case notANumber
    init(_ number: Double) { self = number.isNaN ? .notANumber : .number(number) }
  }

  private static func keys(_ tensor: ONNXTensor) throws -> [Key] {
    if let texts = tensor.texts { return texts.map { .text($0) } }
    return try tensor.numbers().scalars.map { Key($0) }
  }

  /// A list that stands as one of several attributes.
  private static func list(_ call: OperatorCall, _ name: String) -> ONNXTensor? {
    if let texts = call.texts(name + "_strings") { return ONNXTensor(texts, shape: [texts.count]) }
    if let whole = call.integers(name + "_int64s") { return ONNXTensor(Tensor(whole)) }
    if let floats = call.numbers(name + "_floats") { return ONNXTensor(Matrix(floats), as: .float) }
    return call.tensor(name + "_tensor").flatMap { try? $0.reshaped([$0.count]) }
  }

  private static func encodeLabels(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    var (from, to) = (list(call, "keys"), list(call, "values"))
    if let classes = call.texts("classes_strings") {
      // The first version: texts and their places in a list, either way.
      let (texts, places) = (ONNXTensor(classes, shape: [classes.count]), ONNXTensor(Tensor(Array(classes.indices))))
      (from, to) = x.elementType == .string ? (texts, places) : (places, texts)
    }
    guard let from, let to, from.count == to.count else { throw ONNXError("Keys and as many values are needed.") }
    let known = Dictionary(try keys(from).enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let standard: ONNXTensor =
      if let given = call.tensor("default_tensor") { try given.reshaped([1]) } else {
        switch to.elementType {
        case .string: ONNXTensor([call.text("default_string", "_Unused")], shape: [1])
        case .int64: ONNXTensor(Tensor([call.integer("default_int64", -1)]))
        default: ONNXTensor(Matrix([call.number("default_float", -0.0)]), as: to.elementType)
        }
      }
    let all = try ONNXTensor.concatenated([to, try standard.cast(to: to.elementType)], axis: 0)
    return call.result(try all.picked(try keys(x).map { known[$0] ?? to.count }, shape: x.shape))
  }

  private static func mapCategories(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    let (texts, numbers) = (call.texts("cats_strings") ?? [], call.integers("cats_int64s") ?? [])
    guard texts.count == numbers.count else { throw ONNXError("As many texts as numbers are needed.") }
    if let own = x.texts {
      let known = Dictionary(zip(texts, numbers), uniquingKeysWith: { first, _ in first })
      return call.result(ONNXTensor(Tensor(own.map { known[$0] ?? call.integer("default_int64", -1) }, shape: x.shape)))
    }
    let known = Dictionary(zip(numbers, texts), uniquingKeysWith: { first, _ in first })
    let names = try x.integers().scalars.map { known[$0] ?? call.text("default_string", "_Unused") }
    return call.result(ONNXTensor(names, shape: x.shape))
  }

  private static func features(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try call.tensor(0)
    guard x.rank > 0 else { throw ONNXError("Features are the last axis; there is none.") }
    let chosen = try call.integers(1).map { try SelectionOperators.place($0, x.shape[x.rank - 1]) }
    let places = Places(x.shape).mapping(x.rank - 1, chosen)
    return call.result(
      try x.picked(places.places, shape: x.rank == 1 ? [1, chosen.count] : places.shape))
  }

  private static func zipMap(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try rows(call)
    let names = call.texts("classlabels_strings") ?? call.integers("classlabels_int64s")?.map { "\($0)" } ?? []
    guard names.count == x.shape[1] else {
      throw ONNXError("There are \(names.count) labels for \(x.shape[1]) columns.")
    }
    let scalars = x.scalars
    return [
      .sequence(
        (0..<x.shape[0]).map { row in
          .map(names.enumerated().map { ONNXMapEntry(key: $1, value: scalars[row * names.count + $0]) })
        })
    ]
  }

  private static func joined(_ call: OperatorCall) throws -> [ONNXValue] {
    let parts = try call.operands.indices.map { try rows(call, $0) }
    guard let first = parts.first, parts.allSatisfy({ $0.shape[0] == first.shape[0] }) else {
      throw ONNXError("Features of the same samples are needed.")
    }
    return [single(.concatenated(parts, axis: 1))]
  }

  private static func regress(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try rows(call)
    let targets = call.integer("targets", 1)
    let scores = try linear(call, x, rows: targets)
    return [single(PostTransform(call).apply(scores))]
  }

  /// `x wᵀ + b`
  private static func linear(_ call: OperatorCall, _ x: Matrix, rows: Int) throws -> Matrix {
    let weights = call.numbers("coefficients") ?? []
    let intercepts = call.numbers("intercepts") ?? []
    guard rows > 0, rows <= weights.count, weights.count == rows * x.shape[1],
      intercepts.isEmpty || intercepts.count == rows
    else {
      throw ONNXError(
        "\(weights.count) coefficients and \(intercepts.count) intercepts do not fit \(rows) sums of \(x.shape[1]) features."
      )
    }
    let sums = x • Matrix(weights, shape: [rows, x.shape[1]]).transposed()
    return intercepts.isEmpty ? sums : sums + Matrix(intercepts)
  }

  private static func classify(_ call: OperatorCall) throws -> [ONNXValue] {
    let x = try rows(call)
    let labels = try ClassLabels(call)
    let count = max(1, (call.numbers("coefficients") ?? []).count / max(x.shape[1], 1))
    let scores = try linear(call, x, rows: count)
    guard count == labels.count || (count == 1 && labels.count == 2) else {
      throw ONNXError("There are \(labels.count) labels for \(count) scores.")
    }
    let transform = PostTransform(call)
    if count == 1 && labels.count == 2 {
      let chosen = scores.scalars.map { $0 > 0 ? 1 : 0 }
      return [labels.tensor(chosen), single(transform.binary(scores.scalars))]
    }
    return [labels.tensor(scores), single(transform.apply(scores))]
  }
}

/// The labels of a classifier, which are texts or whole numbers.
struct ClassLabels {
  private let texts: [String]?
  private let numbers: [Int]
  var count: Int { texts?.count ?? numbers.count }

  init(_ call: OperatorCall) throws {
    texts = call.texts("classlabels_strings").flatMap { $0.isEmpty ? nil : $0 }
    numbers = call.integers("classlabels_int64s") ?? call.integers("classlabels_ints") ?? []
    guard count > 0 else { throw ONNXError("The classifier has no labels.") }
  }

  func tensor(_ places: [Int]) -> ONNXValue {
    if let texts { return .tensor(ONNXTensor(places.map { texts[$0] }, shape: [places.count])) }
    return .tensor(ONNXTensor(Tensor(places.map { numbers[$0] })))
  }

  /// The label with the highest score of each row.
  func tensor(_ scores: Matrix) -> ONNXValue {
    tensor(scores.shape[0] == 0 ? [] : scores.argMax(axis: 1).scalars)
  }
}

/// What is made of scores at the end.
struct PostTransform {
  let name: String
  init(_ call: OperatorCall) { name = call.text("post_transform", "NONE") }
  init(_ number: Int) {
    let names = ["NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO", "PROBIT"]
    name = names.indices.contains(number) ? names[number] : "NONE"
  }

  func apply(_ scores: Matrix) -> Matrix {
    switch name {
    case "LOGISTIC": return scores.map { 1 / (1 + exp(-$0)) }
    case "SOFTMAX", "SOFTMAX_ZERO":
      guard scores.shape[1] > 0 else { return scores }
      let isZeroKept = name == "SOFTMAX_ZERO"
      let largest = scores.max(axis: 1, keepDimensions: true)
      let shifted = scores - largest
      let powers = Matrix(
        zip(shifted.scalars, scores.scalars).map { isZeroKept && $1 == 0 ? 0 : exp($0) }, shape: scores.shape)
      return powers / powers.sum(axis: 1, keepDimensions: true)
    case "PROBIT": return scores.map { Foundation.sqrt(2) * PostTransform.inverseErf(2 * $0 - 1) }
    default: return scores
    }
  }

  /// Scores of the second of two classes, as scores of both.
  func binary(_ scores: [Double]) -> Matrix {
    let both: [Double] =
      switch name {
      case "LOGISTIC": scores.map { 1 / (1 + exp(-$0)) }.flatMap { [1 - $0, $0] }
      case "PROBIT": scores.map { Foundation.sqrt(2) * PostTransform.inverseErf(2 * $0 - 1) }.flatMap { [1 - $0, $0] }
      default: scores.flatMap { [-$0, $0] }
      }
    let matrix = Matrix(both, shape: [scores.count, 2])
    return name.hasPrefix("SOFTMAX") ? apply(matrix) : matrix
  }

  private static func inverseErf(_ x: Double) -> Double {
    NormalDistribution().quantile((x + 1) / 2) / Foundation.sqrt(2)
  }
}

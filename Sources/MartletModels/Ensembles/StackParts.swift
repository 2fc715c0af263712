import MartletFrames
import MartletNumerics

/// What a stack has learned, whatever it predicts: models that are listened to, and one that decides.
struct StackParts<Base: Predictor, Final: Predictor>: Sendable where Base.Features == Matrix, Final.Features == Matrix {
  let names: [String]
  let models: [Base]
  let final: Final
  /// Whether the last one sees the features, too.
  let passesFeatures: Bool
  let featureCount: Int

  private enum CodingKeys: String, CodingKey { case names, models, final, passesFeatures, featureCount }

  /// What the last model learns from and is asked with: the opinions side by side, and the features where they are passed.
  static func input(_ opinions: [Matrix], _ x: Matrix, passesFeatures: Bool) -> Matrix {
    Matrix.concatenated(opinions + (passesFeatures ? [x] : []), axis: 1)
  }

  /// What the last model is asked with.
  func input(_ x: Matrix, _ opinion: (Base) throws(FitError) -> Matrix) throws(FitError) -> Matrix {
    try SampleChecks.features(x, count: featureCount, allowingMissing: true)
    var opinions: [Matrix] = []
    for model in models { opinions.append(try opinion(model)) }
    return Self.input(opinions, x, passesFeatures: passesFeatures)
  }

  /// - Parameter role: what the models are, such as "classifier".
  func table(_ fact: String, _ role: String) -> ModelTable {
    ModelTable(
      title: "Stack", facts: [fact], header: [role, "role"],
      rows: names.map { [$0, "listened to"] } + [[ModelFile.typeName(Final.self), "decides"]])
  }
}

extension StackParts: Encodable where Base: Encodable, Final: Encodable {}
extension StackParts: Decodable where Base: Decodable, Final: Decodable {
  init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    names = try file.decode([String].self, forKey: .names)
    models = try file.decode([Base].self, forKey: .models)
    final = try file.decode(Final.self, forKey: .final)
    passesFeatures = try file.decode(Bool.self, forKey: .passesFeatures)
    featureCount = try file.decode(Int.self, forKey: .featureCount)
    try ModelChecks.fits(!models.isEmpty, file, .models, "at least one model")
    try ModelChecks.fits(names.count == models.count, file, .names, "a name for each of \(models.count) models")
    try ModelChecks.fits(featureCount > 0, file, .featureCount, "at least one feature")
  }
}

import Foundation

/// A fitted model as a JSON file that says what it is: format, version, the model's type, and what it has learned.
///
///     try model.save(to: "digits.json")
///     let again = try LogisticRegression<Int>.Model.load(from: "digits.json")
///
/// Nothing in a file is ever run; whatever does not fit together is refused when it is read.
public enum ModelFile {
  /// The version that is written. Older ones are read, newer ones are refused.
  public static let version = 1
  static let format = "martlet-model"

  /// - Returns: the file's content.
  /// - Throws: ``ModelFileError`` when the model cannot be written as JSON.
  public static func encode<Model: Encodable>(_ model: Model) throws(ModelFileError) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    do {
      return try encoder.encode(Content(type: typeName(Model.self), model: model))
    } catch {
      throw ModelFileError("The \(typeName(Model.self)) cannot be written: \(ModelFileError.reason(error))")
    }
  }

  /// - Parameter name: what messages call the file.
  /// - Throws: ``ModelFileError`` when it is not a model's file, of a newer version, of another type, or damaged.
  public static func decode<Model: Decodable>(
    _ type: Model.Type, from data: Data, name: String = "The data"
  ) throws(ModelFileError) -> Model {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    let header: Header
    do {
      header = try decoder.decode(Header.self, from: data)
    } catch {
      throw ModelFileError("\(name) is not the file of a model: \(ModelFileError.reason(error))")
    }
    try header.check(typeName(type), name)
    do {
      return try decoder.decode(Body<Model>.self, from: data).model
    } catch {
      throw ModelFileError("\(name) holds a damaged \(header.type): \(ModelFileError.reason(error))")
    }
  }

  private struct Content<Model: Encodable>: Encodable {
    var format = ModelFile.format
    var version = ModelFile.version
    let type: String
    let model: Model
  }

  private struct Body<Model: Decodable>: Decodable { let model: Model }

  private struct Header: Decodable {
    let format: String
    let version: Int
    let type: String

    func check(_ wanted: String, _ name: String) throws(ModelFileError) {
      guard format == ModelFile.format else {
        throw ModelFileError("\(name) is not the file of a model: its format is '\(format)'.")
      }
      guard (1...ModelFile.version).contains(version) else {
        throw ModelFileError(
          "\(name) has version \(version); versions up to \(ModelFile.version) can be read. Update Martlet to read it.")
      }
      guard type == wanted else {
        throw ModelFileError("\(name) holds a \(type), not a \(wanted). Load it as what it is.")
      }
    }
  }

  /// A type's name without the names of modules: `LogisticRegression<Int>.Model`.
  static func typeName<Model>(_ type: Model.Type) -> String {
    var name = ""
    var component = ""
    var startsChain = true
    for character in String(reflecting: type) {
      if character.isLetter || character.isNumber || character == "_" {
        component.append(character)
      } else if character == ".", startsChain, !component.isEmpty {
        // The first part of a dotted name is its module.
        (component, startsChain) = ("", false)
      } else {
        name += component + String(character)
        (component, startsChain) = ("", character != "." && character != ">")
      }
    }
    return name + component
  }
}

/// Why a model's file could not be written or read.
public struct ModelFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was expected, what was found, and where.
  public let description: String
  init(_ description: String) { self.description = description }

  static func reason(_ error: any Error) -> String {
    switch error {
    case DecodingError.dataCorrupted(let context), DecodingError.typeMismatch(_, let context),
      DecodingError.valueNotFound(_, let context):
      "\(context.debugDescription)\(place(context.codingPath))"
    case DecodingError.keyNotFound(let key, let context):
      "'\(key.stringValue)' is missing\(place(context.codingPath))"
    case EncodingError.invalidValue(_, let context): context.debugDescription
    case let error as FitError: error.description
    default: error.localizedDescription
    }
  }

  private static func place(_ path: [any CodingKey]) -> String {
    path.isEmpty ? "" : " (at \(path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")))"
  }
}

extension Encodable where Self: FittedModel {
  /// Writes what was learned to a JSON file, all of it or nothing; see ``ModelFile``.
  /// - Throws: ``ModelFileError``.
  public func save(to path: String) throws(ModelFileError) { try ModelFile.write(self, path) }
}

extension Decodable where Self: FittedModel {
  /// What was learned, from a file that ``save(to:)`` wrote.
  /// - Throws: ``ModelFileError``.
  public static func load(from path: String) throws(ModelFileError) -> Self { try ModelFile.read(path) }
}

extension ModelFile {
  fileprivate static func write(_ model: some Encodable, _ path: String) throws(ModelFileError) {
    let data = try encode(model)
    do {
      try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch { throw ModelFileError("'\(path)' cannot be written: \(error.localizedDescription)") }
  }

  fileprivate static func read<Model: Decodable>(_ path: String) throws(ModelFileError) -> Model {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch { throw ModelFileError("'\(path)' cannot be read: \(error.localizedDescription)") }
    return try decode(Model.self, from: data, name: "'\(path)'")
  }
}

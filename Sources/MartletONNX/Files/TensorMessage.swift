import Foundation
import MartletNumerics

/// A tensor as it stands in a file: in the file's own bytes, in lists of numbers, or in a file beside it.
struct TensorMessage {
  private(set) var name = ""
  private var dims: [Int] = []
  private var type = 0
  private var raw: Data?
  private var floats: [Float] = []
  private var doubles: [Double] = []
  private var integers: [Int] = []
  private var texts: [String] = []
  private var isExternal = false
  private var external: [String: String] = [:]

  init(_ data: Data) throws {
    var reader = ProtobufReader(data)
    while let (number, value) = try reader.next() {
      switch number {
      case 1: try value.appendIntegers(to: &dims)
      case 2: type = try value.integer
      case 3: throw ONNXError("The tensor '\(name)' is cut into segments, which are not read.")
      case 4: try value.appendFloats(to: &floats)
      case 5, 7, 11: try value.appendIntegers(to: &integers)
      case 6: texts.append(try value.text)
      case 8: name = try value.text
      case 9: raw = try value.bytes
      case 10: try value.appendDoubles(to: &doubles)
      case 13:
        let entry = try ONNXFile.pair(value.bytes)
        external[entry.key] = entry.value
      case 14: isExternal = try value.integer == 1
      default: break
      }
    }
  }

  /// The tensor.
  /// - Parameter folder: where files are that hold tensors' bytes; without one they are refused.
  func tensor(folder: URL?) throws -> ONNXTensor {
    do {
      guard let type = ONNXElementType(rawValue: type) else {
        throw ONNXError("The type of element \(self.type) is not read (14 and 15 are complex numbers).")
      }
      let count = try Extent.count(dims, most: .max / 64)
      if isExternal { return try TensorBytes.read(try ExternalBytes.read(external, folder: folder), type, shape: dims) }
      if let raw { return try TensorBytes.read(raw, type, shape: dims) }
      return try listed(type, count)
    } catch let error as ONNXError {
      throw error.at("Tensor '\(name)'")
    }
  }

  private func listed(_ type: ONNXElementType, _ count: Int) throws -> ONNXTensor {
    func complete<Element>(_ list: [Element]) throws -> [Element] {
      guard list.count == count else {
        throw ONNXError("The shape \(dims) has \(count) elements; \(list.count) are listed.")
      }
      return list
    }
    switch type {
    case .float: return ONNXTensor(Tensor(try complete(floats), shape: dims))
    case .double: return ONNXTensor(Tensor(try complete(doubles), shape: dims))
    case .string: return ONNXTensor(try complete(texts), shape: dims)
    case .bool: return ONNXTensor(Tensor(try complete(integers).map { $0 != 0 }, shape: dims))
    case .int64, .uint64: return ONNXTensor(.integers(Tensor(try complete(integers), shape: dims)), as: type)
    default:
      // Patterns, several of which share a byte where they are smaller than one.
      let bytes = (type.bitCount ?? 8) < 8 ? 1 : (type.bitCount ?? 8) / 8
      let data = integers.reduce(into: Data()) { data, pattern in
        data.append(LittleEndian.bytes([pattern]).prefix(bytes))
      }
      return try TensorBytes.read(data, type, shape: dims)
    }
  }

  /// Writes a tensor as a message.
  static func write(_ tensor: ONNXTensor, name: String, to writer: inout ProtobufWriter) throws {
    writer.write(1, packed: tensor.shape)
    writer.write(2, tensor.elementType.rawValue)
    writer.write(8, name)
    if let texts = tensor.texts {
      for text in texts { writer.write(6, text) }
    } else {
      writer.write(9, try TensorBytes.write(tensor))
    }
  }
}

extension ONNXTensor {
  /// A tensor from a file of its own (`.pb`), as ONNX's test data are kept.
  /// - Throws: ``ONNXError``.
  public init(message data: Data) throws(ONNXError) {
    self = try withONNXErrors { try TensorMessage(data).tensor(folder: nil) }
  }
}

/// The bytes of tensors that lie in a file of their own, which is only looked for in the model's folder.
private enum ExternalBytes {
  static func read(_ entries: [String: String], folder: URL?) throws -> Data {
    guard let location = entries["location"], !location.isEmpty else {
      throw ONNXError("Its bytes are said to be in another file, and which one is not said.")
    }
    guard let folder else {
      throw ONNXError("Its bytes are in the file '\(location)'; open the model by its path, so that it can be found.")
    }
    let root = folder.resolvingSymlinksInPath().standardizedFileURL.path
    let file = folder.appendingPathComponent(location).resolvingSymlinksInPath().standardizedFileURL
    guard !location.hasPrefix("/"), file.path.hasPrefix(root == "/" ? "/" : root + "/") else {
      throw ONNXError("Its bytes are said to be in '\(location)', which is not in the model's folder; that is refused.")
    }
    guard let data = try? Data(contentsOf: file, options: .mappedIfSafe) else {
      throw ONNXError("Its bytes are in the file '\(location)', which is not there or cannot be read.")
    }
    let start = try number(entries["offset"]) ?? 0
    guard start <= data.count else { throw ONNXError("Its bytes begin behind the end of '\(location)'.") }
    let length = try number(entries["length"]) ?? data.count - start
    guard length <= data.count - start else { throw ONNXError("Its bytes end behind the end of '\(location)'.") }
    return data[start..<start + length]
  }

  private static func number(_ text: String?) throws -> Int? {
    guard let text else { return nil }
    guard let number = Int(text), number >= 0 else { throw ONNXError("'\(text)' is no offset or length.") }
    return number
  }
}

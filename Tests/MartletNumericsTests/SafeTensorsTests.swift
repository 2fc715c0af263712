import Foundation
import MartletNumerics
import Testing

@Suite struct SafeTensorsTests {
  /// A file with this header and as many bytes after it.
  private func file(_ header: String, bytes: Int = 0) -> Data {
    var data = Data()
    for byte in 0..<8 { data.append(UInt8(truncatingIfNeeded: header.utf8.count >> (8 * byte))) }
    return data + Data(header.utf8) + Data(count: bytes)
  }

  struct Reference: Decodable {
    struct Expected: Decodable {
      let name, type: String
      let shape: [Int]
      let values: [Double]
    }
    let file: String
    let tensors: [Expected]
  }

  private func reference() throws -> Reference {
    let path = Bundle.module.bundleURL.appendingPathComponent("Reference/safetensors.json")
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: path))
  }

  @Test func theReferencesFileIsRead() throws {
    let expected = try reference()
    let file = try SafeTensors(data: try #require(Data(base64Encoded: expected.file)))
    #expect(file.metadata == ["made": "by the reference", "é": "ü"])
    #expect(Set(file.names) == Set(expected.tensors.map(\.name)))
    for tensor in expected.tensors {
      #expect(file.shape(of: tensor.name) == tensor.shape && file.type(of: tensor.name)?.rawValue == tensor.type)
      let found: [Double] =
        switch tensor.type {
        case "BOOL": try file.tensor(tensor.name, as: Bool.self).scalars.map { $0 ? 1 : 0 }
        case "I64", "U64": try file.tensor(tensor.name, as: Int.self).scalars.map(Double.init)
        default: try file.tensor(tensor.name, as: Double.self).scalars
        }
      #expect(found == tensor.values, "\(tensor.name)")
      if ["F16", "BF16", "F32", "F8_E4M3", "F8_E5M2"].contains(tensor.type) {
        #expect(try file.tensor(tensor.name).scalars.map(Double.init) == tensor.values, "\(tensor.name)")
      }
    }
  }

  @Test func whatIsWrittenIsRead() throws {
    var writer = SafeTensorsWriter(metadata: ["a \"quoted\" name": "line\nbreak"])
    writer.add("floats", Tensor<Float>([1.5, -2, 3], shape: [3, 1]))
    writer.add("doubles", Matrix([[1, 2], [3, 4]]))
    writer.add("flags", Tensor<Bool>([true, false, true]))
    writer.add("empty", Tensor<Int>([], shape: [0, 4]))
    writer.add("numbers", Tensor<Int32>([7]))
    let file = try SafeTensors(data: writer.data)
    #expect(file.metadata == ["a \"quoted\" name": "line\nbreak"])
    #expect(try file.tensor("floats") == Tensor<Float>([1.5, -2, 3], shape: [3, 1]))
    #expect(try file.tensor("doubles", as: Double.self) == Matrix([[1, 2], [3, 4]]))
    #expect(try file.tensor("flags", as: Bool.self).scalars == [true, false, true])
    #expect(try file.tensor("empty", as: Int.self).shape == [0, 4])
    #expect("\(file)".hasPrefix("5 tensors (") && "\(file)".contains("floats: float32 [3, 1]"))
    #expect(try file.tensor("numbers", as: Int32.self).scalars == [7])
    #expect(throws: SafeTensorsError.self) { try file.tensor("doubles", as: Float.self) }
    #expect(throws: SafeTensorsError.self) { try file.tensor("absent") }
  }

  @Test func modelsInSeveralFilesAreRead() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("martlet-parts-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let index = folder.appendingPathComponent("model.safetensors.index.json")
    var (first, second) = (SafeTensorsWriter(metadata: ["format": "pt"]), SafeTensorsWriter())
    first.add("a", Tensor<Float>([1, 2]))
    second.add("b", Tensor<Int>([3]))
    try first.write(to: folder.appendingPathComponent("model-1.safetensors").path)
    try second.write(to: folder.appendingPathComponent("model-2.safetensors").path)
    func open(_ map: String) throws -> SafeTensors {
      try Data("{\"metadata\": {\"total_size\": 16}, \"weight_map\": \(map)}".utf8).write(to: index)
      return try SafeTensors(path: index.path)
    }
    let file = try open(#"{"b": "model-2.safetensors", "a": "model-1.safetensors"}"#)
    #expect(file.names == ["a", "b"] && file.metadata == ["format": "pt"])
    #expect(try file.tensor("a", as: Float.self).scalars == [1, 2])
    #expect(try file.tensor("b", as: Int.self).scalars == [3])
    for map in [
      #"{"a": "../model-1.safetensors"}"#, #"{"a": "/etc/passwd"}"#, #"{"a": ".."}"#, #"{"a": 1}"#, "{}", "[]",
      #"{"a": "model-3.safetensors"}"#, #"{"c": "model-1.safetensors"}"#,
    ] { #expect(throws: SafeTensorsError.self, "\(map)") { try open(map) } }
    // The same tensor in two files has no answer.
    try first.write(to: folder.appendingPathComponent("model-2.safetensors").path)
    #expect(throws: SafeTensorsError.self) {
      try open(#"{"a": "model-1.safetensors", "b": "model-2.safetensors"}"#)
    }
  }

  @Test func hostileFilesAreRefused() {
    let entry = #""a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}"#
    let hostile = [
      Data(), Data([1, 2, 3]), Data([255, 255, 255, 255, 255, 255, 255, 255]), Data([255, 0, 0, 0, 0, 0, 0, 0, 123]),
      file("{", bytes: 8), file("[]"), file("{\(entry)}", bytes: 7), file("{\(entry)}", bytes: 9),
      file(#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, bytes: 4),
      file(#"{"a":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}}"#, bytes: 8),
      file(#"{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}"#, bytes: 8),
      file(#"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}"#),
      file(#"{"a":{"dtype":"F32","shape":[0],"data_offsets":[-8,-8]}}"#),
      file(#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#, bytes: 8),
      file("{\(entry),\(entry)}", bytes: 8),
      file(
        #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}"#,
        bytes: 3),
      file(
        #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[3,5]}}"#,
        bytes: 5),
      file(#"{"__metadata__":{"a":1}}"#), file(#"{"a":[]}"#), file(String(repeating: "[", count: 100_000)),
    ]
    for data in hostile { #expect(throws: SafeTensorsError.self) { try SafeTensors(data: data) } }
  }
}

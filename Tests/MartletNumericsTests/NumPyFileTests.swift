import Foundation
import MartletNumerics
import Testing

@Suite struct NumPyFileTests {
  struct File: Decodable {
    let type: String
    let data: Data
    let expected: ReferenceArray
  }
  struct Halves: Decodable {
    let data: Data
    let expected: [String]
  }
  struct Reference: Decodable {
    let files: [File]
    let version2, scalarFile, stored, deflated: Data
    let halves: Halves
    let operands: [String: ReferenceArray]
  }

  let reference: Reference

  init() throws { reference = try ReferenceFile.read("tensors") }

  @Test func everyTypeIsRead() throws {
    #expect(reference.files.count == 32)
    for file in reference.files {
      let tensor: Matrix
      switch file.type.dropFirst() {
      case "b1": tensor = try Tensor<Bool>(npy: file.data).asDouble
      case "i8", "u8": tensor = try Tensor<Int>(npy: file.data).asDouble
      default: tensor = try Matrix(npy: file.data)
      }
      #expect(tensor == file.expected.tensor, "\(file.type)")
    }
    #expect(try Matrix(npy: reference.version2).scalars == [0, 1, 2])
    #expect(try Matrix(npy: reference.scalarFile).scalar == 2.5)
    #expect(try Matrix(npy: reference.halves.data).scalars == reference.halves.expected.map { Double($0) })
  }

  @Test func whatDoesNotFitIsRefused() {
    for file in reference.files where ["f8", "i8"].contains(file.type.dropFirst()) {
      let error = #expect(throws: NumPyFileError.self) { try Tensor<Float>(npy: file.data) }
      #expect(error?.description.contains("which does not fit Float exactly") == true)
    }
  }

  @Test func writtenFilesComeBack() throws {
    let t = Tensor<Int>.arange(24).reshaped(2, 3, 4)
    #expect(try Tensor<Int>(npy: t.npyData) == t)
    #expect(try Tensor<Int>(npy: t.transposed().npyData) == t.transposed())
    #expect(try Matrix(npy: Matrix([]).npyData).shape == [0])
    #expect(try Tensor<Bool>(npy: (t .> 3).npyData) == (t .> 3))
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("t").path
    try t.write(npy: path + ".npy")
    #expect(try Matrix(npy: t.asInt32.npyData) == t.asDouble)
    #expect(try Tensor<Int>(npy: path + ".npy") == t)
    try NumPyArchive.write(["a": t, "b": t.row(0)], npz: path + ".npz")
    let archive = try NumPyArchive(npz: path + ".npz")
    #expect(archive.names == ["a", "b"])
    #expect(try archive.tensor("b", of: Int.self) == t.row(0))
    #expect(throws: NumPyFileError.self) { try Matrix(npy: path + ".nowhere") }
  }

  @Test func archivesAreRead() throws {
    for data in [reference.stored, reference.deflated] {
      let archive = try NumPyArchive(npz: data)
      #expect(archive.names == ["weights", "places", "mask", "single"])
      #expect(try archive.tensor("weights", of: Double.self) == reference.operands["a"]?.tensor)
      #expect(try archive.tensor("places", of: Int.self).scalars == [0, 1, 2, 3, 4])
      #expect(try archive.tensor("mask", of: Bool.self).scalars == [true, false])
      #expect(try archive.tensor("single", of: Float.self).scalars == [1.5, -2])
      let error = #expect(throws: NumPyFileError.self) { try archive.tensor("bias", of: Double.self) }
      #expect(error?.description.contains("'bias'. The file has weights, places, mask, single.") == true)
    }
  }

  /// Any one byte changed, and any end cut off, gives the right array, another one, or an error; never more.
  @Test func damagedFilesDoNoHarm() {
    var random = PCG64(seed: 17)
    for original in [reference.files[0].data, reference.stored, reference.deflated] {
      for trial in 0..<600 {
        var data = original
        if trial % 3 == 0 {
          data = data.prefix(random.integer(below: data.count))
        } else {
          data[random.integer(below: data.count)] = UInt8(random.integer(below: 256))
        }
        _ = try? Matrix(npy: data)
        guard let archive = try? NumPyArchive(npz: data) else { continue }
        for name in archive.names { _ = try? archive.tensor(name, of: Double.self) }
      }
    }
  }

  @Test func hostileHeadersAreRefused() {
    func file(_ header: String) -> Data {
      Data([0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8))
    }
    for shape in ["(1000000000000,)", "(9223372036854775807, 9)", "(-1,)", "(2.5,)", "(4294967296, 4294967296)"] {
      let text = "{'descr': '<f8', 'fortran_order': False, 'shape': \(shape), }"
      #expect(throws: NumPyFileError.self, "\(shape)") { try Matrix(npy: file(text)) }
    }
    #expect(throws: NumPyFileError.self) {
      try Matrix(npy: file("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }"))
    }
    #expect(throws: NumPyFileError.self) {
      try Matrix(npy: file("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }"))
    }
    #expect(throws: NumPyFileError.self) { try Matrix(npy: Data("PK".utf8)) }
    #expect(throws: NumPyFileError.self) { try Matrix(npy: Data()) }
  }
}

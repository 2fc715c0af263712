import Foundation
import MartletNumerics
import MartletONNX
import Testing

/// Files that are damaged, cut off or made to do harm end in errors, never in a trap.
@Suite struct HostileFileTests {
  private func models() throws -> [Data] {
    try ONNXCase.read(Bundle.module.bundleURL.appendingPathComponent("Reference/exported.npz").path).map(\.model)
  }

  /// Opens what may be a model, and runs it on zeros where it opens.
  private func open(_ data: Data) {
    guard let model = try? ONNXModel(data: data) else { return }
    var inputs: [String: any ONNXInput] = [:]
    for port in model.inputs {
      let shape = (port.shape ?? []).map { min(max($0 ?? 2, 0), 16) }
      inputs[port.name] = Tensor<Float>.zeros(shape: shape)
    }
    _ = try? model.run(inputs)
  }

  @Test func filesThatAreCutOffAreRefused() throws {
    for model in try models() {
      for length in stride(from: 0, to: model.count, by: max(1, model.count / 40)) { open(model.prefix(length)) }
    }
    #expect(throws: ONNXError.self) { try ONNXModel(data: Data()) }
    #expect(throws: ONNXError.self) { try ONNXModel(data: Data("not a model".utf8)) }
  }

  @Test func changedBytesNeverTrap() throws {
    let seed: UInt64 = 2024
    print("seed \(seed)")
    var random = PCG64(seed: seed)
    for model in try models() where model.count < 60_000 {
      for _ in 0..<120 {
        var bytes = [UInt8](model)
        for _ in 0..<random.integer(below: 4) + 1 {
          bytes[random.integer(below: bytes.count)] = UInt8(random.integer(below: 256))
        }
        open(Data(bytes))
      }
    }
  }

  @Test func changedOperatorsNeverTrap() throws {
    let seed = UInt64(ProcessInfo.processInfo.environment["MARTLET_SEED"] ?? "") ?? 7
    print("seed \(seed)")
    var random = PCG64(seed: seed)
    for subject in try ONNXCase.read(Bundle.module.bundleURL.appendingPathComponent("Reference/cases.npz").path) {
      for _ in 0..<6 {
        var changed = subject
        var bytes = [UInt8](subject.model)
        for _ in 0..<random.integer(below: 3) + 1 {
          let place = random.integer(below: bytes.count)
          // Small numbers, large ones and neighbours do more than any byte would.
          let change = [0, 1, 2, 0x7F, 0xFF, bytes[place] &+ 1, bytes[place] &- 1, UInt8(random.integer(below: 256))]
          bytes[place] = change[random.integer(below: change.count)]
        }
        changed.model = Data(bytes)
        _ = changed.problem()
        // And operands in another order.
        changed.model = subject.model
        if !changed.inputs.isEmpty { changed.inputs.swapAt(0, random.integer(below: changed.inputs.count)) }
        if changed.inputs.count > 1 { _ = changed.problem() }
      }
    }
  }

  /// A model of one node, whose input is of any shape.
  private func model(_ build: (inout Message) -> Void) -> Data {
    var graph = Message()
    build(&graph)
    var file = Message()
    file.add(1, 8)
    file.add(7, graph.data)
    file.add(8, Message { $0.add(2, 17) }.data)
    return file.data
  }

  @Test func hugeShapesAreRefused() throws {
    let shape = Message {
      $0.add(1, 1 << 40)
      $0.add(1, 1 << 40)
      $0.add(2, 1)
      $0.add(8, "w")
    }
    #expect(throws: ONNXError.self) { try ONNXModel(data: model { $0.add(5, shape.data) }) }
    let negative = Message {
      $0.add(1, -5)
      $0.add(2, 1)
    }
    #expect(throws: ONNXError.self) { try ONNXModel(data: model { $0.add(5, negative.data) }) }
  }

  @Test func circlesAreRefused() throws {
    func node(_ input: String, _ output: String) -> Data {
      Message {
        $0.add(1, input)
        $0.add(2, output)
        $0.add(4, "Relu")
      }.data
    }
    let data = model {
      $0.add(1, node("a", "b"))
      $0.add(1, node("b", "a"))
    }
    let error = #expect(throws: ONNXError.self) { try ONNXModel(data: data) }
    #expect(error?.description.contains("circle") == true)
  }

  @Test func filesElsewhereAreRefused() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("martlet-onnx-\(UUID().uuidString)")
    let inner = folder.appendingPathComponent("model")
    try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(count: 8).write(to: folder.appendingPathComponent("secret.bin"))
    try Data(count: 8).write(to: inner.appendingPathComponent("weights.bin"))
    func file(_ location: String) -> Data {
      let tensor = Message {
        $0.add(1, 2)
        $0.add(2, 1)
        $0.add(8, "w")
        $0.add(
          13,
          Message {
            $0.add(1, "location")
            $0.add(2, location)
          }.data)
        $0.add(14, 1)
      }
      return model {
        $0.add(5, tensor.data)
        $0.add(12, Message { $0.add(1, "w") }.data)
      }
    }
    for location in ["../secret.bin", folder.path + "/secret.bin", "missing.bin"] {
      let url = inner.appendingPathComponent("model.onnx")
      try file(location).write(to: url)
      #expect(throws: ONNXError.self, "\(location)") { try ONNXModel(contentsOf: url) }
    }
    let url = inner.appendingPathComponent("model.onnx")
    try file("weights.bin").write(to: url)
    let opened = try ONNXModel(contentsOf: url)
    #expect(try opened.run([:])["w", Float.self].scalars == [0, 0])
    #expect(throws: ONNXError.self) { try ONNXModel(data: file("weights.bin")) }
  }

  @Test func unknownOperatorsAreNamed() throws {
    let data = model {
      $0.add(
        1,
        Message {
          $0.add(2, "y")
          $0.add(4, "Frobnicate")
        }.data)
    }
    let error = #expect(throws: ONNXError.self) { try ONNXModel(data: data) }
    #expect(error?.description == "The model needs operators that are not there: Frobnicate.")
  }
}

/// A protobuf message, written by hand.
struct Message {
  private(set) var data = Data()
  init(_ build: (inout Message) -> Void = { _ in }) { build(&self) }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      data.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    data.append(UInt8(rest))
  }
  mutating func add(_ field: Int, _ value: Int) {
    varint(UInt64(field) << 3)
    varint(UInt64(bitPattern: Int64(value)))
  }
  mutating func add(_ field: Int, _ bytes: Data) {
    varint(UInt64(field) << 3 | 2)
    varint(UInt64(bytes.count))
    data.append(bytes)
  }
  mutating func add(_ field: Int, _ text: String) { add(field, Data(text.utf8)) }
}

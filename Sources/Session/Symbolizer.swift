import Cells
import Foundation
import JSON

/// Finds the cells' lines behind code addresses, with the toolchain's `llvm-symbolizer`.
struct Symbolizer: Sendable {
  /// A place in a cell's code; inlined functions are places of their own.
  struct Place: Sendable, Equatable {
    var function: String
    /// The sequence number of the cell whose image holds the code.
    var image: Int
    /// The number in `In[number]`, when the debug information names the cell.
    var cell: Int?
    var line: Int

    /// The place by the number of a cell's present run, when the code is that of an earlier one.
    func renumbered(_ compiled: CompiledCell, _ number: Int) -> Place {
      guard image == compiled.sequence, cell == compiled.writtenNumber else { return self }
      var place = self
      place.cell = number
      return place
    }
  }

  let toolchain: Toolchain

  /// The places of addresses in cells' images, innermost first; other images have none.
  func places(of frames: [(image: String, offset: UInt64)]) -> [Place] {
    let known = frames.compactMap { frame in sequence(ofImage: frame.image).map { (frame, $0) } }
    guard !known.isEmpty else { return [] }
    let process = Process()
    process.executableURL = toolchain.symbolizer
    process.arguments =
      ["--output-style=JSON", "--inlines", "--demangle"]
      + known.map { "CODE \"\($0.0.image)\" 0x\(String($0.0.offset, radix: 16))" }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return [] }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    // Addresses given as arguments are answered by one array.
    let answers = (try? JSONValue(parsing: data))?.array ?? []
    return zip(answers, known).flatMap { answer, frame in places(in: answer, image: frame.1) }
  }

  private func places(in answer: JSONValue, image: Int) -> [Place] {
    let entries = answer["Symbol"]?.array ?? []
    return entries.compactMap { entry in
      let file = URL(fileURLWithPath: entry["FileName"]?.string ?? "").lastPathComponent
      let cell = number(inFile: file)
      // Frames that are called keep the name of the compiled file; other files are headers and libraries.
      guard let line = entry["Line"]?.integer,
        cell != nil || file == CellFileNames.source(ofSequence: image) || line == 0
      else { return nil }
      return Place(function: entry["FunctionName"]?.string ?? "", image: image, cell: cell, line: line)
    }
  }

  /// 7 for `…/libCell000007.so`.
  private func sequence(ofImage path: String) -> Int? {
    CellFileNames.sequence(ofLibrary: URL(fileURLWithPath: path).lastPathComponent)
  }

  /// 3 for `In[3]`.
  private func number(inFile name: String) -> Int? {
    guard name.hasPrefix("In["), name.hasSuffix("]") else { return nil }
    return Int(name.dropFirst(3).dropLast())
  }
}

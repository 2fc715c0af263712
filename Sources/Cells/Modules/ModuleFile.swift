/// A cell's compiled module, as far as the chain reads and changes it: what it needs, and which module it re-exports.
///
/// A module is an LLVM bitstream of nested blocks. Its list of imports is a block of its own, in which each name lies
/// whole bytes long, so one name can be put in another's place where both have the same length. That is why the names of
/// cells' modules have a fixed width.
struct ModuleFile {
  private(set) var bytes: [UInt8]
  /// Where the name of the module that this one re-exports lies.
  let linkOffset: Int
  /// The cells whose declarations the module refers to, by the numbers in their modules' names.
  let dependencies: Set<Int>

  /// - Parameter bytes: the file as the compiler wrote it; `nil` when it has another form than expected.
  init?(_ bytes: [UInt8], of cell: Int) {
    self.bytes = ModuleTrimming.trimmed(bytes) ?? bytes
    var dependencies: Set<Int> = []
    var links: [Int] = []
    var markers: [Int] = []
    for block in ModuleBlock.all(in: bytes) {
      switch block.kind {
      case .information, .control: break
      case .imports:
        for found in CellModule.names(in: bytes, block.range) {
          let isScoped = bytes[found.end...].starts(with: [0] + Array(CellImports.markerPrefix.utf8))
          let isScope = bytes[..<found.start].suffix(CellImports.markerPrefix.utf8.count)
            .elementsEqual(CellImports.markerPrefix.utf8)
          if isScoped { markers.append(found.start) } else if !isScope { links.append(found.start) }
        }
      case .other:
        dependencies.formUnion(CellModule.names(in: bytes, block.range).map(\.sequence))
      }
    }
    guard links.count == 1 else { return nil }
    linkOffset = links[0]
    self.dependencies = dependencies.subtracting([cell, CellModule.baseSequence])
    // What the module needs it says itself, where it refers to it. The imports by which the cell was compiled would have
    // all that the cell could see loaded, and all that those could see.
    for marker in markers { put(CellModule.name(ofSequence: CellModule.baseSequence), at: marker) }
  }

  /// The module with another one re-exported.
  func linked(to cell: Int) -> [UInt8] {
    var copy = self
    copy.put(CellModule.name(ofSequence: cell), at: linkOffset)
    return copy.bytes
  }

  private mutating func put(_ name: String, at offset: Int) {
    bytes.replaceSubrange(offset..<(offset + name.utf8.count), with: name.utf8)
  }
}

/// One block of a module file.
private struct ModuleBlock {
  enum Kind { case information, control, imports, other }
  var kind: Kind
  var range: Range<Int>

  private enum Identifier {
    static let information = 0
    static let module = 8
    static let control = 9
    static let imports = 10
  }

  /// The blocks of a module, those within the enclosing block of the whole included.
  static func all(in bytes: [UInt8]) -> [ModuleBlock] {
    var result: [ModuleBlock] = []
    // After the four bytes by which the format is known.
    var offset = 4
    // A block begins with a word that says enter, its kind and more, and a word with its length in words.
    while let header = bytes.word(at: offset), header & 3 == 1, let length = bytes.word(at: offset + 4) {
      let identifier = Int(header >> 2 & 0x7f)
      let start = offset + 8
      if identifier == Identifier.module {
        offset = start
        continue
      }
      let end = start + 4 * Int(length)
      guard end <= bytes.count else { break }
      let kind: Kind =
        switch identifier {
        case Identifier.information: .information
        case Identifier.control: .control
        case Identifier.imports: .imports
        default: .other
        }
      result.append(ModuleBlock(kind: kind, range: start..<end))
      offset = end
    }
    return result
  }
}

extension [UInt8] {
  /// The little-endian word at an offset.
  func word(at offset: Int) -> UInt32? {
    guard offset + 4 <= count else { return nil }
    return (0..<4).reduce(0) { $0 | UInt32(self[offset + $1]) << UInt32(8 * $1) }
  }
}

extension CellModule {
  /// The names of cells' modules in a stretch of bytes, wherever they occur, inside longer names too.
  fileprivate static func names(
    in bytes: [UInt8], _ range: Range<Int>
  ) -> [(sequence: Int, start: Int, end: Int)] {
    let prefix = Array(namePrefix.utf8)
    let length = prefix.count + numberWidth
    return bytes.withUnsafeBufferPointer { buffer in
      var result: [(sequence: Int, start: Int, end: Int)] = []
      var offset = range.lowerBound
      while offset + length <= range.upperBound {
        guard buffer[offset] == prefix[0], buffer[offset..<offset + prefix.count].elementsEqual(prefix) else {
          offset += 1
          continue
        }
        let digits = buffer[(offset + prefix.count)..<(offset + length)]
        if digits.allSatisfy({ (0x30...0x39).contains($0) }) {
          result.append((digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }, offset, offset + length))
          offset += length
        } else {
          offset += prefix.count
        }
      }
      return result
    }
  }
}

/// Reads LLVM's bitstream container: nested blocks of records, each record a list of numbers and perhaps a blob.
///
/// The format is described in LLVM's "LLVM Bitcode File Format". Damaged input ends the reading, never traps.
struct Bitstream {
  /// What comes next in a stream.
  enum Entry {
    case block(id: Int)
    case endOfBlock
    case record(Record)
  }

  struct Record {
    var code: Int
    var fields: [Int]
    var blob: [UInt8]
  }

  private enum Operand {
    case literal(Int)
    case fixed(Int)
    case variable(Int)
    case array
    case character
    case blob
  }
  private typealias Abbreviation = [Operand]

  private let bytes: [UInt8]
  private var bit = 0
  private var abbreviationWidth = 2
  private var abbreviations: [Abbreviation] = []
  private var enclosing: [(id: Int, width: Int, abbreviations: [Abbreviation])] = []
  private var blockAbbreviations: [Int: [Abbreviation]] = [:]
  private var currentBlock = -1

  init?(_ bytes: [UInt8], magic: String) {
    guard bytes.starts(with: magic.utf8) else { return nil }
    self.bytes = bytes
    bit = magic.utf8.count * 8
  }

  /// The next block, end or record; `nil` at the end of the stream or where it is damaged.
  mutating func next() -> Entry? {
    while bit + abbreviationWidth <= bytes.count * 8 {
      guard let identifier = read(abbreviationWidth) else { return nil }
      switch identifier {
      case 0: return leaveBlock() ? .endOfBlock : nil
      case 1:
        guard let id = enterBlock() else { return nil }
        if id != 0 { return .block(id: id) }
        guard readBlockInfo() else { return nil }
      case 2:
        guard let abbreviation = readAbbreviation() else { return nil }
        abbreviations.append(abbreviation)
      case 3: return readRecord().map(Entry.record)
      default:
        guard identifier - 4 < abbreviations.count else { return nil }
        return readRecord(by: abbreviations[identifier - 4]).map(Entry.record)
      }
    }
    return nil
  }

  private mutating func enterBlock() -> Int? {
    guard let id = readVariable(8), let width = readVariable(4), align(), read(32) != nil, width > 0, width <= 32 else {
      return nil
    }
    enclosing.append((currentBlock, abbreviationWidth, abbreviations))
    currentBlock = id
    abbreviationWidth = width
    abbreviations = blockAbbreviations[id] ?? []
    return id
  }

  private mutating func leaveBlock() -> Bool {
    guard let outer = enclosing.popLast(), align() else { return false }
    (currentBlock, abbreviationWidth, abbreviations) = outer
    return true
  }

  /// The standard block that defines abbreviations for other blocks.
  private mutating func readBlockInfo() -> Bool {
    var described: Int?
    while let identifier = read(abbreviationWidth) {
      switch identifier {
      case 0: return leaveBlock()
      case 2:
        guard let described, let abbreviation = readAbbreviation() else { return false }
        blockAbbreviations[described, default: []].append(abbreviation)
      case 3:
        guard let record = readRecord() else { return false }
        if record.code == 1 { described = record.fields.first }
      default: return false
      }
    }
    return false
  }

  private mutating func readAbbreviation() -> Abbreviation? {
    guard let count = readVariable(5) else { return nil }
    var operands: Abbreviation = []
    for _ in 0..<count {
      guard let isLiteral = read(1) else { return nil }
      if isLiteral == 1 {
        guard let value = readVariable(8) else { return nil }
        operands.append(.literal(value))
        continue
      }
      guard let encoding = read(3) else { return nil }
      switch encoding {
      case 1, 2:
        guard let width = readVariable(5), width <= 64 else { return nil }
        operands.append(encoding == 1 ? .fixed(width) : .variable(width))
      case 3: operands.append(.array)
      case 4: operands.append(.character)
      case 5: operands.append(.blob)
      default: return nil
      }
    }
    return operands
  }

  private mutating func readRecord() -> Record? {
    guard let code = readVariable(6), let count = readVariable(6), count <= bytes.count * 8 else { return nil }
    var fields: [Int] = []
    for _ in 0..<count {
      guard let value = readVariable(6) else { return nil }
      fields.append(value)
    }
    return Record(code: code, fields: fields, blob: [])
  }

  private mutating func readRecord(by abbreviation: Abbreviation) -> Record? {
    var values: [Int] = []
    var blob: [UInt8] = []
    var index = 0
    while index < abbreviation.count {
      switch abbreviation[index] {
      case .array:
        guard index + 1 < abbreviation.count, let count = readVariable(6), count <= bytes.count * 8 else { return nil }
        for _ in 0..<count {
          guard let value = readScalar(abbreviation[index + 1]) else { return nil }
          values.append(value)
        }
        index += 1
      case .blob:
        guard let count = readVariable(6), align(), bit / 8 + count <= bytes.count else { return nil }
        blob = Array(bytes[bit / 8..<bit / 8 + count])
        bit += count * 8
        guard align() else { return nil }
      case let operand:
        guard let value = readScalar(operand) else { return nil }
        values.append(value)
      }
      index += 1
    }
    guard let code = values.first else { return nil }
    return Record(code: code, fields: Array(values.dropFirst()), blob: blob)
  }

  private mutating func readScalar(_ operand: Operand) -> Int? {
    switch operand {
    case .literal(let value): value
    case .fixed(let width): width == 0 ? 0 : read(width)
    case .variable(let width): width == 0 ? 0 : readVariable(width)
    case .character: read(6)
    case .array, .blob: nil
    }
  }

  private mutating func read(_ width: Int) -> Int? {
    guard bit + width <= bytes.count * 8 else { return nil }
    var value: UInt64 = 0
    for offset in 0..<width where bytes[(bit + offset) >> 3] >> UInt8((bit + offset) & 7) & 1 == 1 {
      value |= 1 << UInt64(offset)
    }
    bit += width
    return Int(truncatingIfNeeded: value)
  }

  private mutating func readVariable(_ width: Int) -> Int? {
    guard width > 1 else { return nil }
    var value: UInt64 = 0
    var shift = 0
    while shift < 64, let chunk = read(width) {
      let payload = UInt64(chunk) & (1 << UInt64(width - 1) - 1)
      value |= payload << UInt64(shift)
      if chunk >> (width - 1) & 1 == 0 { return Int(truncatingIfNeeded: value) }
      shift += width - 1
    }
    return nil
  }

  private mutating func align() -> Bool {
    bit = (bit + 31) / 32 * 32
    return bit <= bytes.count * 8
  }
}

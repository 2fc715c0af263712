/// Gives every cell the identifier that format 4.5 demands.
enum CellIdentifiers {
  /// Keeps valid identifiers and fills in the rest from place and content, so that the same notebook always gets the
  /// same.
  static func complete(_ document: inout NotebookDocument) {
    var used: Set<String> = []
    for index in document.cells.indices {
      let given = document.cells[index].identifier
      if isValid(given), used.insert(given).inserted { continue }
      var attempt = 0
      var made: String
      repeat {
        made = identifier(for: document.cells[index].source, salt: "\(index).\(attempt)")
        attempt += 1
      } while !used.insert(made).inserted
      document.cells[index].identifier = made
    }
  }

  static func isValid(_ identifier: String) -> Bool {
    (1...64).contains(identifier.utf8.count)
      && identifier.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || byte == 0x2D || byte == 0x5F
      }
  }

  /// Eight hexadecimal digits: FNV-1a of the text.
  private static func identifier(for source: String, salt: String) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in (salt + "\n" + source).utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(UInt32(truncatingIfNeeded: hash ^ (hash >> 32)), radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}

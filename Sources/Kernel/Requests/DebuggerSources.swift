import Foundation
import JSON

/// How frontends name the cells of a notebook: a file whose name is a hash of the cell's text.
package enum DebuggerSources {
  static let hashMethod = "Murmur2"
  static let hashSeed: UInt32 = 0xc70f_6907
  static var prefix: String { DebuggerState.folder.path + "/" }
  static let suffix = ".swift"

  static func path(of code: String) -> String { "\(prefix)\(hash(Array(code.utf8), seed: hashSeed))\(suffix)" }

  /// MurmurHash2 of 32 bits by Austin Appleby, which JupyterLab computes too.
  package static func hash(_ bytes: [UInt8], seed: UInt32) -> UInt32 {
    let multiplier: UInt32 = 0x5bd1_e995
    var hash = seed ^ UInt32(truncatingIfNeeded: bytes.count)
    var position = 0
    while bytes.count - position >= 4 {
      var word = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[position + $1]) << UInt32(8 * $1) }
      word &*= multiplier
      word ^= word >> 24
      hash = (hash &* multiplier) ^ (word &* multiplier)
      position += 4
    }
    for (place, byte) in bytes[position...].enumerated() { hash ^= UInt32(byte) << UInt32(8 * place) }
    if position < bytes.count { hash &*= multiplier }
    hash ^= hash >> 13
    hash &*= multiplier
    return hash ^ (hash >> 15)
  }
}

import CSodium

/// A digest of 256 bits by BLAKE2b: different data have different digests, in practice.
struct Digest: Hashable, Sendable {
  let bytes: [UInt8]

  static let length = 32

  init(of data: some Sequence<UInt8>) {
    let data = ContiguousArray(data)
    var result = [UInt8](repeating: 0, count: Self.length)
    _ = data.withUnsafeBufferPointer {
      crypto_generichash(&result, result.count, $0.baseAddress, UInt64($0.count), nil, 0)
    }
    bytes = result
  }

  var hexadecimal: String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

import CSodium

/// Signs messages with the key that the frontend and the kernel share.
package struct MessageSigner: Sendable {
  /// The ways to sign, by the names that connection files give them.
  package enum Scheme: String, Sendable, CaseIterable {
    case sha256 = "hmac-sha256"
    case sha512 = "hmac-sha512"
  }

  private let scheme: Scheme
  private let key: [UInt8]

  /// - Parameter key: an empty key turns signing off, which a connection file may ask for.
  package init(scheme: Scheme = .sha256, key: [UInt8]) {
    self.scheme = scheme
    self.key = key
  }

  /// Without a key everything is accepted.
  package var isSigning: Bool { !key.isEmpty }

  /// The HMAC of the parts in hexadecimal; empty without a key.
  package func signature(of parts: [[UInt8]]) -> [UInt8] {
    guard isSigning else { return [] }
    return hexadecimal(scheme == .sha256 ? sha256(parts) : sha512(parts))
  }

  /// Whether a signature is that of the parts; takes the same time wherever the difference is.
  package func verifies(_ signature: [UInt8], of parts: [[UInt8]]) -> Bool {
    guard isSigning else { return true }
    let expected = self.signature(of: parts)
    return signature.count == expected.count && sodium_memcmp(signature, expected, expected.count) == 0
  }

  private func sha256(_ parts: [[UInt8]]) -> [UInt8] {
    var state = crypto_auth_hmacsha256_state()
    crypto_auth_hmacsha256_init(&state, key, key.count)
    for part in parts { crypto_auth_hmacsha256_update(&state, part, UInt64(part.count)) }
    var code = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha256_BYTES))
    crypto_auth_hmacsha256_final(&state, &code)
    return code
  }

  private func sha512(_ parts: [[UInt8]]) -> [UInt8] {
    var state = crypto_auth_hmacsha512_state()
    crypto_auth_hmacsha512_init(&state, key, key.count)
    for part in parts { crypto_auth_hmacsha512_update(&state, part, UInt64(part.count)) }
    var code = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha512_BYTES))
    crypto_auth_hmacsha512_final(&state, &code)
    return code
  }
}

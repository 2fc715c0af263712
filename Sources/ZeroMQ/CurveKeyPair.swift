import CZeroMQ

/// A new pair of Curve keys in Z85, 40 characters each.
package struct CurveKeyPair: Sendable {
  /// What everybody may know.
  package let publicKey: String
  /// What only the owner may know.
  package let secretKey: String

  /// - Throws: `ENOTSUP` when ZeroMQ was built without encryption.
  package init() throws(ZeroMQError) {
    var publicText = [CChar](repeating: 0, count: 41)
    var secretText = [CChar](repeating: 0, count: 41)
    guard zmq_curve_keypair(&publicText, &secretText) == 0 else { throw .last("make a key pair") }
    publicKey = Self.text(publicText)
    secretKey = Self.text(secretText)
  }

  private static func text(_ key: [CChar]) -> String {
    String(decoding: key.prefix(40).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

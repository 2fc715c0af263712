import JupyterWire
import Testing

@Suite struct MessageSignerTests {
  private let key = Array("Jefe".utf8)
  private let parts = ["what do ya ", "", "want for", " nothing?"].map { Array($0.utf8) }

  /// RFC 4231, test case 2.
  @Test(arguments: [
    (MessageSigner.Scheme.sha256, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    (
      .sha512,
      "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
        + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
    ),
  ])
  func signsAsTheStandardSays(scheme: MessageSigner.Scheme, expected: String) {
    let signer = MessageSigner(scheme: scheme, key: key)
    #expect(String(decoding: signer.signature(of: parts), as: UTF8.self) == expected)
    #expect(signer.verifies(Array(expected.utf8), of: parts))
  }

  @Test func refusesEveryOtherSignature() {
    let signer = MessageSigner(key: key)
    let right = signer.signature(of: parts)
    for index in right.indices {
      var wrong = right
      wrong[index] ^= 1
      #expect(!signer.verifies(wrong, of: parts))
    }
    #expect(!signer.verifies([], of: parts))
    #expect(!signer.verifies(right + [0], of: parts))
    #expect(!signer.verifies(Array(right.dropLast()), of: parts))
  }

  @Test func anEmptyKeyTurnsSigningOff() {
    let signer = MessageSigner(key: [])
    #expect(signer.signature(of: parts).isEmpty)
    #expect(signer.verifies([1, 2, 3], of: parts))
  }
}

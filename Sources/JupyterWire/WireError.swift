/// Why frames are not a message to be believed.
package enum WireError: Error, Sendable, Equatable, CustomStringConvertible {
  case noDelimiter
  case tooFewFrames(Int)
  case badSignature
  case replayed
  /// A part of the message, and what is wrong with it.
  case badPart(String, String)
  /// A signature scheme that is not known here.
  case unknownScheme(String)

  /// The error in one sentence.
  package var description: String {
    switch self {
    case .noDelimiter: "There is no <IDS|MSG> delimiter among the frames."
    case .tooFewFrames(let count): "A message has at least 5 frames after the delimiter; this one has \(count)."
    case .badSignature: "The signature is wrong: the sender does not have the key of the connection file."
    case .replayed: "The signature was seen before: somebody sends an old message again."
    case .badPart(let part, let problem): "The \(part) is unusable: \(problem)"
    case .unknownScheme(let scheme):
      "The signature scheme '\(scheme)' is unknown. Known are hmac-sha256 and hmac-sha512."
    }
  }
}

import CSodium
import Glibc
import JSON

/// Who sent a message, when, and what it is.
package struct MessageHeader: Sendable, Hashable {
  /// The version of the protocol that outgoing messages follow.
  package static let protocolVersion = "5.6"

  /// Unique to the message. (Protocol: `msg_id`)
  package let identifier: String
  /// The sender's session. A kernel has a new one whenever it starts.
  package let session: String
  /// Who sent it, as the sender calls itself.
  package let username: String
  /// When it was made, ISO 8601 in UTC.
  package let date: String
  /// What it is: `execute_request`. (Protocol: `msg_type`)
  package let type: String
  /// The version of the protocol that the sender follows.
  package let version: String
  /// The subshell that a request is meant for; `nil` for the main one. (Protocol: `subshell_id`)
  package let subshell: String?
  /// The header as it is on the wire. Replies carry the request's bytes back unchanged, unknown members included.
  package let encoded: [UInt8]

  /// The header of a new message.
  package init(type: String, session: String, username: String = "kernel") {
    self.identifier = MessageHeader.randomIdentifier()
    self.session = session
    self.username = username
    self.date = MessageHeader.now()
    self.type = type
    self.version = Self.protocolVersion
    self.subshell = nil
    let members: JSONValue = [
      "msg_id": .string(identifier), "session": .string(session), "username": .string(username),
      "date": .string(date), "msg_type": .string(type), "version": .string(version),
    ]
    self.encoded = members.serializedBytes()
  }

  /// Reads a header; only an identifier and a type are demanded of it.
  package init(parsing bytes: [UInt8]) throws(WireError) {
    let members: JSONValue
    do { members = try JSONValue(parsing: bytes) } catch { throw .badPart("header", error.description) }
    guard let identifier = members["msg_id"]?.string else { throw .badPart("header", "no 'msg_id'") }
    guard let type = members["msg_type"]?.string else { throw .badPart("header", "no 'msg_type'") }
    self.identifier = identifier
    self.type = type
    session = members["session"]?.string ?? ""
    username = members["username"]?.string ?? ""
    date = members["date"]?.string ?? ""
    version = members["version"]?.string ?? ""
    subshell = members["subshell_id"]?.string
    encoded = bytes
  }

  /// 128 random bits in hexadecimal.
  package static func randomIdentifier() -> String {
    var bytes = [UInt8](repeating: 0, count: 16)
    randombytes_buf(&bytes, bytes.count)
    return String(decoding: hexadecimal(bytes), as: UTF8.self)
  }

  /// The time in ISO 8601, such as `2026-01-31T09:05:00.123456Z`.
  package static func now() -> String {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    var parts = tm()
    gmtime_r(&time.tv_sec, &parts)
    func digits(_ value: Int, _ width: Int) -> String {
      let text = String(value)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    let day = "\(Int(parts.tm_year) + 1900)-\(digits(Int(parts.tm_mon) + 1, 2))-\(digits(Int(parts.tm_mday), 2))"
    let clock = "\(digits(Int(parts.tm_hour), 2)):\(digits(Int(parts.tm_min), 2)):\(digits(Int(parts.tm_sec), 2))"
    return "\(day)T\(clock).\(digits(time.tv_nsec / 1000, 6))Z"
  }
}

/// Bytes as lower-case hexadecimal digits, the form in which signatures travel.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> [UInt8] {
  let digits = Array("0123456789abcdef".utf8)
  return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
}

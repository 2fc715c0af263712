import Glibc
import JSON
import JupyterWire
import ZeroMQ

/// Tells a launcher on which ports its kernel listens, and waits until it has taken note.
struct Registration {
  /// A launcher that takes longer is gone.
  static let limit = Duration.seconds(60)

  let file: RegistrationFile
  let ports: [ConnectionFile.Channel: Int]

  /// - Returns: whether the launcher has answered in time.
  func run(log: KernelLog) throws(ZeroMQError) -> Bool {
    let context = try Context()
    let socket = try Socket(file.dialect == .messages ? .request : .dealer, in: context)
    defer { socket.close() }
    try socket.setLinger(milliseconds: 0)
    try socket.setTimeout(milliseconds: 1000)
    if file.address.contains(":") { try socket.allowIPv6() }
    try socket.connect(file.endpoint)
    try socket.send(request)
    let end = ContinuousClock.now + Self.limit
    while ContinuousClock.now < end {
      guard let frames = try socket.receive(limits: Socket.Limits(parts: 64, bytes: 1 << 20)) else { continue }
      if isAcknowledgement(frames) { return true }
      log("The launcher at \(file.endpoint) has answered with what is not an acknowledgement, or not signed.")
    }
    return false
  }

  /// The address of this machine by which a launcher reaches it: that of the way to the launcher.
  static func ownAddress(towards address: String, port: Int) -> String {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
    hints.ai_flags = AI_NUMERICHOST
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(address, String(port), &hints, &found) == 0, let target = found else { return address }
    defer { freeaddrinfo(target) }
    // Nothing is sent: a datagram socket that connects only learns its own address.
    let probe = socket(target.pointee.ai_family, hints.ai_socktype, 0)
    defer { close(probe) }
    guard probe >= 0, connect(probe, target.pointee.ai_addr, target.pointee.ai_addrlen) == 0 else { return address }
    var own = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let status = withUnsafeMutablePointer(to: &own) { storage in
      // Every kind of socket address begins as `sockaddr` does, and the storage has room for each.
      storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { own in
        guard getsockname(probe, own, &length) == 0 else { return EAI_FAIL }
        return getnameinfo(own, length, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
      }
    }
    return status == 0 ? String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self) : address
  }

  private var request: [[UInt8]] {
    switch file.dialect {
    case .handshake(let kernel):
      var content: [String: JSONValue] = ["kernel_id": .string(kernel)]
      for (channel, port) in ports { content[channel.rawValue + "_port"] = .string(String(port)) }
      let bytes = JSONValue.object(content).serializedBytes()
      return [MessageCodec.delimiter, file.signer.signature(of: [bytes]), bytes]
    case .messages:
      var content: [String: JSONValue] = [:]
      for (channel, port) in ports { content[channel.rawValue + "_port"] = .integer(port) }
      let header = MessageHeader(type: "handshake_request", session: MessageHeader.randomIdentifier())
      return MessageCodec(signer: file.signer).encode(Message(header: header, content: .object(content)))
    }
  }

  private func isAcknowledgement(_ frames: [[UInt8]]) -> Bool {
    switch file.dialect {
    case .handshake:
      // What it says is left to the launcher; that it comes from there is what counts.
      guard let delimiter = frames.firstIndex(of: MessageCodec.delimiter), delimiter + 1 < frames.count else {
        return false
      }
      return file.signer.verifies(frames[delimiter + 1], of: Array(frames[(delimiter + 2)...]))
    case .messages:
      let reply = try? MessageCodec(signer: file.signer).decode(frames)
      return reply?.header.type == "handshake_reply" && reply?.content["status"] == "ok"
    }
  }
}

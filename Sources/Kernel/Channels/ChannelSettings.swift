import JupyterWire
import ZeroMQ

/// What all channels of a kernel share.
struct ChannelSettings: Sendable {
  let context: Context
  let connection: ConnectionFile
  let codec: MessageCodec
  let log: KernelLog
  /// Where the channels have come to listen.
  let ports = BoundPorts()

  /// The longest part of a message: room for widgets that send pictures and tables, not for what fills the memory.
  static let longestPart = 256 << 20
  /// The longest message.
  static let limits = Socket.Limits(parts: 4096, bytes: 512 << 20)

  init(connection: ConnectionFile, log: KernelLog) throws(ZeroMQError) {
    context = try Context()
    codec = MessageCodec(signer: connection.signer)
    self.connection = connection
    self.log = log
  }

  /// A socket that listens where the connection file says.
  func socket(
    _ kind: Socket.Kind, for channel: ConnectionFile.Channel, longestPart: Int = ChannelSettings.longestPart,
    configure: (Socket) throws(ZeroMQError) -> Void = { (_: Socket) throws(ZeroMQError) in }
  ) throws(ZeroMQError) -> Socket {
    let socket = try Socket(kind, in: context)
    // Long enough for the last reply to leave, short enough that nobody notices at the end.
    try socket.setLinger(milliseconds: 1000)
    try socket.setMaximumPartSize(bytes: Int64(longestPart))
    if connection.transport == .tcp && connection.address.contains(":") { try socket.allowIPv6() }
    if let keys = connection.curveKeys { try socket.serveCurve(secretKey: keys.secretKey) }
    try configure(socket)
    try socket.bind(connection.endpoint(channel))
    try ports.note(channel, given: connection.ports[channel] ?? 0, socket: socket)
    return socket
  }
}

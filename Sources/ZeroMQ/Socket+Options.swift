import CZeroMQ

extension Socket {
  /// How many milliseconds a closed socket may go on sending.
  package func setLinger(milliseconds: Int) throws(ZeroMQError) { try set(ZMQ_LINGER, Int32(milliseconds), "linger") }

  /// How many messages may wait to be sent to one peer; 0 for any number.
  package func setSendLimit(messages: Int) throws(ZeroMQError) { try set(ZMQ_SNDHWM, Int32(messages), "send limit") }

  /// How many messages of one peer may wait to be received; 0 for any number.
  package func setReceiveLimit(messages: Int) throws(ZeroMQError) {
    try set(ZMQ_RCVHWM, Int32(messages), "receive limit")
  }

  /// The longest part of a message that is let in; who sends a longer one is disconnected.
  package func setMaximumPartSize(bytes: Int64) throws(ZeroMQError) {
    try set(ZMQ_MAXMSGSIZE, bytes, "maximum message size")
  }

  /// Lets an endpoint be an IPv6 address.
  package func allowIPv6() throws(ZeroMQError) { try set(ZMQ_IPV6, 1 as Int32, "IPv6") }

  /// ROUTER: a client that connects again under its old name takes over from its old connection.
  package func setHandover() throws(ZeroMQError) { try set(ZMQ_ROUTER_HANDOVER, 1 as Int32, "handover") }

  /// XPUB: report every subscription, not only the first to each topic.
  package func reportEverySubscription() throws(ZeroMQError) {
    try set(ZMQ_XPUB_VERBOSE, 1 as Int32, "verbose subscriptions")
  }

  /// XPUB: when a subscriber is too slow, refuse to send (`true`) or lose that subscriber's copy (`false`).
  package func setWaitsForSlowSubscribers(_ waits: Bool) throws(ZeroMQError) {
    try set(ZMQ_XPUB_NODROP, (waits ? 1 : 0) as Int32, "waiting for subscribers")
  }

  /// SUB: receive what begins with `topic`; everything, if it is empty.
  package func subscribe(to topic: [UInt8] = []) throws(ZeroMQError) {
    guard zmq_setsockopt(handle, ZMQ_SUBSCRIBE, topic, topic.count) == 0 else { throw .last("subscribe") }
  }

  /// The name by which a ROUTER will know this socket.
  package func setIdentity(_ identity: [UInt8]) throws(ZeroMQError) {
    guard zmq_setsockopt(handle, ZMQ_ROUTING_ID, identity, identity.count) == 0 else { throw .last("set the identity") }
  }

  /// How long sending and receiving may wait; after that they return as if told not to.
  package func setTimeout(milliseconds: Int) throws(ZeroMQError) {
    try set(ZMQ_RCVTIMEO, Int32(milliseconds), "receive timeout")
    try set(ZMQ_SNDTIMEO, Int32(milliseconds), "send timeout")
  }

  /// Encrypts what this socket's peers send and receive; set before ``bind(_:)``.
  ///
  /// - Parameter secretKey: Z85, 40 characters.
  package func serveCurve(secretKey: String) throws(ZeroMQError) {
    try set(ZMQ_CURVE_SERVER, 1 as Int32, "Curve server")
    try set(ZMQ_CURVE_SECRETKEY, key: secretKey, "Curve secret key")
  }

  /// Encrypts the connection to a Curve server; set before ``connect(_:)``. All keys in Z85, 40 characters.
  package func connectCurve(serverKey: String, publicKey: String, secretKey: String) throws(ZeroMQError) {
    try set(ZMQ_CURVE_SERVERKEY, key: serverKey, "Curve server key")
    try set(ZMQ_CURVE_PUBLICKEY, key: publicKey, "Curve public key")
    try set(ZMQ_CURVE_SECRETKEY, key: secretKey, "Curve secret key")
  }

  private func set(_ option: Int32, _ value: some BitwiseCopyable, _ name: String) throws(ZeroMQError) {
    let status = withUnsafeBytes(of: value) { zmq_setsockopt(handle, option, $0.baseAddress, $0.count) }
    guard status == 0 else { throw .last("set the \(name)") }
  }

  private func set(_ option: Int32, key: String, _ name: String) throws(ZeroMQError) {
    // ZeroMQ knows a Z85 key by its 41 bytes, the terminating zero included.
    let bytes = Array(key.utf8) + [0]
    guard zmq_setsockopt(handle, option, bytes, bytes.count) == 0 else { throw .last("set the \(name)") }
  }
}

import Glibc
import Testing
import ZeroMQ

@Suite struct SocketTests {
  private func pair(_ first: Socket.Kind, _ second: Socket.Kind) throws -> (Context, Socket, Socket) {
    let context = try Context()
    let server = try Socket(first, in: context)
    let client = try Socket(second, in: context)
    for socket in [server, client] {
      try socket.setLinger(milliseconds: 0)
      try socket.setTimeout(milliseconds: 5000)
    }
    return (context, server, client)
  }

  private func link(_ server: Socket, _ client: Socket, at endpoint: String = "tcp://127.0.0.1:*") throws {
    try server.bind(endpoint)
    try client.connect(try server.lastEndpoint())
  }

  @Test func carriesMessagesInParts() throws {
    let (_, router, dealer) = try pair(.router, .dealer)
    try dealer.setIdentity(Array("me".utf8))
    try link(router, dealer)
    let big = [UInt8](repeating: 7, count: 3_000_000)
    try dealer.send([[], [1, 2], big])
    let received = try #require(try router.receive())
    #expect(received == [Array("me".utf8), [], [1, 2], big])
    try router.send([Array("me".utf8), [3]])
    #expect(try dealer.receive() == [[3]])
  }

  @Test func saysWhenThereIsNothing() throws {
    let (_, first, second) = try pair(.pair, .pair)
    try link(first, second, at: "inproc://nothing")
    #expect(try first.receive(wait: false) == nil)
    #expect(try Poll.wait(first, orDescriptor: -1, timeout: 10) == (false, false))
    try second.send([[1]])
    #expect(try Poll.wait(first, orDescriptor: -1, timeout: 5000) == (true, false))
  }

  @Test func wakesUpForADescriptor() throws {
    let (_, first, second) = try pair(.pair, .pair)
    try link(first, second, at: "inproc://descriptor")
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    #expect(write(ends[1], [1], 1) == 1)
    #expect(try Poll.wait(first, orDescriptor: ends[0]) == (false, true))
  }

  @Test func tellsOfEverySubscription() throws {
    let (context, publisher, first) = try pair(.extendedPublish, .subscribe)
    try publisher.reportEverySubscription()
    try link(publisher, first)
    try first.subscribe()
    #expect(try publisher.receive() == [[1]])
    let second = try Socket(.subscribe, in: context)
    try second.setLinger(milliseconds: 0)
    try second.connect(try publisher.lastEndpoint())
    try second.subscribe()
    #expect(try publisher.receive() == [[1]])
    try publisher.send([Array("topic".utf8), [1]])
    #expect(try first.receive() == [Array("topic".utf8), [1]])
  }

  @Test func takesNoMoreThanTheLimits() throws {
    let (_, first, second) = try pair(.pair, .pair)
    try link(first, second, at: "inproc://limits")
    try second.send([[UInt8]](repeating: [1], count: 11))
    try second.send([[UInt8](repeating: 1, count: 200)])
    try second.send([[2]])
    let limits = Socket.Limits(parts: 10, bytes: 100)
    for _ in 0..<2 {
      let error = #expect(throws: ZeroMQError.self) { try first.receive(limits: limits) }
      #expect(error?.isTooLong == true)
    }
    #expect(try first.receive(limits: limits) == [[2]])
  }

  @Test func disconnectsWhoSendsTooLongAPart() throws {
    let (context, router, hostile) = try pair(.router, .dealer)
    try router.setMaximumPartSize(bytes: 1000)
    try link(router, hostile)
    try hostile.send([[UInt8](repeating: 1, count: 2000)])
    let honest = try Socket(.dealer, in: context)
    try honest.setLinger(milliseconds: 0)
    try honest.connect(try router.lastEndpoint())
    try honest.send([[5]])
    #expect(try router.receive()?.last == [5])
  }

  @Test func errorsSayWhatAndWhere() throws {
    let (context, first, _) = try pair(.router, .dealer)
    try first.bind("tcp://127.0.0.1:*")
    let endpoint = try first.lastEndpoint()
    let second = try Socket(.router, in: context)
    let error = #expect(throws: ZeroMQError.self) { try second.bind(endpoint) }
    #expect(error?.description == "ZeroMQ cannot bind at \(endpoint): Address already in use.")
    #expect(throws: ZeroMQError.self) { try second.bind("nonsense") }
  }

  /// A socket that was handed over to a thread ends there when its context is shut down.
  @Test func shutdownEndsWaiting() async throws {
    let context = try Context()
    let waiter = Task.detached {
      let socket = try Socket(.pair, in: context)
      try socket.bind("inproc://shutdown")
      _ = try socket.receive()
    }
    try await Task.sleep(for: .milliseconds(50))
    context.shutdown()
    let error = await #expect(throws: ZeroMQError.self) { try await waiter.value }
    #expect(error?.isTermination == true)
  }

  @Test func encryptsWithCurve() throws {
    try #require(Context.supportsCurve)
    let (_, server, client) = try pair(.router, .dealer)
    let serverKeys = try CurveKeyPair()
    let clientKeys = try CurveKeyPair()
    try server.serveCurve(secretKey: serverKeys.secretKey)
    try client.connectCurve(
      serverKey: serverKeys.publicKey, publicKey: clientKeys.publicKey, secretKey: clientKeys.secretKey)
    try link(server, client)
    try client.send([[1]])
    #expect(try server.receive()?.last == [1])
  }

  @Test func aCurveServerHearsNoPlainClient() throws {
    try #require(Context.supportsCurve)
    let (_, server, client) = try pair(.router, .dealer)
    try server.serveCurve(secretKey: try CurveKeyPair().secretKey)
    try server.setTimeout(milliseconds: 200)
    try link(server, client)
    try client.send([[1]])
    #expect(try server.receive() == nil)
  }
}

import JupyterWire
import ZeroMQ

/// Sends back whatever arrives, on a thread that does nothing else: how a frontend knows that the kernel lives.
///
/// A ROUTER echoes to a client's REQ just as a REP would, and cannot be brought out of step by a client that is not
/// one.
final class HeartbeatChannel: Sendable {
  let thread: OwnedThread

  init(settings: ChannelSettings) throws(ZeroMQError) {
    let socket = try settings.socket(.router, for: .hb, longestPart: 65_536)
    let log = settings.log
    thread = OwnedThread(named: "martlet-hb") {
      while true {
        do throws(ZeroMQError) {
          if let beat = try socket.receive(limits: Socket.Limits(parts: 16)) { try socket.send(beat) }
        } catch {
          if error.isTooLong { continue }
          if !error.isTermination { log("The heartbeat channel has ended. \(error)") }
          break
        }
      }
      socket.close()
    }
  }
}

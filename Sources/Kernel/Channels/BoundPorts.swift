import JupyterWire
import Synchronization
import ZeroMQ

/// The ports that the channels listen on, those included that the system has chosen.
final class BoundPorts: Sendable {
  private let ports = Mutex<[ConnectionFile.Channel: Int]>([:])

  /// Those of all channels that listen by now.
  var all: [ConnectionFile.Channel: Int] { ports.withLock { $0 } }

  /// Takes note of the port of a socket that was bound; `given` is 0 where the system chose.
  func note(_ channel: ConnectionFile.Channel, given: Int, socket: Socket) throws(ZeroMQError) {
    var port = given
    if port == 0 { port = Int(try socket.lastEndpoint().split(separator: ":").last ?? "") ?? 0 }
    ports.withLock { $0[channel] = port }
  }
}

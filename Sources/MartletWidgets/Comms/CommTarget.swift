/// Lets frontends open comms to a target.
///
///     registerCommTarget("echo") { comm, opening in
///       comm.onMessage { message in comm.send(message.data, buffers: message.buffers) }
///     }
///
/// A comm to a target that nobody has registered is closed at once, and so is one whose handler traps. ``Comm`` says on
/// which thread the handler runs.
///
/// - Parameters:
///   - name: the target's name; an earlier handler under it is replaced.
///   - handler: gets each comm that is opened, with the message that opened it.
public func registerCommTarget(_ name: String, _ handler: @escaping (Comm, Comm.Message) -> Void) {
  CommRegistry.shared.register(name, handler)
}

/// Takes a target back: from now on, comms to it are closed at once. Those that are open stay open.
public func unregisterCommTarget(_ name: String) { CommRegistry.shared.register(name, nil) }

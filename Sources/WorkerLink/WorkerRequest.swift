/// What the session asks of the worker.
package enum WorkerRequest: Sendable, Equatable {
  /// Load the libraries and the cell's own, then call the cell's entry point.
  case run(cell: UInt32, libraries: [String], path: String, entry: String)
  /// Stop the running cell: level 1 where it polls or waits, level 2 anywhere.
  case interrupt(level: UInt8)
  case inputReply(WorkerInputReply)
  /// Make a change and tell what directory and environment are then.
  case surroundings(WorkerSurroundings.Change?)
  /// End a group of processes, which the session has started, should the session be killed; or no longer.
  case ward(group: Int32, isThere: Bool)
  /// Answer questions about variables; the answer comes as the event `inspected` with the same identifier.
  case inspect(identifier: UInt32, [InspectionItem])
  /// A frontend's message on a comm.
  case comm(WorkerComm)
  /// Stop the callback that runs, if one does.
  case interruptCallback(level: UInt8)

  package var frame: Frame {
    var writer = FrameWriter()
    switch self {
    case .run(let cell, let libraries, let path, let entry):
      writer.put(cell)
      writer.put(UInt32(libraries.count))
      for library in libraries { writer.put(library) }
      writer.put(path)
      writer.put(entry)
      return Frame(kind: 1, payload: writer.bytes)
    case .interrupt(let level): return Frame(kind: 2, payload: [level])
    case .inputReply(let reply):
      switch reply {
      case .line(let line):
        writer.put(UInt8(0))
        writer.put(line)
      case .endOfFile:
        writer.put(UInt8(1))
        writer.put("")
      case .notAllowed:
        writer.put(UInt8(2))
        writer.put("")
      }
      return Frame(kind: 3, payload: writer.bytes)
    case .surroundings(let change): return Frame(kind: 4, payload: change.payload)
    case .ward(let group, let isThere):
      writer.put(UInt32(bitPattern: group))
      writer.put(UInt8(isThere ? 1 : 0))
      return Frame(kind: 5, payload: writer.bytes)
    case .inspect(let identifier, let items):
      writer.put(identifier)
      writer.put(UInt32(items.count))
      for item in items { item.write(to: &writer) }
      return Frame(kind: 20, payload: writer.bytes)
    case .comm(let comm): return comm.frame
    case .interruptCallback(let level): return Frame(kind: 13, payload: [level])
    }
  }
}

/// The answer to a cell that asked for a line of input.
package enum WorkerInputReply: Sendable, Equatable {
  /// A line, without its line break.
  case line(String)
  case endOfFile
  /// There is nobody to ask: the cell ends with an error.
  case notAllowed
}

/// The time that a cell's own code took; compiling and loading it is not part of it.
package struct CellUsage: Sendable, Equatable {
  package var wall: Duration
  /// The processor time of all of the worker's threads.
  package var processor: Duration
  /// The part of it that was spent in the system.
  package var system: Duration

  package init(wall: Duration = .zero, processor: Duration = .zero, system: Duration = .zero) {
    self.wall = wall
    self.processor = processor
    self.system = system
  }

  /// The part of the processor time that was spent outside the system.
  package var user: Duration { processor - system }
}

extension CellUsage {
  init?(_ reader: inout FrameReader) {
    guard let wall = reader.unsigned64(), let processor = reader.unsigned64(), let system = reader.unsigned64() else {
      return nil
    }
    self.init(wall: Self.duration(wall), processor: Self.duration(processor), system: Self.duration(system))
  }

  private static func duration(_ nanoseconds: UInt64) -> Duration {
    .nanoseconds(Int64(clamping: nanoseconds))
  }
}

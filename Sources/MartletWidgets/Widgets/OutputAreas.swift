import MartletDisplay

/// The areas by the numbers of their captures.
///
/// `@unchecked Sendable`: everything is used under `lock` only.
final class OutputAreas: @unchecked Sendable {
  static let shared = OutputAreas()

  private struct Reference { weak var area: OutputArea? }
  private let lock = Lock()
  private var areas: [UInt32: Reference] = [:]
  private var last: UInt32 = 0

  func nextNumber() -> UInt32 {
    lock {
      last += 1
      return last
    }
  }

  func add(_ area: OutputArea, _ number: UInt32) {
    lock {
      areas = areas.filter { $0.value.area != nil }
      areas[number] = Reference(area: area)
    }
  }

  func find(_ number: UInt32) -> OutputArea? { lock { areas[number]?.area } }
}

/// Called by the worker when there is something new to take over.
@_cdecl("martlet_captured")
public func _martletCaptured(_ number: UInt32) { OutputAreas.shared.find(number)?.showSoon() }

import Cells
import Foundation
import Synchronization

/// Has the next cell compiled while one runs, where a front end knows which that is: with "Run All", cells wait in a queue.
final class CompilingAhead: Sendable {
  private let upcoming: @Sendable () -> CellRequest?
  private let running: CompiledCell
  private let chain: CellChain
  private let isOver = Mutex(false)

  /// How long after its start the running cell is asked about, in milliseconds: a queue is not full at once, and a cell
  /// that ends at once gives no time to use.
  private static let moments = [2, 10, 50, 250, 1_000]
  private static let queue = DispatchQueue(label: "martlet.ahead")
  /// The parser and the rewriter follow the nesting of the code.
  private static let stackSize = 16 << 20

  init(_ upcoming: @escaping @Sendable () -> CellRequest?, after running: CompiledCell, chain: CellChain) {
    self.upcoming = upcoming
    self.running = running
    self.chain = chain
  }

  func start() { ask(moment: 0) }

  /// The cell has ended: what is not begun is left.
  func end() { isOver.withLock { $0 = true } }

  private func ask(moment: Int) {
    guard Self.moments.indices.contains(moment) else { return }
    Self.queue.asyncAfter(deadline: .now() + .milliseconds(Self.moments[moment])) { [self] in
      if isOver.withLock({ $0 }) { return }
      guard let next = upcoming() else { return ask(moment: moment + 1) }
      // What its commands do first may change what its Swift means.
      if CellPlan(next.code).hasCommands { return }
      let thread = Thread { [self] in
        chain.compileAhead(next.code, number: next.number, identifier: next.identifier, after: running)
      }
      thread.stackSize = Self.stackSize
      thread.start()
    }
  }
}

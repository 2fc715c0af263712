import Dispatch
import Glibc
import Kernel
import Synchronization
import Testing

@Suite struct ProcessTests {
  private final class Received: Sendable {
    let signals = Mutex<[Int32]>([])
    let arrived = DispatchSemaphore(value: 0)

    func append(_ signal: Int32) {
      signals.withLock { $0.append(signal) }
      arrived.signal()
    }

    func wait() -> Bool { arrived.wait(timeout: .now() + 10) == .success }
  }

  @Test func signalsAreDeliveredEvenIfTheyCameEarly() {
    let received = Received()
    let watcher = SignalWatcher(signals: [SIGUSR1, SIGUSR2])
    kill(getpid(), SIGUSR1)
    watcher.start(received.append)
    #expect(received.wait())
    kill(getpid(), SIGUSR2)
    #expect(received.wait())
    #expect(received.signals.withLock { $0 } == [SIGUSR1, SIGUSR2])
  }

  @Test func aParentThatIsGoneIsNoticed() {
    let received = Received()
    let calls = Atomic(0)
    ParentWatcher.start(
      environment: ["JPY_PARENT_PID": "100"],
      parent: { calls.add(1, ordering: .relaxed).newValue < 2 ? 200 : 1 },
      parentDied: { received.append(0) })
    #expect(received.wait())
  }

  @Test func anOrphanEndsAtOnce() {
    let received = Received()
    ParentWatcher.start(environment: ["JPY_PARENT_PID": "100"], parent: { 1 }, parentDied: { received.append(0) })
    #expect(received.signals.withLock { $0.count } == 1)
  }

  @Test(arguments: [[:], ["JPY_PARENT_PID": "nonsense"], ["JPY_PARENT_PID": "0"]])
  func withoutALauncherNobodyWatches(environment: [String: String]) {
    let received = Received()
    ParentWatcher.start(environment: environment, parent: { 1 }, parentDied: { received.append(0) })
    #expect(received.signals.withLock { $0.isEmpty })
  }
}

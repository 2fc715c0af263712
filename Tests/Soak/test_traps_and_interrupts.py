"""One session that is treated badly for a long time, and the first cell's variables at its end."""

import random
import time

import parameters
from conversation import Exchange

SETUP = """
import Foundation
import Martlet
struct Broken: Error {}
final class Witness { let name = "witness"; deinit { print("the witness is gone") } }
var intact = ["first": [1, 2, 3]]
let witness = Witness()
let numbers = [1, 2, 3]
var zero = 0, nine = "9", word = "text", words = ["1", "x"], trapped = 0
let anything: Any = 1.5
func fail() throws { throw Broken() }
func down(_ n: Int) -> Int { n < 0 ? 0 : down(n + 1) &+ down(n &+ numbers.count) }
final class Falls { deinit { _ = numbers[zero + 7] } }
weak var nobody: Witness?
var rounds = 0, table: [String: [Int]] = [:], log: [String] = [], text = ""
"""

# Each way in which Swift code stops at run time. What decides is hidden from the optimiser in variables.
TRAPS = {
    "index out of range": "numbers[Int(nine)!]",
    "nil": "let missing = Int(word)!",
    "addition": "var sum = Int.max; sum += numbers.count",
    "division": "numbers[0] / zero",
    "remainder": "numbers[0] % zero",
    "fatalError": 'fatalError("stop number \\(numbers.count)")',
    "precondition": 'precondition(numbers.isEmpty, "not empty")',
    "preconditionFailure": "preconditionFailure()",
    "try!": "try! fail()",
    "cast": "anything as! [String: Int]",
    "conversion": "UInt8(numbers[2] * 1000)",
    "not a number": "Int(Double(zero) / Double(zero))",
    "range": "for i in numbers[2]...zero { print(i) }",
    "key twice": "Dictionary(uniqueKeysWithValues: [(word, 1), (word, 2)])",
    "removal": "var nothing = numbers.filter { $0 > 100 }; nothing.removeLast()",
    "string index": "word[word.index(word.startIndex, offsetBy: 50)]",
    "implicit unwrapping": "let gone: Witness! = nobody; print(gone.name)",
    "wild pointer": "UnsafeMutablePointer<Int>(bitPattern: 16 + zero)!.pointee = 1",
    "stack overflow": "down(0)",
    "abort": "abort()",
    "signal": "raise(SIGSEGV)",
    "closure": "words.map { Int($0)! }",
    "sorting": "numbers.sorted { numbers[$1 + 7] > $0 }",
    "deinit": "do { _ = Falls() }",
    "task": "let hidden = Task { numbers[Int(nine)!] }\nawait hidden.value",
    "task group": "await withTaskGroup(of: Int.self) { group in for i in 0..<4 { group.addTask { numbers[i + 7] } }; for await n in group { print(n) } }",
    "queue": 'DispatchQueue(label: "q").sync { print(numbers[Int(nine)!]) }',
    "toolkit": "Matrix([[1, 2]]) • Matrix([[1, 2, 3]])",
}

# Loops that change what cells share, and waits of every kind.
ENDLESS = {
    "loop": "while true { rounds &+= 1 }",
    "containers": """while true {
  rounds += 1
  table["key \\(rounds % 997)", default: []].append(rounds)
  log.append("word \\(rounds)")
  text += "\\(rounds % 10)"
  if log.count > 5_000 { log.removeAll(); table.removeAll(); text = "" }
}""",
    "sleep": "Thread.sleep(forTimeInterval: 600)",
    "await": "try await Task.sleep(for: .seconds(600))",
    "semaphore": "DispatchSemaphore(value: 0).wait()",
    "recursion": "func fib(_ n: Int) -> Int { n < 2 ? n : fib(n - 1) &+ fib(n - 2) }\n_ = fib(90)",
    "printing": "while true { print(rounds); rounds += 1 }",
}

AUDIT = """intact == ["first": [1, 2, 3]] && witness.name == "witness" && numbers == [1, 2, 3]
  && table.values.reduce(0) { $0 + $1.count } == log.count && text.count == log.count
  && log.allSatisfy { $0.hasPrefix("word ") } && table.keys.allSatisfy { $0.hasPrefix("key ") }"""


def test_traps_and_interrupts_in_one_session(kernel, report):
    choices = random.Random(parameters.SEED)
    kernel.succeeds(SETUP)
    worker = kernel.child("worker")
    before, start = kernel.memory(), kernel.cpu()

    traps = parameters.count("traps")
    for round_number in range(traps):
        name = list(TRAPS)[round_number % len(TRAPS)]
        content = kernel.fails(f"trapped += 1\n{TRAPS[name]}")
        assert content["ename"] in ("Trap", "StackOverflow"), f"{name}, round {round_number}: {content}"
        if round_number % 50 == 49:
            assert kernel.succeeds(AUDIT) == "true", f"after {name}, round {round_number}"
    assert kernel.succeeds("trapped") == str(traps), "what a cell did before its trap is kept"
    report(f"{traps} traps, {1000 * (kernel.cpu() - start) / traps:.0f} ms of CPU time each; MB before {before}, after {kernel.memory()}")

    before, start = kernel.memory(), kernel.cpu()
    interrupts = parameters.count("interrupts")
    latencies = []
    for round_number in range(interrupts):
        name = list(ENDLESS)[round_number % len(ENDLESS)]
        content, latency = interrupted(kernel, ENDLESS[name], choices.uniform(0, 0.02))
        assert content["ename"] == "Interrupted", f"{name}, round {round_number}: {content}"
        latencies.append(latency)
        if round_number % 50 == 49:
            assert kernel.succeeds(AUDIT) == "true", f"after {name}, round {round_number}, seed {parameters.SEED}"
    latencies.sort()
    report(
        f"{interrupts} interrupts, {1000 * (kernel.cpu() - start) / interrupts:.0f} ms of CPU time each; from request to reply median "
        f"{1000 * latencies[len(latencies) // 2]:.0f} ms, worst {1000 * latencies[-1]:.0f} ms; MB before {before}, after {kernel.memory()}"
    )

    assert kernel.succeeds(AUDIT) == "true"
    assert kernel.child("worker") == worker, "the process that ran the first cell is the one that runs the last"
    threads = worker.num_threads()
    report(f"threads of the worker at the end: {threads}, descriptors {kernel.descriptors()}, virtual memory {worker.memory_info().vms / 1e9:.1f} GB")
    assert worker.memory_info().rss < 600e6


def interrupted(kernel, code, after):
    """Runs an endless cell and interrupts it a moment after its beginning; the reply's content, and the seconds until it came."""
    request = kernel.send('print("begun")\n' + code)
    try:
        exchange = kernel.wait_for_text(Exchange(request), "begun")
    except AssertionError as error:
        raise AssertionError(f"{error}\n{kernel.condition()}") from error
    time.sleep(after)
    start = time.monotonic()
    kernel.request("interrupt_request", {}, channel="control")
    reply = kernel.reply_to(request, limit=20)
    latency = time.monotonic() - start
    kernel.publish_until(exchange, lambda m: m["msg_type"] == "status" and m["content"]["execution_state"] == "idle")
    while kernel.client.control_channel.msg_ready():
        kernel.client.control_channel.get_msg(timeout=1)
    return reply["content"], latency

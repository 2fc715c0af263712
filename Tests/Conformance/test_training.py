"""Training in a cell that a client interrupts: it stops soon, what was learned stays, and the next cell goes on from there."""

import pytest
from conversation import Exchange

DATA = """
import Martlet
import Foundation
struct SlowDigits: Dataset {
  let seconds: Double
  var count: Int { 64 }
  func element(at index: Int) -> (x: [Float], label: Int) {
    if seconds > 0 { Thread.sleep(forTimeInterval: seconds) }
    return ([Float(index % 2), 1 - Float(index % 2)], index % 2)
  }
}
func batches(_ seconds: Double, prefetch: Int) -> DatasetLoader<SlowDigits, (x: Variable<Float>, y: Tensor<Int>)> {
  DatasetLoader(SlowDigits(seconds: seconds), batchSize: 8, prefetch: prefetch, seed: 1) { rows in
    (x: Variable(Tensor(rows.flatMap(\\.x), shape: [rows.count, 2])), y: Tensor(rows.map(\\.label)))
  }
}
"""

ENDLESS = """
var net = Linear(2, 2, seed: 1)
let start = net["weight"]
var trainer = Trainer(optimizer: SGD(learningRate: 0.1), epochs: 100_000, showsChart: SHOWN, seed: 1)
try trainer.fit(&net, batches(SECONDS, prefetch: PREFETCH), afterEpoch: { _, trainer in
  if trainer.history.epochs.count == 2 { print("begun") }
}) { model, batch, mode in crossEntropy(model(batch.x, mode: mode), batch.y) }
"""

AFTER = """
print(net["weight"] != start, trainer.history.epochs.count >= 2, trainer.history.epochs.allSatisfy { $0.loss.isFinite })
trainer.epochs = 1
let before = trainer.history.epochs.count
try trainer.fit(&net, batches(0, prefetch: 2)) { model, batch, mode in crossEntropy(model(batch.x, mode: mode), batch.y) }
print(trainer.history.epochs.count == before + 1)
"""


def interrupted(kernel, code, text):
    """Runs an endless cell and interrupts it once it has printed `text`."""
    request = kernel.send(code)
    exchange = kernel.wait_for_text(Exchange(request), text)
    kernel.reply_to(kernel.request("interrupt_request", {}, channel="control"), channel="control")
    exchange.reply = kernel.reply_to(request, limit=10)
    return kernel.publish_until(
        exchange, lambda m: m["msg_type"] == "status" and m["content"]["execution_state"] == "idle")


@pytest.mark.parametrize("shown", ["true", "false"])
@pytest.mark.parametrize("prefetch", [0, 2])
@pytest.mark.parametrize("seconds", [0, 0.004])
def test_interrupted_training_keeps_what_was_learned(kernel, seconds, prefetch, shown):
    kernel.run(DATA)
    code = ENDLESS.replace("SECONDS", str(seconds)).replace("PREFETCH", str(prefetch)).replace("SHOWN", shown)
    exchange = interrupted(kernel, code, "begun")
    assert exchange.content["status"] == "error" and "interrupt" in str(exchange.content).lower()
    assert kernel.run(AFTER).text().split() == ["true"] * 4


def test_interrupt_while_the_first_batch_is_awaited(kernel):
    """The other thread is within an element when the interrupt comes; no batch has been there yet."""
    kernel.run(DATA)
    code = """
    let all = batches(0.05, prefetch: 3)
    let pass = all.epoch()
    print("begun")
    _ = try pass.next()
    """
    exchange = interrupted(kernel, code, "begun")
    assert exchange.content["status"] == "error"
    exchange = kernel.run("let again = batches(0, prefetch: 3).epoch()\nprint(try again.next()!.y.count, try again.next()!.y.count)")
    assert exchange.text().split() == ["8", "8"]

"""usage_request: what the kernel and its processes use, against psutil's own measurement."""

import time

import psutil
import pytest
from conversation import Exchange

BUSY = """
import Foundation
print("on")
let end = Date() + 2.5
var sum = 0.0
while Date() < end { for x in 0..<100_000 { sum += Double(x).squareRoot() } }
"""


def usage(kernel):
    exchange = kernel.ask("usage_request", {}, "control")
    exchange.assert_framed()
    assert exchange.reply["msg_type"] == "usage_reply"
    return exchange.content


def family(kernel):
    root = psutil.Process(usage(kernel)["pid"])
    return [root, *root.children(recursive=True)]


def test_says_what_ipykernel_says(kernel):
    answer = usage(kernel)
    assert {
        "hostname", "pid", "kernel_cpu", "kernel_memory", "cpu_count", "host_virtual_memory", "host_cpu_percent"
    } <= answer.keys()
    assert answer["cpu_count"] == psutil.cpu_count(logical=True)
    assert 0 <= answer["host_cpu_percent"] <= 100


def test_memory_of_the_host_is_psutils(kernel):
    theirs, ours = psutil.virtual_memory()._asdict(), usage(kernel)["host_virtual_memory"]
    assert ours.keys() == dict(theirs).keys()
    assert ours["total"] == theirs["total"]
    for part in ("available", "used", "free", "active", "inactive", "cached"):
        assert ours[part] == pytest.approx(theirs[part], abs=theirs["total"] * 0.02), part


def test_memory_counts_the_worker_and_the_compilers(kernel):
    kernel.run("import Martlet\n1")
    processes = family(kernel)
    assert len(processes) > 2, "kernel, worker and compiler"
    expected = sum(process.memory_full_info().pss for process in processes)
    assert usage(kernel)["kernel_memory"] == pytest.approx(expected, rel=0.1)
    before = usage(kernel)["kernel_memory"]
    kernel.run("var block = [UInt8](repeating: 1, count: 300 << 20)")
    assert usage(kernel)["kernel_memory"] - before == pytest.approx(300 << 20, rel=0.15)


def test_processor_time_counts_the_worker(kernel):
    cell = kernel.send(BUSY)
    kernel.wait_for_text(Exchange(cell), "on")
    processes = family(kernel)
    seconds = lambda: sum(sum(process.cpu_times()[:2]) for process in processes)
    usage(kernel)
    before, start = seconds(), time.monotonic()
    time.sleep(1.5)
    share = usage(kernel)["kernel_cpu"]
    expected = (seconds() - before) / (time.monotonic() - start) * 100
    assert expected > 10, "the cell computes"
    assert share == pytest.approx(expected, rel=0.25, abs=5)
    kernel.collect(cell)


def test_is_answered_while_a_cell_runs(kernel):
    cell = kernel.send('import Foundation\nprint("on")\nThread.sleep(forTimeInterval: 60)')
    kernel.wait_for_text(Exchange(cell), "on")
    assert usage(kernel)["pid"] > 0
    kernel.manager.interrupt_kernel()
    assert kernel.reply_to(cell)["content"]["ename"] == "Interrupted"

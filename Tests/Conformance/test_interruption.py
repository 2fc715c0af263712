"""Interrupts, restarts, shutdown, and the death of the worker."""

import os
import queue
import signal
import statistics
import time

import pytest
from conversation import Exchange

ENDLESS = {
    "tight loop": "var n = 0\nwhile true { n &+= 1 }",
    "sleep": "import Foundation\nThread.sleep(forTimeInterval: 60)",
    "await": "try await Task.sleep(for: .seconds(60))",
    "semaphore": "import Dispatch\nDispatchSemaphore(value: 0).wait()",
}


def interrupted(kernel, code, interrupt):
    """Runs an endless cell, interrupts it once it has begun; returns the exchange and the seconds until its reply."""
    request = kernel.send('print("begun")\n' + code)
    exchange = kernel.wait_for_text(Exchange(request), "begun")
    time.sleep(0.05)
    start = time.monotonic()
    interrupt()
    exchange.reply = kernel.reply_to(request, limit=10)
    elapsed = time.monotonic() - start
    kernel.publish_until(exchange, lambda m: m["msg_type"] == "status" and m["content"]["execution_state"] == "idle")
    return exchange, elapsed


def by_message(kernel):
    return lambda: kernel.reply_to(kernel.request("interrupt_request", {}, channel="control"), channel="control")


@pytest.mark.parametrize("name", ENDLESS)
def test_interrupt_by_message(kernel, name):
    kernel.run('let kept = "kept"')
    exchange, _ = interrupted(kernel, ENDLESS[name], by_message(kernel))
    exchange.assert_framed()
    assert exchange.content["status"] == "error"
    assert exchange.types.count("error") == 1
    assert kernel.run("kept").result == '"kept"'


@pytest.mark.parametrize("name", ["tight loop", "sleep"])
def test_interrupt_by_signal(kernel, name):
    kernel.run('let kept = "kept"')
    process = kernel.manager.provisioner.process.pid
    exchange, _ = interrupted(kernel, ENDLESS[name], lambda: os.kill(process, signal.SIGINT))
    assert exchange.content["status"] == "error"
    assert kernel.run("kept").result == '"kept"'


def test_interrupt_by_signal_to_the_process_group(kernel):
    """What a terminal does with Control-C, and jupyter_client in the mode `signal`: the worker gets it as well."""
    kernel.run('let kept = "kept"')
    group = os.getpgid(kernel.manager.provisioner.process.pid)
    if group == os.getpgid(0):
        pytest.skip("the kernel shares the group of the tests")
    exchange, _ = interrupted(kernel, ENDLESS["tight loop"], lambda: os.killpg(group, signal.SIGINT))
    assert exchange.content["status"] == "error"
    assert kernel.run("kept").result == '"kept"'


def test_interrupt_latency(kernel):
    times = [interrupted(kernel, ENDLESS["tight loop"], by_message(kernel))[1] for _ in range(9)]
    print(f"interrupt to reply: median {1000 * statistics.median(times):.1f} ms, worst {1000 * max(times):.1f} ms")
    assert statistics.median(times) < 0.1


def test_interrupt_of_a_cell_that_waits_for_input(kernel):
    request = kernel.send("let line = readLine()", allow_stdin=True)
    kernel.client.get_stdin_msg(timeout=30)
    kernel.manager.interrupt_kernel()
    assert kernel.collect(request).content["status"] == "error"
    request = kernel.send("readLine()!", allow_stdin=True)
    kernel.client.get_stdin_msg(timeout=30)
    kernel.client.input("now")
    assert kernel.collect(request).result == '"now"'


def test_interrupt_of_an_idle_kernel_does_nothing(kernel):
    by_message(kernel)()
    assert kernel.run("8").result == "8"


def test_a_dead_worker_is_reported_and_replaced(fresh_kernel):
    exchange = fresh_kernel.run("import Glibc\nkill(getpid(), SIGKILL)\nwhile true {}")
    exchange.assert_framed()
    assert exchange.content["status"] == "error"
    assert fresh_kernel.manager.is_alive()
    assert fresh_kernel.run("1 + 1").result == "2"


def test_restart(fresh_kernel):
    fresh_kernel.run("let gone = 1")
    fresh_kernel.manager.restart_kernel()
    fresh_kernel.client.wait_for_ready(timeout=60)
    fresh_kernel.drain()
    exchange = fresh_kernel.run("gone")
    assert exchange.content["status"] == "error"
    assert exchange.content["execution_count"] == 1


@pytest.mark.parametrize("restart", [False, True])
def test_shutdown_is_answered_and_then_done(fresh_kernel, restart):
    request = fresh_kernel.request("shutdown_request", {"restart": restart}, channel="control")
    content = fresh_kernel.reply_to(request, channel="control")["content"]
    assert (content["status"], content["restart"]) == ("ok", restart)
    end = time.monotonic() + 10
    while fresh_kernel.manager.is_alive() and time.monotonic() < end:
        time.sleep(0.05)
    assert not fresh_kernel.manager.is_alive()
    assert "shutdown_reply" in published_types(fresh_kernel)


def test_shutdown_while_a_cell_runs(fresh_kernel):
    request = fresh_kernel.send('print("begun")\nwhile true {}')
    fresh_kernel.wait_for_text(Exchange(request), "begun")
    fresh_kernel.request("shutdown_request", {"restart": False}, channel="control")
    end = time.monotonic() + 10
    while fresh_kernel.manager.is_alive() and time.monotonic() < end:
        time.sleep(0.05)
    assert not fresh_kernel.manager.is_alive()


def test_no_worker_is_left_behind(fresh_kernel):
    worker = int(fresh_kernel.run("import Glibc\ngetpid()").result)
    fresh_kernel.manager.shutdown_kernel(now=True)
    end = time.monotonic() + 10
    while os.path.exists(f"/proc/{worker}") and time.monotonic() < end:
        time.sleep(0.05)
    assert not os.path.exists(f"/proc/{worker}"), "a killed kernel takes its worker along"


def published_types(kernel):
    types = []
    while True:
        try:
            types.append(kernel.client.get_iopub_msg(timeout=0.5)["msg_type"])
        except queue.Empty:
            return types

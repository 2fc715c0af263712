"""`kill -9` of each of the processes that a session consists of, at rest and at work."""

import os
import signal
import time

import pytest
from conversation import Exchange
from kernels import marked_processes, names, wait_until


def kill(process):
    os.kill(process.pid, signal.SIGKILL)


def begin(kernel, code):
    request = kernel.send(code)
    return kernel.wait_for_text(Exchange(request), "begun")


def test_a_killed_worker_at_rest(kernel):
    kernel.succeeds("let gone = 1")
    kill(kernel.child("worker"))
    time.sleep(0.3)
    exchange = kernel.run("1 + 1")
    assert exchange.content["status"] == "ok" and exchange.result == "2"
    assert "killed by signal 9" in exchange.text("stderr") and "run the cells again" in exchange.text("stderr")
    assert "gone" in kernel.fails("gone")["evalue"]


def test_a_killed_worker_at_work(kernel):
    exchange = begin(kernel, 'print("begun")\nwhile true {}')
    kill(kernel.child("worker"))
    content = kernel.reply_to(exchange.request)["content"]
    assert content["ename"] == "WorkerDied" and "killed by signal 9" in content["evalue"]
    assert kernel.succeeds("1 + 1") == "2"


def test_a_worker_killed_again_and_again(kernel, report):
    before = kernel.descriptors()
    for number in range(20):
        kernel.succeeds(f"let value = {number}")
        worker = kernel.child("worker")
        kill(worker)
        wait_until(lambda: not worker.is_running(), "the worker's end")
        time.sleep(0.1)
    assert kernel.succeeds("2 + 2") == "4"
    assert len([name for name in names(kernel.all_processes()) if "martlet-worker" in name]) == 1
    assert len(list(kernel.temporary.glob("martlet-*"))) == 1, "the folders of the dead are gone"
    after = kernel.descriptors()
    report(f"descriptors before {before}, after 20 deaths {after}")
    assert after["kernel"] <= before["kernel"] + 4


def test_a_killed_compiler_at_rest(kernel):
    kernel.succeeds("let kept = 1")
    for number in range(3):
        kill(kernel.wait_for("compiler"))
        # New cells, since what was compiled before, by this kernel or an earlier one, is not compiled again.
        assert kernel.succeeds(f"kept + {2 * number} // {kernel.mark}") == str(1 + 2 * number), "nothing is lost and nobody notices"
        kernel.succeeds(f"kept + {2 * number + 1} // {kernel.mark}")


def test_a_killed_compiler_is_warm_again(kernel, report):
    """Not the next cell but the death itself brings another."""
    kernel.succeeds("let kept = 1")
    cost = lambda code: (kernel.cpu(), kernel.succeeds(f"{code} // {kernel.mark}"), kernel.cpu())
    before, _, after = cost("kept + 1")
    usual = after - before
    old = kernel.wait_for("compiler")
    kill(old)
    new = wait_until(lambda: (child := kernel.child("compiler")) and child.pid != old.pid and child, "another compiler")
    # It has compiled something when it rests.
    wait_until(lambda: sum(new.cpu_times()[:2]) >= 0.03 and new.status() == "sleeping", "a warm compiler")
    time.sleep(0.5)
    before, _, after = cost("kept + 2")
    report(f"a cell: {1000 * usual:.0f} ms of CPU time before the kill, {1000 * (after - before):.0f} after it")
    assert kernel.child("compiler") == new, "the cell was compiled by the new process"


def test_a_killed_compiler_at_work(kernel):
    kernel.succeeds("let kept = 1")
    # Something that the compiler takes a while over.
    # The mark makes it new, since compiled cells are kept.
    code = f"kept // {kernel.mark}\n" + "\n".join(f"func f{n}(_ a: [Int]) -> [String: Int] {{ Dictionary(grouping: a.sorted(), by: {{ \"\\($0 + {n})\" }}).mapValues(\\.count) }}" for n in range(40)) + "\nf7([1, 2, 2]).count"
    request = kernel.send(code)
    compiler = kernel.wait_for("compiler")
    used = sum(compiler.cpu_times()[:2])
    wait_until(lambda: sum(compiler.cpu_times()[:2]) > used + 0.2, "the compiler's work")
    kill(compiler)
    assert kernel.collect(request).result == "2", "the cell is compiled once more"
    assert kernel.succeeds("kept") == "1"


def test_a_killed_helper(kernel):
    kernel.succeeds("let elephants = 1")

    def matches():
        return kernel.reply_to(kernel.request("complete_request", {"code": "eleph", "cursor_pos": 5}))["content"]["matches"]

    assert matches() == ["elephants"]
    for _ in range(3):
        kill(kernel.wait_for("helper"))
        wait_until(lambda: matches() == ["elephants"], "completion by another helper")
    assert kernel.succeeds("elephants") == "1"


def test_a_stopped_worker(kernel):
    """Someone typed Control-Z to it, or a debugger holds it: what cannot answer is ended when the user insists."""
    kernel.succeeds("let gone = 1")
    exchange = begin(kernel, 'print("begun")\nwhile true {}')
    os.kill(kernel.child("worker").pid, signal.SIGSTOP)
    for _ in range(3):
        kernel.request("interrupt_request", {}, channel="control")
        time.sleep(0.2)
    assert kernel.reply_to(exchange.request)["content"]["ename"] == "WorkerDied"
    assert kernel.succeeds("1 + 1") == "2"


@pytest.mark.parametrize("state", ["at rest", "at work", "in a C function"])
def test_a_killed_kernel_takes_everything_along(kernel, state):
    kernel.succeeds("import Glibc")
    kernel.reply_to(kernel.request("complete_request", {"code": "prin", "cursor_pos": 4}))
    assert set(kernel.family()) == {"kernel", "worker", "compiler", "helper"}
    if state == "at work":
        begin(kernel, 'print("begun")\nwhile true {}')
    if state == "in a C function":
        begin(kernel, 'print("begun")\nvar set = sigset_t()\nsigfillset(&set)\npthread_sigmask(SIG_BLOCK, &set, nil)\nsleep(600)')
    kill(kernel.process)
    wait_until(lambda: not marked_processes(kernel.mark), "the end of all processes")


@pytest.mark.parametrize("command", ["!sleep 600; true", "!sleep 600 & sleep 600; true", "%%bash\nsleep 600 | cat"])
def test_a_killed_kernel_takes_shell_commands_along(kernel, command):
    kernel.succeeds("1 + 1")
    kernel.send(command)
    wait_until(lambda: "sleep" in names(kernel.all_processes()), "the sleeper")
    kill(kernel.process)
    wait_until(lambda: not marked_processes(kernel.mark), f"the end of {names(marked_processes(kernel.mark))}")


@pytest.mark.parametrize("ending", ["request", "kill"])
def test_what_cells_start_ends_with_the_kernel(kernel, ending):
    kernel.succeeds('import Foundation\nlet sleeper = try Process.run(URL(fileURLWithPath: "/bin/sh"), arguments: ["-c", "sleep 600; true"])')
    wait_until(lambda: "sleep" in names(kernel.all_processes()), "the sleeper")
    if ending == "kill":
        kill(kernel.process)
    else:
        kernel.manager.shutdown_kernel(now=False)
    wait_until(lambda: not marked_processes(kernel.mark), f"the end of {names(marked_processes(kernel.mark))}")

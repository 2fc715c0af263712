"""Many kernels, started and ended in every way; afterwards there is nothing of them."""

import contextlib
import os
import pathlib
import signal
import statistics
import time

import parameters
import psutil
from kernels import marked_processes, wait_until


def listening():
    """All sockets that listen. Reading the list fails when a process ends meanwhile, which is nobody's fault."""
    for _ in range(20):
        with contextlib.suppress(psutil.Error, OSError):
            return [c for c in psutil.net_connections("tcp") if c.status == psutil.CONN_LISTEN]
        time.sleep(0.05)
    raise AssertionError("the listening sockets cannot be read")


def by_request(kernel):
    kernel.manager.shutdown_kernel(now=False)


def by_termination(kernel):
    kernel.process.send_signal(signal.SIGTERM)
    kernel.process.wait(15)


def by_force(kernel):
    os.kill(kernel.process.pid, signal.SIGKILL)


def in_the_middle_of_a_cell(kernel):
    request = kernel.send('import Foundation\nlet sleeper = try Process.run(URL(fileURLWithPath: "/bin/sleep"), arguments: ["600"])\nprint("begun")\nwhile true {}')
    from conversation import Exchange

    kernel.wait_for_text(Exchange(request), "begun")
    by_force(kernel)



ENDINGS = [by_request, by_termination, by_force, in_the_middle_of_a_cell]


def shared_memory():
    return set(os.listdir("/dev/shm"))


def listening_ports(pids):
    return {c.laddr.port for c in listening() if c.pid in pids}


def test_kernels_leave_nothing_behind(start_kernel, tmp_path, report):
    temporary = tmp_path / "shared-tmp"
    shared = shared_memory()
    ready, first_cell, memory = [], [], []
    for number in range(parameters.count("kernels")):
        kernel = start_kernel(temporary=temporary)
        ready.append(kernel.ready - kernel.started)
        start = time.monotonic()
        assert kernel.succeeds(f"{number} + 1") == str(number + 1)
        first_cell.append(time.monotonic() - start)
        asked = kernel.request("complete_request", {"code": "prin", "cursor_pos": 4})
        kernel.reply_to(asked)
        memory.append(kernel.memory())
        pids = {process.pid for process in kernel.all_processes()}
        ports = {value for name, value in kernel.manager.get_connection_info().items() if name.endswith("_port")}
        assert listening_ports(pids) == ports, "a kernel listens where it was told to, and nowhere else"
        ENDINGS[number % len(ENDINGS)](kernel)
        wait_until(lambda: not marked_processes(kernel.mark), f"the end of {marked_processes(kernel.mark)} after {ENDINGS[number % len(ENDINGS)].__name__}")
        kernel.__exit__()
        assert not {c.laddr.port for c in listening()} & ports

    # What was killed could not tidy up; the next kernel does so for it.
    left = list(temporary.iterdir())
    assert len(left) <= sum(ENDINGS[n % len(ENDINGS)] in (by_force, in_the_middle_of_a_cell) for n in range(len(ready))), left
    last = start_kernel(temporary=temporary)
    assert last.succeeds("1 + 1") == "2"
    wait_until(lambda: len(list(temporary.iterdir())) == 1, "the folders of killed kernels are removed")
    by_request(last)
    assert list(temporary.iterdir()) == []
    assert shared_memory() <= shared
    report(
        f"{len(ready)} kernels; ready after median {1000 * statistics.median(ready):.0f} ms, first cell {1000 * statistics.median(first_cell):.0f} ms; "
        f"MB {{}}".format({role: statistics.median(m[role] for m in memory if role in m) for role in memory[0]})
    )


def test_a_living_kernel_s_folder_is_nobody_else_s(start_kernel, tmp_path):
    temporary = tmp_path / "shared-tmp"
    first = start_kernel(temporary=temporary)
    first.succeeds("let kept = 1")
    second = start_kernel(temporary=temporary)
    second.succeeds("let other = 2")
    assert len(list(temporary.iterdir())) == 2
    assert first.succeeds("kept") == "1"
    pathlib.Path(temporary, "martlet-999999999-aBcDeF").mkdir()
    third = start_kernel(temporary=temporary)
    third.succeeds("1")
    assert len(list(temporary.iterdir())) == 3, "a folder whose process never was is removed, and no other"

"""Subshells (JEP 91): made on control, addressed by the header of shell messages."""

import time

import psutil
import pytest
from conversation import Exchange

CELL = 'import Foundation\nprint("on")\nThread.sleep(forTimeInterval: 60)'


def create(kernel):
    content = kernel.ask("create_subshell_request", {}, "control").content
    assert content["status"] == "ok"
    return content["subshell_id"]


def listed(kernel):
    content = kernel.ask("list_subshell_request", {}, "control").content
    assert content["status"] == "ok"
    return content["subshell_id"]


def delete(kernel, subshell):
    return kernel.ask("delete_subshell_request", {"subshell_id": subshell}, "control").content


def send(kernel, subshell, kind, content):
    message = kernel.client.session.msg(kind, content)
    message["header"]["subshell_id"] = subshell
    kernel.client.shell_channel.send(message)
    return message["header"]["msg_id"]


def run(kernel, subshell, code, **options):
    return send(kernel, subshell, "execute_request", {"code": code, "silent": False, "store_history": True, **options})


@pytest.fixture
def subshell(kernel):
    identifier = create(kernel)
    yield identifier
    delete(kernel, identifier)


def test_the_kernel_says_that_it_has_them(kernel):
    assert "kernel subshells" in kernel.ask("kernel_info_request", {}).content["supported_features"]


def test_life_of_subshells(kernel):
    assert listed(kernel) == []
    first, second = create(kernel), create(kernel)
    assert listed(kernel) == [first, second] and first != second
    assert delete(kernel, first) == {"status": "ok"}
    assert listed(kernel) == [second]
    assert delete(kernel, first)["status"] == "error"
    assert delete(kernel, second) == {"status": "ok"}
    assert listed(kernel) == []


def test_cells_share_variables_and_the_counter(kernel, subshell):
    first = kernel.run("let shared = 20").content["execution_count"]
    exchange = kernel.collect(run(kernel, subshell, "shared + 1"))
    exchange.assert_framed()
    assert (exchange.result, exchange.content["execution_count"]) == ("21", first + 1)
    assert {m["parent_header"]["subshell_id"] for m in exchange.published} == {subshell}
    assert kernel.run("shared + 2").content["execution_count"] == first + 2


QUESTIONS = {
    "kernel_info": {},
    "complete": {"code": "prin", "cursor_pos": 4},
    "inspect": {"code": "print", "cursor_pos": 5, "detail_level": 0},
    "history": {"hist_access_type": "tail", "n": 3, "output": False, "raw": True},
    "is_complete": {"code": "1 +"},
    "comm_info": {},
}


def test_everything_but_cells_is_answered_while_a_cell_runs(kernel, subshell):
    kernel.run("1")
    cell = kernel.send(CELL)
    kernel.wait_for_text(Exchange(cell), "on")
    try:
        for kind, content in QUESTIONS.items():
            exchange = kernel.collect(send(kernel, subshell, f"{kind}_request", content), limit=20)
            exchange.assert_framed()
            assert exchange.reply["msg_type"] == f"{kind}_reply"
            assert exchange.content.get("status", "ok") != "error"
        # A second cell waits for the first, and runs when that was interrupted.
        second = run(kernel, subshell, "6 * 7")
    finally:
        kernel.manager.interrupt_kernel()
    assert kernel.reply_to(cell)["content"]["ename"] == "Interrupted"
    assert kernel.collect(second).result == "42", "an error aborts in its own shell only"


def test_an_error_aborts_in_its_own_subshell(kernel, subshell):
    failing = run(kernel, subshell, 'import Foundation\nThread.sleep(forTimeInterval: 0.3)\nfatalError("stop")')
    aborted = run(kernel, subshell, "1")
    main = kernel.send("2")
    # What is aborted is answered before the next cell runs.
    replies = {request: kernel.collect(request) for request in (failing, aborted, main)}
    assert replies[failing].content["status"] == "error"
    assert replies[main].result == "2"
    assert replies[aborted].content["status"] == "aborted"
    assert kernel.collect(run(kernel, subshell, "3")).result == "3"


@pytest.mark.parametrize("kind", ["execute", "complete", "kernel_info", "history"])
def test_unknown_subshells_are_refused(kernel, kind):
    request = send(kernel, "no-such-subshell", f"{kind}_request", {"code": "1", "cursor_pos": 1})
    exchange = kernel.collect(request)
    exchange.assert_framed()
    assert exchange.types == ["status", "status"]
    assert exchange.reply["msg_type"] == f"{kind}_reply"
    assert (exchange.content["status"], exchange.content["ename"]) == ("error", "UnknownSubshellError")


def test_one_for_each_comm_target_as_jupyterlab_does(kernel):
    """JupyterLab sends the messages of a comm to a subshell of the comm's target."""
    subshells = [create(kernel) for _ in range(4)]
    cell = kernel.send(CELL)
    kernel.wait_for_text(Exchange(cell), "on")
    try:
        for number, subshell in enumerate(subshells * 3):
            content = {"comm_id": f"comm-{number}", "target_name": f"unknown-{number % 4}", "data": {}}
            exchange = Exchange(send(kernel, subshell, "comm_open", content))
            kernel.publish_until(
                exchange, lambda m: m["msg_type"] == "status" and m["content"]["execution_state"] == "idle", limit=20
            )
            exchange.assert_framed()
            assert exchange.of_type("comm_close"), "nobody knows the target"
    finally:
        kernel.manager.interrupt_kernel()
        kernel.reply_to(cell)
    for subshell in subshells:
        assert delete(kernel, subshell) == {"status": "ok"}


def test_subshells_that_are_gone_leave_nothing_behind(kernel):
    process = psutil.Process(kernel.ask("usage_request", {}, "control").content["pid"])
    # One after another, each with a question that needs its thread.
    for round in range(60):
        subshell = create(kernel)
        question = send(kernel, subshell, "history_request", QUESTIONS["history"])
        assert kernel.reply_to(question)["content"]["status"] == "ok"
        delete(kernel, subshell)
        if round == 9:
            before = (process.num_threads(), process.num_fds())
    time.sleep(0.5)
    assert process.num_threads() <= before[0] and process.num_fds() <= before[1]

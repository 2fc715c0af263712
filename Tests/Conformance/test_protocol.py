"""Transcripts: which messages a request brings, in which order, with which parent."""

import os
import pathlib
import signal
import time

import pytest


def test_kernel_info_says_what_the_kernel_is(kernel):
    exchange = kernel.ask("kernel_info_request", {})
    exchange.assert_framed()
    info = exchange.content
    assert info["status"] == "ok"
    assert info["implementation"] == "martlet"
    assert tuple(int(part) for part in info["protocol_version"].split(".")) >= (5, 3)
    language = info["language_info"]
    assert (language["name"], language["file_extension"]) == ("swift", ".swift")
    assert language["version"].startswith("6.3")
    assert language["mimetype"] and language["pygments_lexer"] and language["codemirror_mode"]
    assert info["banner"]


def test_kernel_info_is_answered_on_control_too(kernel):
    exchange = kernel.ask("kernel_info_request", {}, channel="control")
    exchange.assert_framed()
    assert exchange.content["implementation"] == "martlet"


def test_order_of_a_cell_with_every_kind_of_output(kernel):
    exchange = kernel.run('import Martlet\nprint("a")\ndisplay("b")\nprint("c")\n1 + 1')
    exchange.assert_framed()
    assert exchange.types == ["status", "execute_input", "stream", "display_data", "stream", "execute_result", "status"]
    assert exchange.content["status"] == "ok"
    count = exchange.content["execution_count"]
    assert exchange.of_type("execute_input")[0]["execution_count"] == count
    assert exchange.of_type("execute_result")[0]["execution_count"] == count
    assert exchange.result == "2"


def test_execution_count_goes_up_by_one(kernel):
    first = kernel.run("1").content["execution_count"]
    assert kernel.run("2").content["execution_count"] == first + 1


def test_a_failed_cell_counts_as_well(kernel):
    first = kernel.run("1").content["execution_count"]
    assert kernel.run("undefinedName", stop_on_error=False).content["execution_count"] == first + 1
    assert kernel.run("2").content["execution_count"] == first + 2


def test_a_cell_without_history_does_not_count(kernel):
    first = kernel.run("1").content["execution_count"]
    kernel.run("2", store_history=False)
    assert kernel.run("3").content["execution_count"] == first + 1


def test_a_silent_cell_shows_nothing_and_does_not_count(kernel):
    first = kernel.run("1").content["execution_count"]
    exchange = kernel.run('print("unseen")\nlet fromSilence = 4\n5', silent=True)
    exchange.assert_framed()
    assert exchange.types == ["status", "status"]
    assert exchange.content["status"] == "ok"
    after = kernel.run("fromSilence")
    assert (after.result, after.content["execution_count"]) == ("4", first + 1)


def test_an_empty_silent_cell_reads_the_counter(kernel):
    first = kernel.run("1").content["execution_count"]
    assert kernel.run("", silent=True).content["execution_count"] == first


def test_an_error_is_one_message_beside_the_reply(kernel):
    exchange = kernel.run("let numbers = [1]\nprint(numbers[5])")
    exchange.assert_framed()
    assert exchange.types == ["status", "execute_input", "error", "status"]
    error = exchange.of_type("error")[0]
    assert exchange.content["status"] == "error"
    for key in ("ename", "evalue", "traceback"):
        assert error[key] and error[key] == exchange.content[key]
    assert all(isinstance(line, str) for line in error["traceback"])
    assert "Index out of range" in error["evalue"] + "".join(error["traceback"])


def test_a_compile_error_points_into_the_cell(kernel):
    error = kernel.run("let fine = 1\nlet broken = fine + nowhere").of_type("error")[0]
    text = error["evalue"] + "\n".join(error["traceback"])
    assert "cannot find 'nowhere' in scope" in text
    assert "^" in text


def test_queued_cells_are_aborted_after_an_error(kernel):
    requests = [
        kernel.send('import Foundation\nThread.sleep(forTimeInterval: 0.5)\nfatalError("stop here")'),
        kernel.send("let neverRun = 1"),
        kernel.send('print("nor this")'),
    ]
    exchanges = collect_all(kernel, requests)
    assert [e.content["status"] for e in exchanges] == ["error", "aborted", "aborted"]
    for exchange in exchanges:
        exchange.assert_framed()
    assert exchanges[1].types == ["status", "status"]
    time.sleep(0.2)
    assert kernel.run("6 * 7").result == "42", "only what was queued is aborted"


def test_queued_cells_run_after_an_error_that_does_not_stop(kernel):
    requests = [kernel.send('fatalError("go on")', stop_on_error=False), kernel.send("7")]
    assert [e.content["status"] for e in collect_all(kernel, requests)] == ["error", "ok"]


def test_only_cells_are_aborted(kernel):
    cell = kernel.send('import Foundation\nThread.sleep(forTimeInterval: 0.3)\nfatalError("stop")')
    question = kernel.request("kernel_info_request", {})
    # The question does not wait for the cell, so its messages come between the cell's.
    assert kernel.reply_to(question)["content"]["status"] == "ok"
    assert kernel.reply_to(cell)["content"]["status"] == "error"


def collect_all(kernel, requests):
    """Cells run one after another, so their messages can be collected in the same order."""
    return [kernel.collect(request) for request in requests]


def test_user_expressions(kernel):
    exchange = kernel.run("let width = 6", user_expressions={"area": "width * 7", "broken": "height"})
    exchange.assert_framed()
    told = exchange.content["user_expressions"]
    assert told["area"]["status"] == "ok"
    assert told["area"]["data"]["text/plain"] == "42"
    assert told["broken"]["status"] == "error"
    assert told["broken"]["ename"] and "height" in told["broken"]["evalue"]
    assert exchange.of_type("error") == []


def test_both_streams(kernel):
    exchange = kernel.run('import Foundation\nprint("out")\nfputs("err\\n", stderr)')
    assert (exchange.text("stdout"), exchange.text("stderr")) == ("out\n", "err\n")


def test_output_is_live(kernel):
    request = kernel.send('import Foundation\nprint("now")\nThread.sleep(forTimeInterval: 1.5)\nprint("later")')
    from conversation import Exchange

    exchange = kernel.wait_for_text(Exchange(request), "now")
    seen = time.monotonic()
    kernel.publish_until(exchange, lambda m: m["msg_type"] == "status")
    assert time.monotonic() - seen > 1.0
    assert kernel.reply_to(request)["content"]["status"] == "ok"


def test_late_output_keeps_its_parent(kernel):
    request = kernel.send('import Foundation\nThread.detachNewThread { Thread.sleep(forTimeInterval: 0.5); print("late") }')
    exchange = kernel.collect(request)
    other = kernel.run("1")
    assert other.text() == ""
    kernel.wait_for_text(exchange, "late", limit=10)


def test_display_update(kernel):
    exchange = kernel.run('import Martlet\nlet status = display("first")\nstatus.update("second")')
    shown = exchange.of_type("display_data")[0]
    update = exchange.of_type("update_display_data")[0]
    assert shown["transient"]["display_id"] == update["transient"]["display_id"]
    assert (shown["data"]["text/plain"], update["data"]["text/plain"]) == ('"first"', '"second"')


def test_display_update_from_a_later_cell(kernel):
    identifier = kernel.run('import Martlet\nlet later = display("begun")').of_type("display_data")[0]["transient"]["display_id"]
    update = kernel.run('later.update("done")').of_type("update_display_data")[0]
    assert update["transient"]["display_id"] == identifier


def test_clear_output(kernel):
    exchange = kernel.run('import Martlet\nprint("gone")\nclearOutput(wait: true)\nprint("stays")')
    assert exchange.types == ["status", "execute_input", "stream", "clear_output", "stream", "status"]
    assert exchange.of_type("clear_output") == [{"wait": True}]


def test_rich_result_has_plain_text_too(kernel):
    data = kernel.run('import Martlet\nHTML("<i>x</i>")').of_type("execute_result")[0]["data"]
    assert data["text/html"] == "<i>x</i>"
    assert "text/plain" in data


def test_input_round_trip(kernel):
    request = kernel.send('print("Name?", terminator: " ")\nlet name = readLine()!\nname', allow_stdin=True)
    question = kernel.client.get_stdin_msg(timeout=30)
    assert question["msg_type"] == "input_request"
    assert question["parent_header"]["msg_id"] == request
    assert question["content"]["password"] is False
    kernel.client.input("Ada")
    exchange = kernel.collect(request)
    exchange.assert_framed()
    assert exchange.result == '"Ada"'


def test_several_inputs(kernel):
    request = kernel.send("var lines: [String] = []\nfor _ in 0..<3 { lines.append(readLine()!) }\nlines", allow_stdin=True)
    for line in ("a", "", "ü"):
        kernel.client.get_stdin_msg(timeout=30)
        kernel.client.input(line)
    assert kernel.collect(request).result == '["a", "", "ü"]'


def test_the_end_of_input(kernel):
    request = kernel.send("readLine() == nil", allow_stdin=True)
    kernel.client.get_stdin_msg(timeout=30)
    kernel.client.input("\x04")
    assert kernel.collect(request).result == "true"


def test_input_where_the_frontend_allows_none(kernel):
    exchange = kernel.run("readLine()", allow_stdin=False)
    assert exchange.content["status"] == "error"
    assert kernel.run("1").content["status"] == "ok"


@pytest.mark.parametrize(
    "code, status",
    [("1 + 1", "complete"), ("", "complete"), ("func f() {", "incomplete"), ("let x = [1,", "incomplete"), ("}", "invalid")],
)
def test_is_complete(kernel, code, status):
    exchange = kernel.ask("is_complete_request", {"code": code})
    exchange.assert_framed()
    assert exchange.content["status"] == status
    assert ("indent" in exchange.content) == (status == "incomplete")


@pytest.mark.parametrize(
    "kind, content, keys",
    [
        ("complete_request", {"code": "pri", "cursor_pos": 3}, {"matches", "cursor_start", "cursor_end", "metadata"}),
        ("inspect_request", {"code": "print", "cursor_pos": 3, "detail_level": 0}, {"found", "data", "metadata"}),
        ("history_request", {"output": False, "raw": True, "hist_access_type": "tail", "n": 3}, {"history"}),
        ("comm_info_request", {}, {"comms"}),
    ],
)
def test_what_is_answered_at_least(kernel, kind, content, keys):
    exchange = kernel.ask(kind, content)
    exchange.assert_framed()
    assert exchange.reply["msg_type"] == kind.replace("_request", "_reply")
    assert exchange.content["status"] == "ok"
    assert keys <= set(exchange.content)


def test_a_comm_for_nobody_is_closed(kernel):
    exchange_id = kernel.request("comm_open", {"comm_id": "c1", "target_name": "nobody", "data": {}})
    from conversation import Exchange

    exchange = kernel.publish_until(
        Exchange(exchange_id), lambda m: m["msg_type"] == "status" and m["content"]["execution_state"] == "idle"
    )
    exchange.assert_framed()
    assert [c["comm_id"] for c in exchange.of_type("comm_close")] == ["c1"]


def test_an_unknown_message_is_survived(kernel):
    kernel.request("nobody_knows_request", {"x": 1})
    assert kernel.run("2 + 3").result == "5"


def test_fields_that_are_unknown_or_of_a_wrong_kind_are_survived(kernel):
    kernel.request("execute_request", {"code": 5, "silent": "perhaps"})
    kernel.request("complete_request", {"code": "x", "cursor_pos": 10**12})
    kernel.request("is_complete_request", {})
    kernel.drain()
    assert kernel.run("2 + 4").result == "6"


def test_control_answers_while_a_cell_runs(kernel):
    request = kernel.send('import Foundation\nprint("begun")\nThread.sleep(forTimeInterval: 2)')
    from conversation import Exchange

    kernel.wait_for_text(Exchange(request), "begun")
    start = time.monotonic()
    asked = kernel.request("kernel_info_request", {}, channel="control")
    assert kernel.reply_to(asked, channel="control")["content"]["status"] == "ok"
    assert time.monotonic() - start < 1
    kernel.reply_to(request)


def complete(kernel, code, cursor=None):
    """The content of the reply at a cursor, by default at the code's end, and the seconds until it came."""
    start = time.monotonic()
    asked = kernel.request("complete_request", {"code": code, "cursor_pos": len(code) if cursor is None else cursor})
    content = kernel.reply_to(asked)["content"]
    assert content["status"] == "ok"
    return content, time.monotonic() - start


def described(content, text):
    """What is told beside a match."""
    entries = content["metadata"]["_jupyter_types_experimental"]
    assert [entry["text"] for entry in entries] == content["matches"]
    return next(entry for entry in entries if entry["text"] == text)


SHAPES = """
/// A thing with sides.
struct Polygon {
  var sides = 3
  func scaled(by factor: Double) -> Polygon { self }
}
/// How often something is **doubled**.
func doublings(of number: Int) -> Int { number.trailingZeroBitCount }
let triangle = Polygon()
"""


@pytest.fixture(scope="module")
def shapes(kernel):
    exchange = kernel.run(SHAPES)
    assert exchange.content["status"] == "ok", exchange.content
    complete(kernel, "tri")
    return exchange.content["execution_count"]


def test_members_of_an_earlier_cells_variable(kernel, shapes):
    content, _ = complete(kernel, "triangle.s")
    assert set(content["matches"]) >= {"sides", "scaled(by: "}
    assert (content["cursor_start"], content["cursor_end"]) == (9, 10)
    sides = described(content, "sides")
    assert (sides["type"], sides["start"], sides["end"]) == ("property", 9, 10)
    assert sides["signature"] == "sides: Int"
    scaled = described(content, "scaled(by: ")
    assert scaled["type"] == "method"
    assert "Double" in scaled["signature"] and "Polygon" in scaled["signature"]


def test_cursors_are_code_points(kernel, shapes):
    """The family is one character, five code points, eight UTF-16 units and eighteen bytes."""
    code = 'let family = "👨‍👩‍👧"; triangle.sid + 1'
    cursor = code.index("sid") + 3
    content, _ = complete(kernel, code, cursor)
    assert content["matches"] == ["sides"]
    start, end = content["cursor_start"], content["cursor_end"]
    assert code[:start] + content["matches"][0] + code[end:] == code.replace("sid", "sides")


def test_completion_sees_what_a_cell_just_declared(kernel, shapes):
    kernel.run("let brandNewValue = [1: triangle]")
    assert "brandNewValue" in complete(kernel, "brandN")[0]["matches"]
    assert "sides" in complete(kernel, "brandNewValue[1]!.si")[0]["matches"]


def test_nothing_is_completed_in_comments(kernel, shapes):
    assert complete(kernel, "// triangle.s")[0]["matches"] == []


def test_completion_and_inspection_while_a_cell_runs(kernel, shapes):
    from conversation import Exchange

    request = kernel.send('print("begun")\nwhile true {}')
    exchange = kernel.wait_for_text(Exchange(request), "begun")
    try:
        content, seconds = complete(kernel, "triangle.si")
        assert content["matches"] == ["sides"]
        print(f"completion while a cell runs: {seconds * 1000:.0f} ms")
        asked = kernel.request("inspect_request", {"code": "triangle", "cursor_pos": 4, "detail_level": 0})
        assert kernel.reply_to(asked)["content"]["found"]
    finally:
        kernel.request("interrupt_request", {}, channel="control")
        assert kernel.reply_to(request)["content"]["status"] == "error"
    kernel.publish_until(exchange, lambda m: m["msg_type"] == "status" and m["content"]["execution_state"] == "idle")


def test_inspection_tells_type_and_documentation(kernel, shapes):
    exchange = kernel.ask("inspect_request", {"code": '"🎉"; doublings(of: 8)', "cursor_pos": 8, "detail_level": 0})
    exchange.assert_framed()
    content = exchange.content
    assert (content["status"], content["found"], content["metadata"]) == ("ok", True, {})
    for text in (content["data"]["text/plain"], content["data"]["text/markdown"]):
        assert "func doublings(of number: Int) -> Int" in text
        assert "How often something is" in text
        assert f"In[{shapes}]" in text
    assert "**doubled**" in content["data"]["text/markdown"]


def test_detailed_inspection_has_the_source(kernel, shapes):
    def inspected(level):
        request = {"code": "doublings(of: 8)", "cursor_pos": 3, "detail_level": level}
        return kernel.ask("inspect_request", request).content["data"]

    brief, detailed = inspected(0), inspected(1)
    for format in ("text/plain", "text/markdown"):
        assert "trailingZeroBitCount" not in brief[format] and detailed[format].startswith(brief[format])
        assert "Source:" in detailed[format] and "{ number.trailingZeroBitCount }" in detailed[format]


def test_inspection_of_nothing(kernel, shapes):
    content = kernel.ask("inspect_request", {"code": "1 + 1", "cursor_pos": 0, "detail_level": 1}).content
    assert content == {"status": "ok", "found": False, "data": {}, "metadata": {}}


def helpers(kernel):
    """The processes that answer questions about code for the kernel."""
    found = []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == kernel.manager.provisioner.process.pid and "intelligence" in (folder / "cmdline").read_text():
                found.append(folder)
        except (OSError, IndexError):
            continue
    return found


def test_the_helper_lives_from_the_first_question_to_the_kernels_end(fresh_kernel):
    fresh_kernel.run("let number = 1")
    assert helpers(fresh_kernel) == [], "who does not ask does not pay"
    content, first = complete(fresh_kernel, "numb")
    assert content["matches"] == ["number"]
    times = sorted(complete(fresh_kernel, "let n = numb")[1] for _ in range(15))
    print(f"completion: first {first * 1000:.0f} ms, then median {times[7] * 1000:.0f} ms, worst {times[-1] * 1000:.0f} ms")
    (helper,) = helpers(fresh_kernel)
    os.kill(fresh_kernel.manager.provisioner.process.pid, signal.SIGKILL)
    end = time.monotonic() + 10
    while is_alive(helper) and time.monotonic() < end:
        time.sleep(0.05)
    assert not is_alive(helper)


def is_alive(process):
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False

"""Comms: opened from both sides, with buffers, while cells run, after crashes; and widgets over them."""

import queue
import time
import uuid

import ipywidgets
import pytest

ECHO = """
import Martlet
registerCommTarget("echo") { comm, opening in
  comm.send(["opened": opening.data], buffers: opening.buffers)
  comm.onMessage { message in comm.send(message.data, metadata: message.metadata, buffers: message.buffers.reversed()) }
  comm.onClose { message in print("closed with", message.data["why"]?.string ?? "nothing") }
}
"""


def deliver(kernel, kind, content, buffers=None, metadata=None):
    """Sends a comm message; returns its exchange, which ends with its idle."""
    message = kernel.client.session.msg(kind, content, metadata=metadata)
    kernel.client.session.send(kernel.client.shell_channel.socket, message, buffers=buffers)
    from conversation import Exchange

    exchange = Exchange(message["header"]["msg_id"])
    is_idle = lambda m: m["msg_type"] == "status" and m["content"]["execution_state"] == "idle"
    return kernel.publish_until(exchange, is_idle)


def open_comm(kernel, target, data=None, **options):
    identifier = uuid.uuid4().hex
    content = {"comm_id": identifier, "target_name": target, "data": data or {}}
    return identifier, deliver(kernel, "comm_open", content, **options)


def send(kernel, identifier, data, **options):
    return deliver(kernel, "comm_msg", {"comm_id": identifier, "data": data}, **options)


def comms(kernel, target=None):
    content = {} if target is None else {"target_name": target}
    return kernel.ask("comm_info_request", content).content["comms"]


@pytest.fixture(scope="module")
def echo(kernel):
    exchange = kernel.run(ECHO)
    assert exchange.content["status"] == "ok", exchange.content
    return kernel


def test_a_frontend_opens_a_comm_and_both_sides_send_buffers(echo):
    identifier, exchange = open_comm(echo, "echo", {"a": [1, None, "ü"]}, buffers=[b"\x00\xff" * 3])
    exchange.assert_framed()
    assert exchange.types == ["status", "comm_msg", "status"]
    opened = exchange.published[1]
    assert opened["content"] == {"comm_id": identifier, "data": {"opened": {"a": [1, None, "ü"]}}}
    assert [bytes(b) for b in opened["buffers"]] == [b"\x00\xff" * 3]

    exchange = send(echo, identifier, {"x": 1.5, "deep": {"y": True}}, buffers=[b"one", b""], metadata={"m": 7})
    exchange.assert_framed()
    answer = exchange.published[1]
    assert answer["content"] == {"comm_id": identifier, "data": {"x": 1.5, "deep": {"y": True}}}
    assert [bytes(b) for b in answer["buffers"]] == [b"", b"one"]
    assert answer["metadata"]["m"] == 7


def test_large_buffers_arrive_whole(echo):
    identifier, _ = open_comm(echo, "echo")
    megabytes = bytes(range(256)) * (4096 * 24)
    exchange = send(echo, identifier, {}, buffers=[megabytes])
    assert bytes(exchange.published[1]["buffers"][0]) == megabytes


def test_comm_info_names_open_comms_and_filters_by_target(echo):
    identifier, _ = open_comm(echo, "echo")
    assert comms(echo)[identifier] == {"target_name": "echo"}
    assert identifier in comms(echo, "echo")
    assert comms(echo, "another") == {}
    exchange = deliver(echo, "comm_close", {"comm_id": identifier, "data": {"why": "no reason"}})
    exchange.assert_framed()
    assert exchange.text() == "closed with no reason\n"
    assert identifier not in comms(echo)


def test_an_unknown_target_is_closed_at_once(echo):
    identifier, exchange = open_comm(echo, "nobody")
    exchange.assert_framed()
    assert exchange.types == ["status", "comm_close", "status"]
    assert exchange.of_type("comm_close")[0]["comm_id"] == identifier
    assert identifier not in comms(echo)


def test_messages_for_unknown_comms_and_malformed_ones_are_only_framed(echo):
    send(echo, "nonsense", {"x": 1}).assert_framed()
    deliver(echo, "comm_close", {"comm_id": "nonsense", "data": {}}).assert_framed()
    assert deliver(echo, "comm_msg", {"data": {}}).types == ["status", "status"]
    assert deliver(echo, "comm_open", {"comm_id": "x"}).types == ["status", "status"]
    assert "x" not in comms(echo)


def test_a_cell_opens_a_comm(echo):
    exchange = echo.run(
        'let own = Comm(target: "viewer", data: ["zoom": 4], metadata: ["v": "1"], buffers: [[1, 2]])\n'
        'own.onMessage { message in print("heard", message.data["n"]?.integer ?? -1) }\n'
        'own.send(["zoom": 5])'
    )
    assert exchange.types == ["status", "execute_input", "comm_open", "comm_msg", "status"]
    opened = exchange.published[2]
    assert opened["content"]["target_name"] == "viewer" and opened["content"]["data"] == {"zoom": 4}
    assert opened["metadata"]["v"] == "1" and [bytes(b) for b in opened["buffers"]] == [b"\x01\x02"]
    identifier = opened["content"]["comm_id"]
    heard = send(echo, identifier, {"n": 3})
    heard.assert_framed()
    assert heard.text() == "heard 3\n"
    closing = echo.run('own.close(["bye": true])\nown.send("unheard")')
    assert closing.of_type("comm_close") == [{"comm_id": identifier, "data": {"bye": True}}]
    assert closing.of_type("comm_msg") == []
    assert identifier not in comms(echo)


def test_comms_are_answered_while_a_cell_runs_and_keep_their_order(echo):
    identifier, _ = open_comm(echo, "echo")
    echo.run("import Foundation\nvar isToGoOn = true")
    cell = echo.send('print("running")\nfor _ in 0..<40 { usleep(50_000) }\nprint("over")')
    from conversation import Exchange

    running = Exchange(cell)
    echo.wait_for_text(running, "running")
    began = time.monotonic()
    for number in range(20):
        exchange = send(echo, identifier, {"n": number})
        assert exchange.published[1]["content"]["data"] == {"n": number}
    identifier, exchange = open_comm(echo, "nobody")
    assert "comm_close" in exchange.types
    echo.ask("comm_info_request", {}).assert_framed()
    assert time.monotonic() - began < 1.8, "the cell, which takes 2 s, was waited for"
    rest = echo.collect(cell)
    assert rest.text() == "over\n"


def test_a_trap_in_a_handler_is_the_message_s_error_and_nothing_else(echo):
    echo.run(
        'registerCommTarget("trap") { comm, _ in\n'
        "  comm.onMessage { message in\n"
        '    print("before")\n'
        "    let numbers = [1]\n"
        '    comm.send(["got": .integer(numbers[message.data["i"]!.integer!])])\n'
        "  }\n}\nvar kept = 41"
    )
    identifier, _ = open_comm(echo, "trap")
    exchange = send(echo, identifier, {"i": 5})
    exchange.assert_framed()
    assert exchange.types == ["status", "stream", "error", "status"]
    error = exchange.of_type("error")[0]
    assert error["ename"] == "Trap" and "out of range" in error["evalue"]
    assert "line 5" in "\n".join(error["traceback"])
    assert send(echo, identifier, {"i": 0}).of_type("comm_msg") == [{"comm_id": identifier, "data": {"got": 1}}]
    assert echo.run("kept + 1").result == "42"


def test_a_target_whose_handler_traps_closes_the_comm(echo):
    echo.run('registerCommTarget("broken") { _, _ in fatalError("not today") }')
    identifier, exchange = open_comm(echo, "broken")
    assert "error" in exchange.types
    assert exchange.of_type("error")[0]["evalue"] == "not today"
    deadline = time.monotonic() + 10
    while identifier in comms(echo) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert identifier not in comms(echo)


def test_a_handler_that_does_not_end_is_interrupted(echo):
    echo.run('registerCommTarget("endless") { comm, _ in comm.onMessage { _ in var n = 0; while true { n &+= 1 } } }')
    identifier, _ = open_comm(echo, "endless")
    message = echo.client.session.msg("comm_msg", {"comm_id": identifier, "data": {}})
    echo.client.shell_channel.send(message)
    time.sleep(0.5)
    # A cell runs beside it.
    assert echo.run("1 + 2").result == "3"
    echo.manager.interrupt_kernel()
    from conversation import Exchange

    exchange = Exchange(message["header"]["msg_id"])
    echo.publish_until(exchange, lambda m: m["content"].get("execution_state") == "idle")
    assert exchange.of_type("error")[0]["ename"] == "Interrupted"
    assert echo.run("var ran = 0\nfor i in 0..<1000 { ran += i }\nran").result == "499500"


def test_comms_end_with_the_worker(fresh_kernel):
    kernel = fresh_kernel
    kernel.run(ECHO)
    identifier, _ = open_comm(kernel, "echo")
    crash = kernel.run("import Foundation\nkill(getpid(), SIGKILL)")
    assert crash.content["ename"] == "WorkerDied"
    assert [c["comm_id"] for c in crash.of_type("comm_close")] == [identifier]
    assert comms(kernel) == {}
    _, exchange = open_comm(kernel, "echo")
    assert "comm_close" in exchange.types
    kernel.run(ECHO)
    _, exchange = open_comm(kernel, "echo")
    assert exchange.types == ["status", "comm_msg", "status"]


# MARK: Widgets


def models(exchange):
    """The states of the widgets that a cell has opened, by identifier."""
    for message in exchange.published:
        if message["msg_type"] == "comm_open":
            assert message["content"]["target_name"] == "jupyter.widget"
            assert message["metadata"]["version"].split(".")[:2] == ["2", "1"]
            assert message["content"]["data"]["buffer_paths"] == []
    return {c["comm_id"]: c["data"]["state"] for c in exchange.of_type("comm_open")}


def shown(exchange):
    """The state of the widget that a cell's last display shows."""
    views = exchange.of_type("execute_result") + exchange.of_type("display_data")
    view = views[-1]["data"]["application/vnd.jupyter.widget-view+json"]
    assert (view["version_major"], view["version_minor"]) == (2, 0)
    return view["model_id"], models(exchange)[view["model_id"]]


WIDGETS = {
    "IntSlider(0...100)": ipywidgets.IntSlider(),
    "FloatSlider(0...10)": ipywidgets.FloatSlider(),
    "Checkbox()": ipywidgets.Checkbox(),
    'Dropdown(["a", "b"])': ipywidgets.Dropdown(options=["a", "b"]),
    'Button("Go")': ipywidgets.Button(description="Go"),
    "TextField()": ipywidgets.Text(),
    "Label()": ipywidgets.Label(),
    "HTMLLabel()": ipywidgets.HTML(),
    "OutputArea()": ipywidgets.Output(),
    "VBox()": ipywidgets.VBox(),
    "HBox()": ipywidgets.HBox(),
    "ProgressWidget()": ipywidgets.FloatProgress(),
}
NAMES = [
    "_model_name", "_model_module", "_model_module_version", "_view_name", "_view_module", "_view_module_version",
]


@pytest.mark.parametrize("code", WIDGETS)
def test_models_have_the_members_of_ipywidgets_models(echo, code):
    exchange = echo.run(code)
    assert exchange.content["status"] == "ok", exchange.content
    _, state = shown(exchange)
    reference = WIDGETS[code].get_state()
    assert state.keys() == reference.keys()
    assert {n: state[n] for n in NAMES} == {n: reference[n] for n in NAMES}
    for key in ("layout", "style"):
        if key not in reference:
            continue
        part = models(exchange)[state[key].removeprefix("IPY_MODEL_")]
        expected = getattr(WIDGETS[code], key).get_state()
        assert part.keys() == expected.keys()
        assert {n: part[n] for n in NAMES} == {n: expected[n] for n in NAMES}
    same_type = {k for k in state if isinstance(state[k], type(reference[k])) or isinstance(reference[k], (tuple, float))}
    assert same_type == state.keys()


def update(kernel, identifier, **state):
    return send(kernel, identifier, {"method": "update", "state": state, "buffer_paths": []})


def test_a_value_that_the_reader_changes_is_there_at_once(echo):
    identifier, _ = shown(echo.run('let slider = IntSlider(0...100, value: 3, label: "n")\nslider'))
    exchange = update(echo, identifier, value=42)
    exchange.assert_framed()
    echoes = [c["data"] for c in exchange.of_type("comm_msg")]
    assert echoes == [{"method": "echo_update", "state": {"value": 42}, "buffer_paths": []}]
    assert echo.run("slider.value").result == "42"
    changed = echo.run("slider.value = 7")
    assert changed.of_type("comm_msg") == [
        {"comm_id": identifier, "data": {"method": "update", "state": {"value": 7}, "buffer_paths": []}}
    ]


def test_a_value_that_is_not_possible_is_corrected(echo):
    identifier, _ = shown(echo.run("let bounded = IntSlider(0...10, value: 3)\nbounded"))
    for wrong, right in [(99, 10), ("many", 10), (None, 10), (-1, 0), ([1], 0)]:
        exchange = update(echo, identifier, value=wrong)
        methods = [(c["data"]["method"], c["data"]["state"]) for c in exchange.of_type("comm_msg")]
        assert methods == [("echo_update", {"value": wrong}), ("update", {"value": right})]
        assert echo.run("bounded.value").result == str(right)
    update(echo, identifier, _model_name="Evil", unknown=1, max=5)
    state = send(echo, identifier, {"method": "request_state"}).of_type("comm_msg")[0]["data"]["state"]
    assert (state["_model_name"], state["max"]) == ("IntSliderModel", 10) and "unknown" not in state


def test_a_running_loop_sees_the_reader_s_value(echo):
    identifier, _ = shown(echo.run("let live = IntSlider(0...10, value: 0)\nlive"))
    cell = echo.send('print("waiting")\nwhile live.value == 0 { usleep(1000) }\nprint("saw", live.value)')
    from conversation import Exchange

    running = Exchange(cell)
    echo.wait_for_text(running, "waiting")
    update(echo, identifier, value=6)
    assert "saw 6" in echo.collect(cell, limit=20).text()


def test_callbacks_hear_of_changes_and_belong_to_their_message(echo):
    identifier, _ = shown(echo.run('let heard = Checkbox()\nheard.onChange { print("now", $0) }\nheard'))
    assert update(echo, identifier, value=True).text() == "now true\n"
    assert update(echo, identifier, value=True).text() == ""
    # A cell's own change is heard of before the cell goes on.
    assert echo.run('heard.value = false\nprint("after")').text() == "now false\nafter\n"


def test_a_button_that_is_pressed(echo):
    identifier, _ = shown(echo.run('Button("Press") { print("pressed") }'))
    for _ in range(2):
        exchange = send(echo, identifier, {"method": "custom", "content": {"event": "click"}})
        assert exchange.text() == "pressed\n"


def test_one_request_answers_with_every_state(echo):
    identifier, state = shown(echo.run('TextField("hello", label: "greeting")'))
    comm, _ = open_comm(echo, "jupyter.widget.control")
    answer = send(echo, comm, {"method": "request_states"}).of_type("comm_msg")[0]["data"]
    assert answer["method"] == "update_states" and answer["buffer_paths"] == []
    entry = answer["states"][identifier]
    assert entry["state"] == state
    assert (entry["model_name"], entry["model_module"], entry["model_module_version"]) == (
        "TextModel", "@jupyter-widgets/controls", "2.0.0",
    )
    deliver(echo, "comm_close", {"comm_id": comm, "data": {}})


def outputs(exchange, identifier):
    """The last outputs that a message has given an output area."""
    found = [
        c["data"]["state"]["outputs"]
        for c in exchange.of_type("comm_msg")
        if c["comm_id"] == identifier and "outputs" in c["data"].get("state", {})
    ]
    return found[-1] if found else None


def test_interact_shows_what_its_code_shows_and_replaces_it_in_one_step(echo):
    cell = echo.run(
        'interact("n", 1...9, "loud", false) { n, loud in\n'
        '  print("n is", n)\n'
        '  if loud { display(HTML("<b>\\(n)</b>")) }\n'
        "  return n * 2\n}"
    )
    assert cell.types.count("display_data") == 1 and "execute_result" not in cell.types
    box, state = shown(cell)
    plain = cell.of_type("display_data")[0]["data"]["text/plain"]
    assert plain.splitlines() == ["n: 5 (1 to 9)", "[ ] loud", "n is 5", "10"]
    slider, loud, area = [child.removeprefix("IPY_MODEL_") for child in state["children"]]
    first = models(cell)[area]["outputs"]
    assert first[0] == {"output_type": "stream", "name": "stdout", "text": "n is 5\n"}
    assert first[1]["data"] == {"text/plain": "10"}

    exchange = update(echo, slider, value=7)
    exchange.assert_framed()
    assert "stream" not in exchange.types and "display_data" not in exchange.types
    steps = [c for c in exchange.of_type("comm_msg") if c["comm_id"] == area]
    assert len(steps) == 1, "one message replaces the whole output"
    assert outputs(exchange, area)[0]["text"] == "n is 7\n"
    assert outputs(exchange, area)[1]["data"]["text/plain"] == "14"
    rich = outputs(update(echo, loud, value=True), area)
    assert rich[1]["data"]["text/html"] == "<b>7</b>"


def test_errors_in_interact_are_shown_in_its_output(echo):
    cell = echo.run('interact("i", 0...9) { i in let few = Array(0...5); print("i", i); return few[i] }')
    _, state = shown(cell)
    slider, area = [child.removeprefix("IPY_MODEL_") for child in state["children"]]
    exchange = update(echo, slider, value=8)
    kinds = [o["output_type"] for o in outputs(exchange, area)] if outputs(exchange, area) else None
    end = time.monotonic() + 10
    while (not kinds or "error" not in kinds) and time.monotonic() < end:
        answer = send(echo, area, {"method": "request_state"})
        kinds = [o["output_type"] for o in outputs(answer, area)]
    assert kinds == ["stream", "error"]
    assert outputs(update(echo, slider, value=2), area)[1]["data"]["text/plain"] == "2"
    failing = echo.run('struct Sad: Error {}\ntry interact("x", true) { x in throw Sad() }')
    assert failing.content["status"] == "error" and failing.content["ename"] == "Sad"


def test_changes_gather_while_a_callback_is_busy(echo):
    identifier, _ = shown(
        echo.run(
            "let busy = IntSlider(0...100)\nvar values: [Int] = []\n"
            "busy.onChange { v in values.append(v); usleep(300_000) }\nbusy"
        )
    )
    requests = []
    for value in range(1, 21):
        message = echo.client.session.msg(
            "comm_msg",
            {"comm_id": identifier, "data": {"method": "update", "state": {"value": value}, "buffer_paths": []}},
        )
        echo.client.shell_channel.send(message)
        requests.append(message["header"]["msg_id"])
    idle = set()
    end = time.monotonic() + 20
    while len(idle) < 20 and time.monotonic() < end:
        try:
            message = echo.client.get_iopub_msg(timeout=1)
        except queue.Empty:
            continue
        if message["content"].get("execution_state") == "idle":
            idle.add(message["parent_header"]["msg_id"])
    assert idle == set(requests)
    values = eval(echo.run("values").result)
    assert values[-1] == 20 and len(values) <= 5 and values == sorted(values)


# MARK: Progress bars


def test_a_progress_bar_is_one_display_that_is_updated(echo):
    cell = echo.run('for i in progress(0..<40, label: "a<b") { usleep(10_000) }')
    assert cell.content["status"] == "ok"
    assert cell.types.count("display_data") == 1
    updates = cell.of_type("update_display_data")
    identifier = cell.of_type("display_data")[0]["transient"]["display_id"]
    assert {u["transient"]["display_id"] for u in updates} == {identifier}
    assert 2 <= len(updates) <= 12
    last = updates[-1]["data"]
    assert last["text/plain"].startswith("a<b: 100%|") and "40/40" in last["text/plain"]
    assert "a&lt;b" in last["text/html"] and "a<b" not in last["text/html"]


@pytest.mark.parametrize(
    ("code", "ending"),
    [
        ("for i in progress(0..<10) { if i == 4 { break } }", "4/10"),
        ("for i in progress(0..<10) { if i == 4 { fatalError() } }", "4/10"),
        ("struct Odd: Error {}\nfor i in progress(0..<10) { if i == 4 { throw Odd() } }", "4/10"),
        ("for i in progress(sequence(first: 1) { $0 * 2 }) { if i > 100 { break } }", "7 ["),
    ],
)
def test_a_loop_that_does_not_come_to_its_end_leaves_its_bar_stopped(echo, code, ending):
    cell = echo.run(code, stop_on_error=False)
    last = cell.of_type("update_display_data")[-1]["data"]["text/plain"]
    assert ending in last and "stopped" in last


def test_an_interrupted_loop_leaves_its_bar_stopped(echo):
    cell = echo.send('print("go")\nfor i in progress(0..<1_000_000) { usleep(1000) }')
    from conversation import Exchange

    running = Exchange(cell)
    echo.wait_for_text(running, "go")
    time.sleep(0.5)
    echo.manager.interrupt_kernel()
    end = echo.collect(cell)
    assert end.content["ename"] == "Interrupted"
    assert "stopped" in end.of_type("update_display_data")[-1]["data"]["text/plain"]


def test_nested_loops_share_one_display(echo):
    cell = echo.run(
        'for i in progress(0..<3, label: "outer") { for j in progress(0..<30, label: "inner") { usleep(5000) } }'
    )
    assert cell.types.count("display_data") == 1
    texts = [u["data"]["text/plain"] for u in cell.of_type("update_display_data")]
    assert any("outer" in t and "inner" in t for t in texts)
    assert "inner" not in texts[-1] and "3/3" in texts[-1]


def test_a_callback_that_sleeps_is_ended_by_the_second_interrupt(echo):
    identifier, _ = shown(echo.run('Button("Sleep") { print("asleep"); sleep(600) }'))
    message = echo.client.session.msg(
        "comm_msg", {"comm_id": identifier, "data": {"method": "custom", "content": {"event": "click"}}}
    )
    echo.client.shell_channel.send(message)
    from conversation import Exchange

    exchange = Exchange(message["header"]["msg_id"])
    echo.wait_for_text(exchange, "asleep")
    echo.manager.interrupt_kernel()
    time.sleep(0.3)
    echo.manager.interrupt_kernel()
    echo.publish_until(exchange, lambda m: m["content"].get("execution_state") == "idle", limit=20)
    assert exchange.of_type("error")[0]["ename"] == "Interrupted"
    assert echo.run("40 + 2").result == "42"


def test_a_loop_that_a_callback_leaves_by_a_trap_has_its_bar_stopped(echo):
    cell = echo.run('interact("i", 0...9) { i in for k in progress(0..<9, label: "p") { if k == 4 && i == 8 { fatalError() } } }')
    _, state = shown(cell)
    slider, area = [child.removeprefix("IPY_MODEL_") for child in state["children"]]
    exchange = update(echo, slider, value=8)
    exchange.assert_framed()
    last = outputs(exchange, area)
    assert [o["output_type"] for o in last] == ["display_data", "error"]
    assert "4/9" in last[0]["data"]["text/plain"] and "stopped" in last[0]["data"]["text/plain"]


def test_what_a_cell_captured_before_it_trapped_is_shown(echo):
    cell = echo.run('OutputArea().capture { print("seen"); display(1 + 1); fatalError("over") }', stop_on_error=False)
    assert cell.text() == "seen\n" and cell.content["evalue"] == "over"
    assert cell.of_type("display_data")[0]["data"]["text/plain"] == "2"


def test_a_handler_has_nobody_to_ask_for_input(echo):
    identifier, _ = shown(echo.run('Button("Ask") { print("got", readLine() ?? "nothing") }'))
    exchange = send(echo, identifier, {"method": "custom", "content": {"event": "click"}})
    assert exchange.text() == "got nothing\n"

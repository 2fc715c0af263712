"""Commands in cells, as a Jupyter frontend sees them."""

import json
import re
import subprocess
import time

import nbformat
import pytest
from conftest import MARTLET


def test_a_command_between_swift(kernel):
    exchange = kernel.run("let a = 1\n!echo shell\nprint(a)\na + 1")
    exchange.assert_framed()
    assert exchange.text() == "shell\n1\n"
    assert exchange.result == "2"


def test_output_of_a_shell_comes_as_it_is_written(kernel):
    request = kernel.send("!for n in 1 2 3; do echo $n; sleep 0.5; done")
    arrived = {}
    end = time.monotonic() + 30
    while len(arrived) < 3 and time.monotonic() < end:
        message = kernel.client.get_iopub_msg(timeout=30)
        if message["msg_type"] == "stream":
            for number in message["content"]["text"].split():
                arrived[number] = time.monotonic()
    kernel.reply_to(request)
    assert arrived["3"] - arrived["1"] > 0.6


@pytest.mark.parametrize("code", ["!sleep 60 | cat", "%%bash\necho begun\nsleep 60 & wait"])
def test_an_interrupt_stops_a_shell_and_what_it_started(kernel, code):
    start = time.monotonic()
    request = kernel.send(code)
    time.sleep(1)
    kernel.manager.interrupt_kernel()
    exchange = kernel.collect(request)
    assert exchange.content["status"] == "error"
    assert exchange.content["ename"] == "Interrupted"
    assert time.monotonic() - start < 30
    assert kernel.run("!true").content["status"] == "ok"


def test_help_is_paged_with_markdown(kernel):
    (page,) = kernel.run("%help").content["payload"]
    assert page["source"] == "page"
    assert "| `%timeit" in page["data"]["text/markdown"]
    (page,) = kernel.run("%help time").content["payload"]
    assert "%time STATEMENT" in page["data"]["text/plain"]


def test_documentation_is_paged(kernel):
    kernel.run("/// Adds one.\nfunc increment(_ n: Int) -> Int { n + 1 }")
    (page,) = kernel.run("%doc increment").content["payload"]
    assert "func increment(_ n: Int) -> Int" in page["data"]["text/markdown"]
    assert "Adds one." in page["data"]["text/plain"]


def test_load_replaces_the_cell(kernel, tmp_path):
    file = tmp_path / "some code.swift"
    file.write_text("let loaded = \"é\"\n")
    (payload,) = kernel.run(f"%load {file}").content["payload"]
    assert payload["source"] == "set_next_input" and payload["replace"] is True
    assert payload["text"] == f"// %load {file}\nlet loaded = \"é\""
    error = kernel.run("%load nothing.swift", stop_on_error=False).content
    assert error["ename"] == "CommandError" and "nothing.swift" in error["evalue"]


def test_history_and_save(kernel, tmp_path):
    first = kernel.run("let kept = 1").content["execution_count"]
    kernel.run("!true")
    shown = kernel.run(f"%history -n {first}-{first + 1}").text()
    assert shown == f"{first}: let kept = 1\n{first + 1}: !true\n"
    file = tmp_path / "saved.swift"
    kernel.run(f"%save {file} {first}-{first + 1}")
    assert file.read_text() == "let kept = 1\n\n// !true\n"
    error = kernel.run(f"%save {file} {first}", stop_on_error=False).content
    assert "exists" in error["evalue"]
    kernel.run(f"%save -a {file} {first}")
    assert file.read_text() == "let kept = 1\n\n// !true\n\nlet kept = 1\n"


def test_timing_says_that_it_varies(kernel):
    exchange = kernel.run("%time let sum = (1...1000).reduce(0, +)\nsum")
    (shown,) = exchange.of_type("display_data")
    assert re.match(r"CPU times: user .+, system .+, total .+\nWall time: .+ \(compiled in .+\)$", shown["data"]["text/plain"])
    assert shown["metadata"] == {"martlet": {"varies": True}}
    assert exchange.result == "500500"


def test_measured_code_is_not_optimised_away(kernel):
    """A loop of a million dependent steps cannot take less than a step per cycle, nor more than some nanoseconds each."""
    kernel.run(
        "func steps(_ count: Int) -> UInt64 { var x: UInt64 = 1; for i in 0..<count { x = x &* 6364136223846793005 &+ UInt64(i) }; return x }"
    )
    (shown,) = kernel.run("%timeit steps(1_000_000)").of_type("display_data")
    text = shown["data"]["text/plain"]
    best, unit = re.search(r"best ([\d.]+) (\S+)\)$", text).groups()
    nanoseconds = float(best) * {"ns": 1, "µs": 1e3, "ms": 1e6, "s": 1e9}[unit]
    assert 2e5 < nanoseconds < 2e7, text


def complete(kernel, marked):
    position = marked.index("|")
    content = kernel.ask("complete_request", {"code": marked.replace("|", ""), "cursor_pos": position}).content
    return content


def test_completion_of_commands(kernel):
    content = complete(kernel, "%ti|")
    assert content["matches"] == ["%time", "%timeit"]
    assert (content["cursor_start"], content["cursor_end"]) == (0, 3)
    types = {entry["type"] for entry in content["metadata"]["_jupyter_types_experimental"]}
    assert types == {"command"}


def test_completion_of_swift_in_a_command(kernel):
    kernel.run('let temperatures = ["é": 1.5]')
    content = complete(kernel, 'let é = 1\n%time temper|')
    assert "temperatures" in content["matches"]
    assert (content["cursor_start"], content["cursor_end"]) == (16, 22)


@pytest.mark.parametrize(
    "code, status",
    [
        ("%cd data", "complete"),
        ("!ls", "complete"),
        ("%%bash\nls", "incomplete"),
        ("%%bash\nls\n", "complete"),
        ("%time f {", "incomplete"),
        ("let a = 1\n%pwd\nif a {", "incomplete"),
        ("%pwd\nlet a = )", "invalid"),
    ],
)
def test_is_complete(kernel, code, status):
    assert kernel.ask("is_complete_request", {"code": code}).content["status"] == status


def test_a_background_process_of_the_shell_goes_with_the_kernel(fresh_kernel):
    pid = int(fresh_kernel.run("!sleep 600 & echo $!").text())
    fresh_kernel.manager.shutdown_kernel()
    end = time.monotonic() + 10
    while time.monotonic() < end and is_alive(pid):
        time.sleep(0.1)
    assert not is_alive(pid)


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def notebook(*cells):
    book = nbformat.v4.new_notebook()
    book.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
    return book


def test_check_understands_commands(tmp_path):
    path = tmp_path / "commands.ipynb"
    nbformat.write(
        notebook("%time let a = 1\na", "!echo 2", "%timeit -n 1 -r 1 a", "%%bash\necho 3", "%history -n", "%help time"), path
    )
    run = [MARTLET, "run", path]
    subprocess.run([*run, "--output", path], check=True, stdout=subprocess.DEVNULL)
    stored = json.loads(path.read_text())
    assert "".join(stored["cells"][1]["outputs"][0]["text"]) == "2\n"
    assert "".join(stored["cells"][4]["outputs"][0]["text"]).startswith("1:\n%time let a = 1\na\n2: !echo 2\n")
    checked = subprocess.run([*run, "--check"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    stored["cells"][1]["outputs"][0]["text"] = ["4\n"]
    path.write_text(json.dumps(stored))
    assert subprocess.run([*run, "--check"], capture_output=True).returncode == 1

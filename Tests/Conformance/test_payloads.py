"""Pages and text for the next cell, where there is no execute_reply to carry them: the terminal and the runner."""

import json
import subprocess

import nbformat
import pytest
from conftest import MARTLET
from terminal import Repl


def test_a_page_is_printed_in_the_terminal(tmp_path):
    with Repl(tmp_path) as repl:
        repl.child.expect_exact("In [1]: ")
        repl.child.send("%help time\r")
        repl.child.expect_exact("%time STATEMENT")


def test_a_loaded_file_stands_at_the_next_prompt(tmp_path):
    file = tmp_path / "cell.swift"
    file.write_text("let loaded = 41\nloaded + 1")
    with Repl(tmp_path) as repl:
        repl.child.expect_exact("In [1]: ")
        repl.child.send(f"%load {file}\r")
        repl.child.expect_exact("loaded + 1")
        repl.child.send("\r")
        repl.child.expect_exact("Out[2]: 42")
        # Once only: the prompt after it is empty.
        repl.types("6 * 6", 3, 36)


@pytest.fixture
def notebook(tmp_path):
    file = tmp_path / "paging.ipynb"
    cells = ["%help time", f"%load {tmp_path / 'cell.swift'}", "1 + 1"]
    (tmp_path / "cell.swift").write_text("2 + 2")
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells]), file)
    return file


def test_the_runner_keeps_a_page_as_an_output(notebook, tmp_path):
    output = tmp_path / "out.ipynb"
    run = subprocess.run([MARTLET, "run", notebook, "--output", output], capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    assert "%time STATEMENT" in run.stdout
    nbformat.validate(nbformat.read(output, 4))
    helped, loaded, value = (cell["outputs"] for cell in json.loads(output.read_text())["cells"])
    assert [o["output_type"] for o in helped] == ["display_data"]
    assert "%time STATEMENT" in "".join(helped[0]["data"]["text/plain"])
    assert loaded == [], "there is no next cell to fill"
    assert value[0]["data"]["text/plain"] == ["2"]

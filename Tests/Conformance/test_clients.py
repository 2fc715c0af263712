"""Programs that people run notebooks with, on the tutorials."""

import json
import pathlib
import subprocess
import sys

import nbformat
import pytest
from conftest import MARTLET, ROOT
from nbclient import NotebookClient

HELLO = ROOT / "tutorials" / "00-hello-martlet.ipynb"
NOTEBOOKS = sorted([*ROOT.glob("tutorials/*.ipynb"), *ROOT.glob("notebooks/*.ipynb")])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebooks_are_valid(path):
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "martlet"
    assert notebook.metadata.language_info.name == "swift"


def test_nbclient_runs_the_first_tutorial():
    notebook = nbformat.read(HELLO, as_version=4)
    NotebookClient(notebook, timeout=120, kernel_name="martlet").execute()
    nbformat.validate(notebook)
    outputs = [o for cell in notebook.cells if cell.cell_type == "code" for o in cell.outputs]
    assert not [o for o in outputs if o.output_type == "error"]
    assert [o for o in outputs if "image/svg+xml" in o.get("data", {})], "there are plots"
    assert [o for o in outputs if "text/html" in o.get("data", {})], "there are tables"


def test_nbconvert_executes_the_first_tutorial(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "html", "--execute", "--output-dir", tmp_path, HELLO], check=True, timeout=300
    )
    page = (tmp_path / "00-hello-martlet.html").read_text()
    assert "<svg" in page or "image/svg+xml" in page


def test_the_runner_writes_a_valid_notebook_and_a_page(tmp_path):
    output, page = tmp_path / "out.ipynb", tmp_path / "out.html"
    subprocess.run([MARTLET, "run", HELLO, "--output", output, "--html", page], check=True, timeout=300)
    nbformat.validate(nbformat.read(output, as_version=nbformat.NO_CONVERT))
    text = page.read_text()
    assert "<svg" in text
    assert 'src="http' not in text and 'href="http' not in text.split("</head>")[0], "the page needs nothing from elsewhere"


def test_the_runner_names_the_cell_that_failed(tmp_path):
    path = write_notebook(tmp_path, ["let a = [1]", "print(a[9])", 'print("never")'])
    run = subprocess.run([MARTLET, "run", path], capture_output=True, text=True, timeout=120)
    assert run.returncode != 0
    assert "Index out of range" in run.stdout + run.stderr
    assert "never" not in run.stdout


def test_the_runner_goes_on_where_errors_are_allowed(tmp_path):
    path, output = write_notebook(tmp_path, ["missing", "1 + 1"]), tmp_path / "out.ipynb"
    run = subprocess.run([MARTLET, "run", path, "--allow-errors", "--output", output], capture_output=True, timeout=120)
    assert run.returncode == 0
    first, second = nbformat.read(output, as_version=4).cells
    assert first.outputs[0].output_type == "error"
    assert second.outputs[0].data["text/plain"] == "2"


def test_the_runner_stops_a_cell_that_takes_too_long(tmp_path):
    path = write_notebook(tmp_path, ["while true {}"])
    run = subprocess.run([MARTLET, "run", path, "--timeout", "2"], capture_output=True, text=True, timeout=60)
    assert run.returncode != 0


def test_check_compares_with_the_stored_outputs(tmp_path):
    path, output = write_notebook(tmp_path, ["let a = 20", "a + 1", 'print("x")']), tmp_path / "stored.ipynb"
    subprocess.run([MARTLET, "run", path, "--output", output], check=True, capture_output=True, timeout=120)
    assert subprocess.run([MARTLET, "run", "--check", output], capture_output=True, timeout=120).returncode == 0
    stored = json.loads(output.read_text())
    stored["cells"][1]["outputs"][0]["data"]["text/plain"] = ["22"]
    output.write_text(json.dumps(stored))
    changed = subprocess.run([MARTLET, "run", "--check", output], capture_output=True, text=True, timeout=120)
    assert changed.returncode != 0
    assert "21" in changed.stdout + changed.stderr and "22" in changed.stdout + changed.stderr


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"nbformat": 4, "cells": 3}', '{"nbformat": 99, "cells": []}', "{" * 10_000])
def test_what_is_no_notebook_is_refused_politely(tmp_path, text):
    path = tmp_path / "broken.ipynb"
    path.write_text(text)
    run = subprocess.run([MARTLET, "run", path], capture_output=True, text=True, timeout=60)
    assert 0 < run.returncode < 128, "an error, not a crash"
    assert "broken.ipynb" in run.stdout + run.stderr


def test_version_and_help():
    assert subprocess.run([MARTLET, "--version"], capture_output=True, text=True).stdout.strip()
    text = subprocess.run([MARTLET, "--help"], capture_output=True, text=True).stdout
    for command in ("run", "kernel", "repl", "install", "doctor"):
        assert command in text
    assert subprocess.run([MARTLET, "nonsense"], capture_output=True).returncode != 0


def test_the_kernelspec(tmp_path):
    subprocess.run([MARTLET, "install", "--prefix", tmp_path], check=True, capture_output=True)
    folder = tmp_path / "share" / "jupyter" / "kernels" / "martlet"
    spec = json.loads((folder / "kernel.json").read_text())
    assert spec["language"] == "swift"
    assert spec["interrupt_mode"] == "message"
    assert spec["argv"][-1] == "{connection_file}"
    assert pathlib.Path(spec["argv"][0]).is_file()
    assert spec["metadata"]["supported_encryption"] == ["curve"]
    for logo in ("logo-32x32.png", "logo-64x64.png", "logo-svg.svg"):
        assert (folder / logo).is_file()


def write_notebook(folder, cells):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in cells])
    notebook.metadata["kernelspec"] = {"name": "martlet", "display_name": "Swift (Martlet)", "language": "swift"}
    path = pathlib.Path(folder) / "input.ipynb"
    nbformat.write(notebook, path)
    return path

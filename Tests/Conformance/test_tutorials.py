"""What every tutorial and worked case has, as CONTRIBUTING says: length, parts, exercises that are solved, outputs that a reader on the web sees."""

import re

import nbformat
import pytest
from conftest import ROOT

TUTORIALS = sorted(ROOT.glob("tutorials/*.ipynb"))
CASES = [path for path in sorted(ROOT.glob("notebooks/*.ipynb")) if path.stem != "gallery-of-marks"]
CHECK = "application/vnd.martlet.check+json"


def read(path):
    return nbformat.read(path, as_version=4)


def prose(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def code(notebook, tag=None):
    return [cell for cell in notebook.cells if cell.cell_type == "code" and (not tag or tag in cell.metadata.get("tags", []))]


def checks(cell):
    return [output.data[CHECK] for output in cell.outputs if CHECK in output.get("data", {})]


def questions(text):
    """How many questions there are: one fold for each, or a numbered list and one fold with all answers."""
    section = re.search(r"^#+ Questions.*?(?=^#{1,3} |\Z)", text, re.S | re.M)
    folds = section[0].count("<details>")
    return folds if folds > 1 else len(re.findall(r"^\d+\. ", section[0].split("<details>")[0], re.M))


@pytest.mark.parametrize("path", TUTORIALS, ids=lambda path: path.stem)
def test_a_tutorial_has_its_parts(path):
    notebook, facts = read(path), read(path).metadata.martlet
    text = prose(notebook)
    assert path.stem.startswith(facts.id + "-")
    assert 25 <= len(notebook.cells) <= 45 and facts.minutes <= 25
    assert path.stat().st_size < 700 * 1024
    first = notebook.cells[0].source
    assert first.startswith("# ") and f"{facts.minutes} minutes" in first and "Before this:" in first
    assert notebook.cells[1].cell_type == "code", "the result comes first"
    assert re.search(r"\*\*Goals\.\*\*|When you are done you can|What you will be able to do", text)
    assert re.search(r"can go wrong", text, re.I)
    assert 5 <= questions(text) <= 8
    python = text[text.index("Coming from Python") :]
    assert "```python" in python and "What to keep" in text and re.search(r"\*\*Next:?\*\*", text)


@pytest.mark.parametrize("path", TUTORIALS, ids=lambda path: path.stem)
def test_exercises_are_solved(path):
    notebook = read(path)
    exercises, solutions = code(notebook, "exercise"), code(notebook, "solution")
    assert len(exercises) == len(solutions) == 3
    assert all("TODO" in cell.source for cell in exercises)
    assert all(checks(cell) for cell in solutions), "a solution checks itself"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_ends_with_a_decision(path):
    notebook = read(path)
    text = prose(notebook)
    assert notebook.metadata.martlet.group == "Worked cases"
    assert "**The question.**" in text and "What to keep" in text and re.search(r"\*\*Next:?\*\*", text)
    assert re.search(r"^#+ The decision|The order for the week to come", text, re.M)


@pytest.mark.parametrize("path", TUTORIALS + CASES, ids=lambda path: path.stem)
def test_outputs_are_stored(path):
    notebook = read(path)
    facts, cells = notebook.metadata.martlet, code(notebook)
    assert all(cell.execution_count for cell in cells)
    for cell in cells:
        failed = [output for output in cell.outputs if output.output_type == "error"]
        assert not failed or "raises-exception" in cell.metadata.get("tags", []), cell.source
    held = [check for cell in cells for check in checks(cell)]
    assert len(held) == facts.checks >= 8 and all(check["holds"] for check in held)
    figures = [o for cell in cells for o in cell.outputs if {"image/svg+xml", "image/png"} & set(o.get("data", {}))]
    assert len(figures) == facts.figures >= 4

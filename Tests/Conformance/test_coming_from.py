"""The tables for people who come from Python: every row of Martlet's column runs, in its page's order."""

import ast
import re
import subprocess

import nbformat
import pytest
from conftest import MARTLET, ROOT

PAGES = sorted((ROOT / "Documentation" / "Coming from").glob("*.md"))
ROW = re.compile(r"^\| (.+?) \| (.+) \|$")
CODE = re.compile(r"`([^`]+)`")


def rows(page):
    """The table rows of a page as (Python, Swift), without the heads."""
    found = [ROW.match(line) for line in page.read_text().splitlines()]
    return [tuple(cell.replace("\\|", "|") for cell in row.groups()) for row in found if row and "`" in row[2]]


def cells(page):
    """What the page begins with, and each row's Swift."""
    start = re.findall(r"```swift\n(.*?)```", page.read_text(), re.S)
    return start + [CODE.search(swift)[1] for _, swift in rows(page)]


def test_there_is_a_page_for_each_library():
    assert [page.stem for page in PAGES] == ["NumPy", "PyTorch", "pandas", "scikit-learn"]
    for page in PAGES:
        assert len(rows(page)) >= 30, page.name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_row_runs(page, tmp_path):
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(code) for code in cells(page)],
        metadata={"kernelspec": {"name": "martlet", "display_name": "Martlet", "language": "swift"}},
    )
    path = tmp_path / "page.ipynb"
    nbformat.write(notebook, path)
    run = subprocess.run([MARTLET, "run", path], capture_output=True, text=True, timeout=600, cwd=tmp_path)
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-4000:]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_other_column_is_python(page):
    for python, _ in rows(page):
        for code in CODE.findall(python):
            ast.parse(code)

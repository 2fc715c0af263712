"""README, CONTRIBUTING and the pages of Documentation: their code runs and shows what they say, and what they name is there."""

import re
import subprocess
import urllib.parse

import nbformat
import pytest
from conftest import MARTLET, ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "Documentation").rglob("*.md"))]
EXAMPLE = re.compile(r"```swift\n(.*?)```\n(?:```\n(.*?)```)?", re.S)
LINK = re.compile(r"\[[^\]]*\]\((<[^>]+>|[^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def name(page):
    return str(page.relative_to(ROOT))


def run(cells, folder, fails=frozenset()):
    """The cells' outputs as text, of one session; those in `fails` are expected to end in an error."""
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(code, metadata={"tags": ["raises-exception"]} if place in fails else {})
            for place, code in enumerate(cells)
        ],
        metadata={"kernelspec": {"name": "martlet", "display_name": "Martlet", "language": "swift"}},
    )
    path = folder / "page.ipynb"
    nbformat.write(notebook, path)
    done = subprocess.run([MARTLET, "run", path, "--output", path], capture_output=True, text=True, timeout=300, cwd=folder)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    shown = []
    for cell in nbformat.read(path, as_version=4).cells:
        texts = [output.get("text") or "\n".join(output.get("traceback", [])) for output in cell.outputs]
        shown.append(ESCAPE.sub("", "\n".join(texts)).strip())
    return shown


def test_the_readme_shows_what_its_cells_show(tmp_path):
    examples = EXAMPLE.findall((ROOT / "README.md").read_text())
    assert len(examples) == 2 and all(expected for _, expected in examples)
    fails = {place for place, (_, expected) in enumerate(examples) if expected.startswith("Trap")}
    assert run([code for code, _ in examples], tmp_path, fails) == [expected.strip() for _, expected in examples]


def test_the_page_of_how_a_cell_runs_has_cells_that_run(tmp_path):
    text = (ROOT / "Documentation" / "How a cell runs.md").read_text()
    cells = [code for code, _ in EXAMPLE.findall(text) if "// In[" in code]
    assert len(cells) == 2
    run(cells, tmp_path)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_to_files(page):
    for target in LINK.findall(page.read_text()):
        target = target.strip("<>")
        if re.match(r"[a-z]+:", target) or target.startswith("#"):
            continue
        file = urllib.parse.unquote(target.split("#")[0])
        assert (page.parent / file).exists(), f"{name(page)} links to {file}, which is not there"


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=name)
def test_paths_in_code_are_there(page):
    roots = ("Sources/", "Tests/", "Documentation/", "tutorials/", "notebooks/", "scripts/", "Benchmarks/", "Fuzzing/")
    for path in CODE.findall(page.read_text()):
        if not path.startswith(roots) or " " in path:
            continue
        # What the reader is to fill in stands for anything: FAMILY/NAME.swift, NN-name.ipynb, ….
        pattern = re.sub(r"FAMILY|NAME|NN-name|…", "*", path)
        pattern = pattern.replace("/*/", "/**/") if "…" in path else pattern
        assert any(ROOT.glob(pattern.rstrip("/"))), f"{name(page)} names {path}, which is not there"


def test_every_make_command_is_there():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    for page in PAGES:
        for command in re.findall(r"`make ([a-z-]+)", page.read_text()):
            assert command in targets, f"{name(page)} names make {command}"

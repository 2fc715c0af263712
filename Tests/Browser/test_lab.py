"""What a person does in JupyterLab with Martlet: the stock JupyterLab in a real browser, nothing of either replaced."""

import re

import pytest
from laboratory import ROOT
from playwright.sync_api import expect

HELLO = ROOT / "tutorials" / "00-hello-martlet.ipynb"


def test_the_first_tutorial(laboratory, open_notebook):
    notebook = open_notebook(laboratory.copy(HELLO))
    notebook.run_all()
    notebook.picture("top")
    assert notebook.panel.locator('[data-mime-type="application/vnd.jupyter.error"]').count() == 0
    expect(notebook.outputs().filter(has_text="It reads 899 digits")).to_have_count(1)

    pictures = notebook.panel.locator(".jp-RenderedSVG img")
    assert pictures.count() >= 5, "every chart of the tutorial"
    sizes = pictures.evaluate_all("images => images.map(i => [i.complete, i.naturalWidth, i.naturalHeight])")
    assert all(complete and width > 50 and height > 50 for complete, width, height in sizes), sizes
    notebook.picture_of(pictures.nth(0), "chart")

    table = notebook.panel.locator(".jp-RenderedHTMLCommon table").first
    expect(table.locator("th", has_text="sepalLength")).to_be_visible()
    assert table.locator("tbody tr").count() == 5, "head() has five rows"
    notebook.picture_of(table, "table")

    assert laboratory.listening() <= {"127.0.0.1"}, "nothing can be reached from elsewhere"


def test_tab_completes(laboratory, open_notebook):
    notebook = open_notebook(laboratory.write("completion.ipynb", ['let elephants = ["Ann", "Bo"]', "eleph", "elephants.co"]))
    notebook.run(0)
    expect(notebook.complete(1)).to_have_count(1)
    notebook.page.keyboard.press("Enter")
    expect(notebook.cell(1).locator(".cm-content")).to_have_text("elephants")

    choices = notebook.complete(2)
    notebook.picture("choices")
    choices.filter(has=notebook.page.get_by_text("count", exact=True)).click()
    expect(notebook.cell(2).locator(".cm-content")).to_have_text("elephants.count")
    notebook.run(2)
    expect(notebook.outputs(2)).to_have_text("2")


def test_a_slider_moves_a_value(laboratory, open_notebook):
    cells = ["import Martlet", "let slider = IntSlider(0...10, value: 3)\nslider", "slider.value"]
    notebook = open_notebook(laboratory.write("slider.ipynb", cells))
    notebook.run(0)
    notebook.run(1)
    handle = notebook.cell(1).get_by_role("slider")
    expect(handle).to_be_visible()
    notebook.picture("before")
    handle.focus()
    for _ in range(4):
        notebook.page.keyboard.press("ArrowRight")
    expect(notebook.cell(1).locator(".widget-readout")).to_have_text("7")
    notebook.run(2)
    expect(notebook.outputs(2)).to_have_text("7")


def test_interrupt_and_restart(laboratory, open_notebook):
    cells = ['let kept = "kept"', 'print("begun")\nvar rounds = 0\nwhile true { rounds &+= 1 }', "kept", "(kept, rounds > 0)"]
    notebook = open_notebook(laboratory.write("interruption.ipynb", cells))
    notebook.run(0)
    notebook.begin(1)
    expect(notebook.outputs(1).first).to_have_text(re.compile("begun"))
    assert notebook.prompt(1) == "[*]:"
    notebook.picture("running")
    notebook.interrupt()
    notebook.wait_for(1)
    expect(notebook.outputs(1).last).to_contain_text("Interrupted")
    notebook.run(3)
    expect(notebook.outputs(3)).to_contain_text("true")
    notebook.picture("interrupted")

    notebook.restart()
    notebook.run(2)
    expect(notebook.outputs(2)).to_contain_text("cannot find 'kept' in scope")
    assert notebook.prompt(2) == "[1]:", "a new kernel counts from one"
    notebook.run(0)
    notebook.run(2)
    expect(notebook.outputs(2)).to_have_text('"kept"')

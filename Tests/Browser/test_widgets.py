"""Widgets in JupyterLab: what a person moves and presses reaches the cells' code, and what that shows comes back."""

import time

import pytest
from conftest import PICTURES
from notebook_page import NotebookPage

CELLS = [
    "import Martlet",
    'interact("frequency", 1...10, "shape", ["sine", "cosine"], "note", true) { frequency, shape, note in\n'
    '  if note { print("\\(shape) of \\(frequency)") }\n'
    "  return Chart { FunctionMark(0...6.28) { x in shape == \"sine\" ? sin(Double(frequency) * x) : cos(Double(frequency) * x) } }\n"
    "}",
    'let status = Label("not pressed")\nvar presses = 0\nlet log = OutputArea()\n'
    'let press = Button("Press") { presses += 1; status.value = "pressed \\(presses)"; log.capture { print("press \\(presses)") } }\n'
    "VBox(HBox(press, status), log)",
    'for _ in progress(0..<3, label: "epochs") { usleep(200_000) }',
    "let live = IntSlider(0...10, value: 0)\nlive",
    'while live.value == 0 { usleep(10_000) }\nprint("the loop saw", live.value)',
]


@pytest.fixture(scope="module")
def notebook(laboratory, browser):
    page = browser.new_page(viewport={"width": 1200, "height": 1600})
    notebook = NotebookPage(page, laboratory, laboratory.write("widgets.ipynb", CELLS), PICTURES / "widgets")
    # All but the last cell, which waits for the reader.
    for number in range(len(CELLS) - 1):
        notebook.run(number)
    yield notebook
    notebook.close()


def wait(condition, seconds):
    """The condition's first true value."""
    end = time.monotonic() + seconds
    while True:
        if found := condition():
            return found
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def drag(page, handle, pixels):
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 11):
        page.mouse.move(x + pixels * step / 10, y)
        page.wait_for_timeout(20)
    page.mouse.up()


def test_moving_a_slider_draws_the_chart_again(notebook):
    interact = notebook.cell(1)
    interact.get_by_text("sine of 5").wait_for()
    before = interact.locator(".jp-RenderedSVG").inner_html()
    notebook.picture("before")
    drag(notebook.page, interact.locator(".noUi-handle").first, 200)
    interact.get_by_text("sine of 10").wait_for()
    wait(lambda: interact.locator(".jp-RenderedSVG").inner_html() != before, 20)
    interact.locator("select").select_option("cosine")
    interact.get_by_text("cosine of 10").wait_for()
    interact.locator("input[type=checkbox]").uncheck()
    interact.get_by_text("cosine of 10").wait_for(state="detached")
    notebook.picture("after")


def test_a_button_changes_a_label_and_prints_into_its_area(notebook):
    pressing = notebook.cell(2)
    for _ in range(3):
        pressing.locator("button.jupyter-button").click()
    pressing.get_by_text("pressed 3").wait_for()
    pressing.get_by_text("press 1\npress 2\npress 3").wait_for()
    notebook.picture("pressed")


def test_a_bar_ends_full(notebook):
    bar = notebook.cell(3).locator("progress")
    wait(lambda: bar.get_attribute("value") in ("1", "1.0") or None, 20)
    assert "3/3" in notebook.cell(3).locator(".jp-OutputArea-output").inner_text()


def test_a_running_loop_sees_a_slider_move(notebook):
    notebook.cell(5).locator(".cm-content").click()
    notebook.page.keyboard.press("Shift+Enter")
    notebook.page.wait_for_timeout(1000)
    drag(notebook.page, notebook.cell(4).locator(".noUi-handle").first, 60)
    notebook.cell(5).locator(".jp-OutputArea").get_by_text("the loop saw").wait_for()
    notebook.picture("loop")

"""Widgets in a real JupyterLab, in a real browser. Skipped where `requirements-lab.txt` or Debian's chromium is not installed.

The pictures of each step are kept in `.build/lab-pictures`.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import nbformat
import pytest

from conftest import ROOT

pytest.importorskip("jupyterlab")
playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium")
if not CHROMIUM:
    pytest.skip("there is no chromium", allow_module_level=True)

PICTURES = ROOT / ".build" / "lab-pictures"
CELLS = [
    "import Martlet",
    'interact("frequency", 1...10, "shape", ["sine", "cosine"], "note", true) { frequency, shape, note in\n'
    '  if note { print("\\(shape) of \\(frequency)") }\n'
    "  return Chart { FunctionMark(0...6.28) { x in shape == \"sine\" ? sin(Double(frequency) * x) : cos(Double(frequency) * x) } }\n"
    "}",
    'let status = Label("not pressed")\nvar presses = 0\nlet log = OutputArea()\n'
    'let press = Button("Press") { presses += 1; status.value = "pressed \\(presses)"; log.capture { print("press \\(presses)") } }\n'
    "VBox(HBox(press, status), log)",
    'for epoch in progress(0..<3, label: "epochs") { usleep(200_000) }',
    "let live = IntSlider(0...10, value: 0)\nlive",
    'while live.value == 0 { usleep(10_000) }\nprint("the loop saw", live.value)',
]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lab")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    notebook.metadata.kernelspec = {"name": "martlet", "display_name": "Martlet", "language": "swift"}
    nbformat.write(notebook, folder / "widgets.ipynb")
    address = f"http://127.0.0.1:{free_port()}"
    environment = os.environ | {"JUPYTER_CONFIG_DIR": str(folder / "config"), "JUPYTER_DATA_DIR": str(folder / "data")}
    server = subprocess.Popen(
        [
            sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={address.rsplit(':')[-1]}", "--allow-root",
            "--IdentityProvider.token=", f"--notebook-dir={folder}",
        ],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    try:
        wait(lambda: urllib.request.urlopen(address + "/api/status", timeout=5), 60)
        with playwright.sync_playwright() as player:
            browser = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1200, "height": 1600})
            page.set_default_timeout(60_000)
            page.goto(address + "/lab/tree/widgets.ipynb", wait_until="domcontentloaded")
            page.wait_for_selector(".jp-Notebook .jp-CodeCell")
            wait(lambda: "Idle" in page.inner_text("#jp-main-statusbar") or None, 60)
            page.click(".jp-CodeCell .cm-content >> nth=0")
            # All but the last cell, which waits for the reader.
            for _ in CELLS[:-1]:
                page.keyboard.press("Shift+Enter")
            page.wait_for_selector(".jp-CodeCell >> nth=4 >> .noUi-handle")
            yield page
            browser.close()
    finally:
        server.terminate()
        server.wait()


def wait(condition, seconds):
    """The condition's first true value."""
    end = time.monotonic() + seconds
    while True:
        try:
            if found := condition():
                return found
        except OSError:
            pass
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def cell(page, number):
    return page.locator(".jp-CodeCell").nth(number)


def picture(page, name):
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")


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


def test_moving_a_slider_draws_the_chart_again(page):
    interact = cell(page, 1)
    interact.get_by_text("sine of 5").wait_for()
    before = interact.locator(".jp-RenderedSVG").inner_html()
    picture(page, "1-before")
    drag(page, interact.locator(".noUi-handle").first, 200)
    interact.get_by_text("sine of 10").wait_for()
    wait(lambda: interact.locator(".jp-RenderedSVG").inner_html() != before, 20)
    interact.locator("select").select_option("cosine")
    interact.get_by_text("cosine of 10").wait_for()
    interact.locator("input[type=checkbox]").uncheck()
    interact.get_by_text("cosine of 10").wait_for(state="detached")
    picture(page, "2-after")


def test_a_button_changes_a_label_and_prints_into_its_area(page):
    pressing = cell(page, 2)
    for _ in range(3):
        pressing.locator("button.jupyter-button").click()
    pressing.get_by_text("pressed 3").wait_for()
    pressing.get_by_text("press 1\npress 2\npress 3").wait_for()
    picture(page, "3-pressed")


def test_a_bar_ends_full(page):
    bar = cell(page, 3).locator("progress")
    wait(lambda: bar.get_attribute("value") in ("1", "1.0") or None, 20)
    assert "3/3" in cell(page, 3).locator(".jp-OutputArea-output").inner_text()


def test_a_running_loop_sees_a_slider_move(page):
    cell(page, 5).locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    page.wait_for_timeout(1000)
    drag(page, cell(page, 4).locator(".noUi-handle").first, 60)
    cell(page, 5).locator(".jp-OutputArea").get_by_text("the loop saw").wait_for()
    picture(page, "4-loop")

"""JupyterLab and a browser, once for all tests; a picture of the page after each of them."""

import shutil

import pytest
from laboratory import HOME, ROOT, Laboratory, clean
from notebook_page import NotebookPage
from playwright.sync_api import sync_playwright

PICTURES = ROOT / ".build" / "browser"


def pytest_configure(config):
    if not (HOME / "bin" / "martlet").exists():
        raise pytest.UsageError(f"{HOME / 'bin' / 'martlet'} is not there: run `make build` first")
    clean(PICTURES)


@pytest.fixture(scope="session")
def laboratory(tmp_path_factory):
    with Laboratory(tmp_path_factory.mktemp("lab")) as laboratory:
        yield laboratory
        shutil.copy(laboratory.log, PICTURES / "jupyterlab.log")


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        # Chromium's own sandbox does not start for root; the page is ours, and nothing else is ever opened.
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def open_notebook(laboratory, browser, request):
    """Opens a notebook of the laboratory's folder in a page of its own; the test's pictures are named after the test."""
    pages = []

    def open_it(name):
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        # Nothing that this project shows needs anything from elsewhere.
        page.route(lambda url: not url.startswith(laboratory.address), lambda route: route.abort())
        pages.append(NotebookPage(page, laboratory, name, PICTURES / request.node.name.removeprefix("test_")))
        return pages[-1]

    yield open_it
    for page in pages:
        page.picture("end")
        page.close()

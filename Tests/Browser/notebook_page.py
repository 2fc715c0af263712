"""A notebook in JupyterLab's page, used as a person uses it: by its menus, its toolbar and the keyboard."""

import re

from playwright.sync_api import TimeoutError, expect

# Generous: machines that test are busy. What is there sooner is seen sooner.
LIMIT = 60_000


class NotebookPage:
    def __init__(self, page, laboratory, name, pictures):
        self.page, self.name, self.pictures = page, name, pictures
        page.set_default_timeout(LIMIT)
        page.goto(f"{laboratory.address}/lab/workspaces/{pictures.name}/tree/{name}?reset&token={laboratory.token}")
        self.panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
        # Whoever runs cells before there is a kernel is asked which one to start.
        expect(page.locator("#jp-bottom-panel").get_by_text("Martlet (Swift) | Idle")).to_be_visible(timeout=LIMIT)
        self.wait_until_idle()

    def close(self):
        self.page.close()

    def picture(self, moment):
        """Keeps what is seen now."""
        self.page.screenshot(path=f"{self.pictures}-{moment}.png")

    def picture_of(self, element, moment):
        """Keeps one element of the page, scrolled into view."""
        element.scroll_into_view_if_needed()
        element.screenshot(path=f"{self.pictures}-{moment}.png")

    # Cells

    @property
    def cells(self):
        return self.panel.locator(".jp-CodeCell")

    def cell(self, index):
        return self.cells.nth(index)

    def outputs(self, index=None):
        return (self.panel if index is None else self.cell(index)).locator(".jp-OutputArea-output")

    def prompt(self, index):
        """What stands beside a cell: `[3]:`, `[*]:` while it waits or runs, `[ ]:` before."""
        return self.cell(index).locator(".jp-InputPrompt").inner_text().strip()

    def select(self, index):
        self.cell(index).locator(".cm-content").click()

    def run(self, index):
        """Runs a cell to its end."""
        self.begin(index)
        self.wait_for(index)

    def begin(self, index):
        self.select(index)
        self.page.keyboard.press("Control+Enter")
        expect(self.cell(index).locator(".jp-InputPrompt")).not_to_have_text("[ ]:", timeout=LIMIT)

    def wait_for(self, index):
        expect(self.cell(index).locator(".jp-InputPrompt")).to_have_text(re.compile(r"\[\d+\]:"), timeout=LIMIT)
        self.wait_until_idle()

    def complete(self, index):
        """Presses Tab at a cell's end; returns the choices. JupyterLab waits a second for a kernel's answer, so that the first question
        on a busy machine may have to be asked again, which is what people do."""
        self.select(index)
        self.page.keyboard.press("End")
        choices = self.page.locator(".jp-Completer:not(.lm-mod-hidden) .jp-Completer-item")
        for _ in range(10):
            self.page.keyboard.press("Tab")
            try:
                choices.first.wait_for(state="visible", timeout=3000)
                return choices
            except TimeoutError:
                continue
        raise AssertionError("no completions were shown")

    # The kernel

    def wait_until_idle(self):
        expect(self.panel.locator(".jp-Notebook-ExecutionIndicator")).to_have_attribute("data-status", "idle", timeout=LIMIT)

    def menu(self, name, entry):
        self.page.get_by_role("menuitem", name=name, exact=True).click()
        self.page.get_by_role("menuitem", name=entry).first.click()

    def run_all(self):
        self.menu("Run", "Run All Cells")
        # A folded cell, as that of a solution, has a prompt without a number.
        last = self.cells.locator(".jp-InputPrompt:not(.jp-Placeholder-prompt)").last
        expect(last).to_have_text(re.compile(r"\[\d+\]:"), timeout=LIMIT)
        self.wait_until_idle()

    def interrupt(self):
        self.panel.locator('[data-jp-item-name="interrupt"] jp-button').click()

    def restart(self):
        self.panel.locator('[data-jp-item-name="restart"] jp-button').click()
        self.page.locator(".jp-Dialog .jp-mod-accept").click()
        self.wait_until_idle()

"""`martlet repl` as somebody at a terminal has it."""

import os

import pexpect
from conftest import MARTLET


class Repl:
    """`martlet repl` in a terminal of its own."""

    def __init__(self, folder, **environment):
        environment = dict(os.environ, XDG_DATA_HOME=str(folder), TERM="xterm", NO_COLOR="1", **environment)
        self.child = pexpect.spawn(str(MARTLET), ["repl"], env=environment, encoding="utf-8", timeout=60, dimensions=(24, 80))
        self.child.expect("Ctrl-D ends the session")

    def __enter__(self):
        return self

    def __exit__(self, failure, *unused):
        if failure is None and self.child.isalive():
            # Whether the prompt is there already or not.
            self.child.sendeof()
            self.child.expect(pexpect.EOF)
        self.child.close(force=True)

    def types(self, keys, number, result):
        self.child.expect_exact(f"In [{number}]: ")
        self.child.send(keys + "\r")
        self.child.expect_exact(f"Out[{number}]: {result}")

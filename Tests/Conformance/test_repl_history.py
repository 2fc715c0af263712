"""The up arrow of `martlet repl` finds what was run before, in terminals and in notebooks."""

import os
import sqlite3

import pexpect
import pytest
from conftest import MARTLET
from conversation import Conversation
from terminal import Repl

UP = "\x1b[A"


def sources(folder):
    with sqlite3.connect(folder / "martlet" / "history.sqlite") as database:
        return database.execute("SELECT session, line, source, output FROM cells ORDER BY session, line").fetchall()


def test_cells_come_back_in_another_session(tmp_path):
    with Repl(tmp_path) as repl:
        repl.types("40 + 2", 1, 42)
        repl.types("6 * 6", 2, 36)
    assert sources(tmp_path) == [(1, 1, "40 + 2", "42"), (1, 2, "6 * 6", "36")]
    with Conversation(environment=dict(os.environ, XDG_DATA_HOME=str(tmp_path))) as notebook:
        notebook.run("7 * 8")
    with Repl(tmp_path) as repl:
        repl.types(UP, 1, 56)
        repl.types(UP * 2, 2, 36)
        repl.types(UP * 4 + "0", 3, 60)
    assert [row[:3] for row in sources(tmp_path)[-3:]] == [(3, 1, "7 * 8"), (3, 2, "6 * 6"), (3, 3, "40 + 20")]


def test_history_can_be_turned_off(tmp_path):
    with Repl(tmp_path, MARTLET_HISTORY="off") as repl:
        repl.types("1 + 1", 1, 2)
        repl.types(UP, 2, 2)
    assert list(tmp_path.iterdir()) == []


def test_what_is_piped_in_is_not_remembered(tmp_path):
    environment = dict(os.environ, XDG_DATA_HOME=str(tmp_path))
    output, status = pexpect.run(
        f"/bin/sh -c 'echo 1 + 1 | {MARTLET} repl'", env=environment, withexitstatus=True, encoding="utf-8", timeout=60
    )
    assert status == 0 and "2" in output
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_no_harm(tmp_path):
    (tmp_path / "martlet").mkdir()
    (tmp_path / "martlet" / "history.sqlite").write_bytes(b"this is no database\n" * 100)
    with Repl(tmp_path) as repl:
        repl.types("1 + 1", 1, 2)
        repl.types(UP, 2, 2)


@pytest.mark.parametrize("place", ["/proc/nowhere", "/dev/null"])
def test_a_place_that_cannot_be_costs_nothing_either(place):
    with Repl(place) as repl:
        repl.types("1 + 1", 1, 2)


def test_control_d_typed_ahead_ends_the_session(tmp_path):
    """While a cell runs the terminal reads line by line; what it makes of Ctrl-D then must not be lost."""
    with Repl(tmp_path) as repl:
        repl.child.expect_exact("In [1]: ")
        repl.child.send('import Glibc\rprint("be" + "gun"); fflush(nil); sleep(2)\r')
        repl.child.expect("begun")
        repl.child.sendeof()
        repl.child.expect(pexpect.EOF)


def test_cells_typed_ahead_are_run(tmp_path):
    with Repl(tmp_path) as repl:
        repl.child.expect_exact("In [1]: ")
        repl.child.send('import Glibc\rprint("be" + "gun"); fflush(nil); sleep(1)\r')
        repl.child.expect("begun")
        repl.child.send("40 + 2\r")
        repl.child.expect_exact("Out[3]: 42")

"""History: the same questions to Martlet and to ipykernel, and the same answers."""

import os
import stat
import subprocess
import sys

import pytest
from conversation import Conversation, Exchange

# One session each: cells that mean the same in both languages, so that one list serves both kernels.
EARLIER = ["1 + 1", "3 * 4\n"]
NOW = ["print(1)", "2 + 2\n\n", "nowhere", "(\n  5\n)", "1 + 1"]


class Session(Conversation):
    """A conversation whose kernel keeps its history in a folder."""

    def __init__(self, name, folder):
        # Each kernel has its own way to say where.
        environment = dict(os.environ, IPYTHONDIR=str(folder), XDG_DATA_HOME=str(folder))
        super().__init__(kernel=name, environment=environment)

    def history(self, kind, **question):
        question = {"hist_access_type": kind, "output": False, "raw": True} | question
        content = self.ask("history_request", question).content
        assert content["status"] == "ok"
        return content["history"]


@pytest.fixture(scope="module")
def python_kernel(request):
    """ipykernel's specification beside Martlet's."""
    prefix = request.config.martlet_prefix
    subprocess.run([sys.executable, "-m", "ipykernel", "install", "--prefix", prefix], check=True, capture_output=True)
    return "python3"


@pytest.fixture(scope="module", params=["martlet", "ipykernel"])
def sessions(request, tmp_path_factory, python_kernel):
    """A kernel in its second session, and what it says about itself: the facts hold for both."""
    name = "martlet" if request.param == "martlet" else python_kernel
    folder = tmp_path_factory.mktemp(request.param)
    with Session(name, folder) as earlier:
        for cell in EARLIER:
            earlier.run(cell)
        # ipykernel forgets its last cells when it is killed.
        earlier.manager.shutdown_kernel()
    with Session(name, folder) as session:
        for cell in NOW:
            session.run(cell, stop_on_error=False)
        # Without results: ipykernel would give them to the cell before.
        session.run("print(6)", store_history=False)
        session.run("print(7)", silent=True)
        yield session


def numbered(first, cells, session=0, outputs=None):
    sources = [cell.rstrip("\n") for cell in cells]
    if outputs is None:
        return [[session, first + i, source] for i, source in enumerate(sources)]
    return [[session, first + i, [source, output]] for i, (source, output) in enumerate(zip(sources, outputs))]


RESULTS = [None, "4", None, "5", "2"]

QUESTIONS = [
    ("range", dict(session=0, start=1), numbered(1, NOW)),
    ("range", dict(session=0, start=0), [[0, 0, ""]] + numbered(1, NOW)),
    ("range", dict(session=0, start=0, output=True), [[0, 0, ["", None]]] + numbered(1, NOW, outputs=RESULTS)),
    ("range", dict(session=0, start=2, stop=4), numbered(2, NOW[1:3])),
    ("range", dict(session=0, start=2, stop=4, output=True), numbered(2, NOW[1:3], outputs=RESULTS[1:3])),
    ("range", dict(session=0, start=-2), numbered(4, NOW[3:])),
    ("range", dict(session=0, start=1, stop=-1), numbered(1, NOW[:-1])),
    ("range", dict(session=0, start=4, stop=100), numbered(4, NOW[3:])),
    ("range", dict(session=0, start=1, stop=0), numbered(1, NOW)),
    ("range", dict(session=-1, start=0), numbered(1, EARLIER, 1)),
    ("range", dict(session=-1, start=1, stop=2), numbered(1, EARLIER[:1], 1)),
    ("range", dict(session=1, start=1), numbered(1, EARLIER, 1)),
    ("range", dict(session=7, start=1), []),
    ("range", dict(session=-7, start=1), []),
    ("tail", dict(n=2), numbered(4, NOW[3:], 2)),
    ("tail", dict(n=6), numbered(2, EARLIER[1:], 1) + numbered(1, NOW, 2)),
    ("tail", dict(n=100), numbered(1, EARLIER, 1) + numbered(1, NOW, 2)),
    ("tail", dict(n=0), []),
    ("search", dict(pattern="*", n=100), numbered(1, EARLIER, 1) + numbered(1, NOW, 2)),
    ("search", dict(pattern="*", n=2), numbered(4, NOW[3:], 2)),
    ("search", dict(pattern="? + ?"), [[1, 1, "1 + 1"], [2, 2, "2 + 2"], [2, 5, "1 + 1"]]),
    ("search", dict(pattern="? + ?", unique=True), [[2, 2, "2 + 2"], [2, 5, "1 + 1"]]),
    ("search", dict(pattern="? + ?", n=1, unique=True), [[2, 5, "1 + 1"]]),
    ("search", dict(pattern="[0-2]*"), [[1, 1, "1 + 1"], [2, 2, "2 + 2"], [2, 5, "1 + 1"]]),
    ("search", dict(pattern="1 +"), []),
    ("search", dict(pattern="NOWHERE"), []),
    ("range", dict(session=0, start=1, stop=3, raw=False), numbered(1, NOW[:2])),
    ("somehow", dict(), []),
]


@pytest.mark.parametrize("kind,question,answer", QUESTIONS, ids=[f"{k}-{q}" for k, q, _ in QUESTIONS])
def test_answers(sessions, kind, question, answer):
    assert sessions.history(kind, **question) == answer


def test_the_current_session_can_be_asked_for_by_its_number(tmp_path):
    """Where ipykernel answers with session 0, and jupyter_kernel_test expects what it has asked for."""
    with Session("martlet", tmp_path) as session:
        session.run("1")
        assert session.history("range", session=1, start=0) == [[1, 1, "1"]]


def test_results_of_earlier_sessions_are_kept(tmp_path):
    with Session("martlet", tmp_path) as earlier:
        earlier.run("1 + 1")
        earlier.run("let x = 2")
    with Session("martlet", tmp_path) as session:
        assert session.history("tail", n=2, output=True) == [[1, 1, ["1 + 1", "2"]], [1, 2, ["let x = 2", None]]]


def test_answers_while_a_cell_runs(tmp_path):
    with Session("martlet", tmp_path) as session:
        session.run("1")
        code = 'import Foundation\nprint("on")\nThread.sleep(forTimeInterval: 60)'
        cell = session.send(code)
        session.wait_for_text(Exchange(cell), "on")
        request = session.request("history_request", dict(hist_access_type="tail", n=2))
        answer = session.reply_to(request, limit=10)["content"]["history"]
        assert [entry[2] for entry in answer] == ["1", code]
        session.manager.interrupt_kernel()
        session.reply_to(cell)


def test_kernels_write_at_the_same_time(tmp_path):
    with Session("martlet", tmp_path) as one, Session("martlet", tmp_path) as two:
        for number in range(5):
            requests = [(kernel, kernel.send(f"{number}")) for kernel in (one, two)]
            for kernel, request in requests:
                assert kernel.collect(request).result == str(number)
        for kernel in (one, two):
            own = kernel.history("range", session=0, start=1)
            assert own == [[0, n + 1, str(n)] for n in range(5)]
            assert len(kernel.history("tail", n=100)) == 10


def test_only_the_owner_can_read_it(tmp_path):
    with Session("martlet", tmp_path) as session:
        session.run("1")
        assert session.history("tail", n=1) == [[1, 1, "1"]]
        folder = tmp_path / "martlet"
        assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_damaged_file_is_no_harm(tmp_path):
    (tmp_path / "martlet").mkdir()
    (tmp_path / "martlet" / "history.sqlite").write_bytes(b"this is no database\n" * 100)
    with Session("martlet", tmp_path) as session:
        assert session.run("1 + 1").result == "2"
        assert session.history("tail", n=9, output=True) == [[1, 1, ["1 + 1", "2"]]]

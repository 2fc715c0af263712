"""A JupyterLab of the test's own: its settings, its notebooks, its kernelspec, on a port of the loopback interface."""

import json
import os
import pathlib
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import nbformat
import psutil

ROOT = pathlib.Path(__file__).resolve().parents[2]
HOME = pathlib.Path(os.environ.get("MARTLET_HOME", ROOT / ".build" / "martlet"))
LIMIT = 60

SETTINGS = {
    # No news from the internet, and every cell in the page, seen or not.
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True},
    "notebook-extension/tracker": {"windowingMode": "none"},
    # A restart asks, as it does for everybody.
    "apputils-extension/sessionDialogs": {"skipKernelRestartDialog": False},
}


class Laboratory:
    """A server in a folder that is empty at first; everything it writes stays in there."""

    def __init__(self, folder):
        self.folder = folder
        self.notebooks = folder / "notebooks"
        self.token = secrets.token_hex(16)
        self.log = folder / "jupyterlab.log"

    def __enter__(self):
        self.notebooks.mkdir()
        for name, values in SETTINGS.items():
            path = self.folder / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(values))
        subprocess.run([HOME / "bin" / "martlet", "install", "--prefix", self.folder / "kernels"], check=True, stdout=subprocess.DEVNULL)
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(self.command, cwd=self.notebooks, env=self.environment, stdout=log, stderr=log)
        try:
            self.wait_until_it_answers()
        except BaseException:
            self.__exit__()
            raise
        return self

    @property
    def command(self):
        options = {
            "ServerApp.ip": "127.0.0.1", "ServerApp.port": self.port, "ServerApp.port_retries": 0, "ServerApp.open_browser": False,
            "ServerApp.root_dir": self.notebooks, "ServerApp.allow_root": True, "IdentityProvider.token": self.token,
            "LabApp.user_settings_dir": self.folder / "settings", "LabApp.workspaces_dir": self.folder / "workspaces",
            "KernelSpecManager.ensure_native_kernel": False, "KernelSpecManager.allowed_kernelspecs": "martlet",
        }
        return [sys.executable, "-m", "jupyterlab"] + [f"--{name}={value}" for name, value in options.items()]

    @property
    def environment(self):
        places = {
            "JUPYTER_PATH": self.folder / "kernels" / "share" / "jupyter", "JUPYTER_CONFIG_DIR": self.folder / "configuration",
            "JUPYTER_DATA_DIR": self.folder / "data", "JUPYTER_RUNTIME_DIR": self.folder / "runtime",
            "XDG_DATA_HOME": self.folder / "history",
        }
        return os.environ | {name: str(path) for name, path in places.items()} | {"JUPYTER_PLATFORM_DIRS": "1"}

    def wait_until_it_answers(self):
        end = time.monotonic() + LIMIT
        while time.monotonic() < end and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.address}/api?token={self.token}", timeout=2).close()
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise AssertionError(f"JupyterLab does not answer at {self.address}:\n{self.log.read_text()[-4000:]}")

    def __exit__(self, *unused):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def write(self, name, cells):
        """A notebook of code cells that has never been run."""
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in cells])
        notebook.metadata["kernelspec"] = {"name": "martlet", "display_name": "Martlet (Swift)", "language": "swift"}
        nbformat.write(notebook, self.notebooks / name)
        return name

    def copy(self, path):
        """A copy of a notebook without its outputs, so that what is seen was made here."""
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nbformat.write(notebook, self.notebooks / path.name)
        return path.name

    def processes(self):
        """The server and all that it has started: kernels, their workers and compilers."""
        server = psutil.Process(self.process.pid)
        return [server, *server.children(recursive=True)]

    def listening(self):
        """The addresses on which those processes can be reached."""
        found = set()
        for process in self.processes():
            try:
                found |= {c.laddr.ip for c in process.net_connections("inet") if c.status == psutil.CONN_LISTEN or c.type == socket.SOCK_DGRAM}
            except psutil.NoSuchProcess:
                continue
        return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def clean(folder):
    """An empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder

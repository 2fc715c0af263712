"""A kernel, its processes, and the files that it writes."""

import contextlib
import os
import pathlib
import time
import uuid

import psutil
from conversation import Conversation

# The processes of a session, by what their command lines contain.
ROLES = {"worker": "martlet-worker", "compiler": "swift-frontend", "helper": "martlet-intelligence"}


class KernelProblem(Exception):
    """A kernel that could not be reached, and what it said of that."""

    def __init__(self, log):
        super().__init__(log)
        self.log = log


class KernelEnded(KernelProblem):
    """It ended before it answered."""


class KernelSilent(KernelProblem):
    """It lives and does not answer."""


class SoakedKernel(Conversation):
    """A conversation with a kernel that has a folder for temporary files of its own, and a mark by which all that it starts is known."""

    def __init__(self, folder, temporary=None, environment=(), patience=60, **options):
        self.mark = uuid.uuid4().hex
        self.temporary = pathlib.Path(temporary or folder / f"tmp-{self.mark[:8]}")
        self.temporary.mkdir(exist_ok=True)
        self.log = folder / f"kernel-{self.mark[:8]}.log"
        places = {"TMPDIR": str(self.temporary), "XDG_DATA_HOME": str(folder / "data")}
        self.environment = os.environ | places | {"MARTLET_SOAK_MARK": self.mark} | dict(environment)
        self.patience = patience
        self.start_options = options

    def __enter__(self):
        self.stderr = open(self.log, "w")
        self.options = {}
        manager_options = {"env": self.environment, "stderr": self.stderr} | self.start_options
        from jupyter_client.manager import KernelManager

        self.manager = KernelManager(kernel_name="martlet")
        self.started = time.monotonic()
        self.manager.start_kernel(**manager_options)
        self.client = self.manager.client()
        self.client.start_channels()
        try:
            self.client.wait_for_ready(timeout=self.patience)
        except RuntimeError as error:
            problem = KernelSilent if self.manager.is_alive() else KernelEnded
            self.__exit__()
            raise problem(self.log.read_text()) from error
        self.ready = time.monotonic()
        self.drain()
        return self

    def __exit__(self, *unused):
        super().__exit__()
        self.stderr.close()

    # Processes

    @property
    def process(self):
        return psutil.Process(self.manager.provisioner.process.pid)

    def child(self, role):
        """The session's worker, compiler or helper; `None` while there is none."""
        for child in self.process.children():
            with contextlib.suppress(psutil.Error):
                if any(ROLES[role] in word for word in child.cmdline()[:1]):
                    return child
        return None

    def wait_for(self, role):
        return wait_until(lambda: self.child(role), f"a {role}")

    def family(self):
        """Role to process, of those that live."""
        family = {"kernel": self.process} | {role: self.child(role) for role in ROLES}
        return {role: process for role, process in family.items() if process}

    def all_processes(self):
        """Whatever carries the kernel's mark in its environment, wherever it has gone."""
        return marked_processes(self.mark)

    def condition(self):
        """What the processes do, for a message: their state, CPU time and threads, and the threads' states and system calls."""
        lines = []
        for role, process in self.family().items():
            times = process.cpu_times()
            lines.append(f"{role}: {process.status()}, {times.user:.1f} s user, {times.system:.1f} s system, {process.num_threads()} threads")
            for thread in sorted(pathlib.Path(f"/proc/{process.pid}/task").iterdir(), key=lambda path: int(path.name))[-8:]:
                with contextlib.suppress(OSError):
                    state = (thread / "stat").read_text().rpartition(")")[2].split()[0]
                    lines.append(f"  {(thread / 'comm').read_text().strip()}: {state}, {(thread / 'syscall').read_text().strip()}")
        return "\n".join(lines)

    def memory(self):
        """Resident megabytes by role."""
        return {role: round(process.memory_info().rss / 1e6, 1) for role, process in self.family().items()}

    def descriptors(self):
        """Open file descriptors by role."""
        return {role: process.num_fds() for role, process in self.family().items()}

    def cpu(self):
        """Seconds of CPU time used so far: by the family, and by the tools that the kernel has started and waited for."""
        total = 0.0
        for role, process in self.family().items():
            times = process.cpu_times()
            total += times.user + times.system
            if role == "kernel":
                total += times.children_user + times.children_system
        return total

    # Files

    def files(self):
        """How many files there are in the kernel's temporary folder, and their size in bytes."""
        sizes = []
        for path in self.temporary.rglob("*"):
            with contextlib.suppress(OSError):
                if path.is_file():
                    sizes.append(path.stat().st_size)
        return len(sizes), sum(sizes)

    def cell_folder(self):
        (folder,) = self.temporary.glob("martlet-*")
        return folder

    # Cells

    def succeeds(self, code):
        """Runs a cell that must not fail; returns what it shows."""
        exchange = self.run(code)
        assert exchange.content["status"] == "ok", f"{code}\n{exchange.content}"
        return exchange.result

    def fails(self, code):
        """Runs a cell that must fail; returns the reply's content."""
        content = self.run(code).content
        assert content["status"] == "error", code
        assert content["ename"] and content["evalue"], content
        return content


def marked_processes(mark):
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.pid != os.getpid() and process.status() != psutil.STATUS_ZOMBIE and process.environ().get("MARTLET_SOAK_MARK") == mark:
                found.append(process)
    return found


def names(processes):
    """Their names. One that ended since it was listed has none any more, and is left out."""
    found = []
    for process in processes:
        with contextlib.suppress(psutil.Error):
            found.append(process.name())
    return found


def wait_until(condition, what, limit=15):
    end = time.monotonic() + limit
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.02)
    raise AssertionError(f"{what} is still awaited after {limit} s")

"""Kernels whose files are all in a folder of the test's own, and a report of what was measured."""

import os
import pathlib
import subprocess
import sys
import tempfile

import parameters
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
HOME = pathlib.Path(os.environ.get("MARTLET_HOME", ROOT / ".build" / "martlet"))
MARTLET = HOME / "bin" / "martlet"
REPORT = pathlib.Path(os.environ.get("MARTLET_SOAK_REPORT", ROOT / ".build" / "soak-report.txt"))

sys.path.insert(0, str(ROOT / "Tests" / "Conformance"))

from kernels import SoakedKernel  # noqa: E402: it needs the path above


def pytest_configure(config):
    if not MARTLET.exists():
        raise pytest.UsageError(f"{MARTLET} is not there: run `make build` first")
    config.soak_folder = tempfile.TemporaryDirectory(prefix="soak-")
    config.soak_lines = []
    REPORT.unlink(missing_ok=True)
    prefix = pathlib.Path(config.soak_folder.name)
    subprocess.run([MARTLET, "install", "--prefix", prefix], check=True, stdout=subprocess.DEVNULL)
    os.environ["JUPYTER_PATH"] = str(prefix / "share" / "jupyter")
    os.environ["JUPYTER_RUNTIME_DIR"] = str(prefix / "runtime")
    os.environ["JUPYTER_PLATFORM_DIRS"] = "1"


def pytest_unconfigure(config):
    if hasattr(config, "soak_folder"):
        config.soak_folder.cleanup()


def pytest_report_header():
    return f"soak: seed {parameters.SEED}, " + ", ".join(f"{parameters.count(name)} {name}" for name in parameters.COUNTS)


def pytest_terminal_summary(terminalreporter, config):
    if not config.soak_lines:
        return
    terminalreporter.section("measured")
    for line in config.soak_lines:
        terminalreporter.write_line(line)
    terminalreporter.write_line(f"also in {REPORT}")


@pytest.fixture
def report(request):
    """Keeps a line for the summary, and at once in the file: a long test may be watched, and cut short."""

    def report(line):
        line = f"{request.node.name.removeprefix('test_')}: {line}"
        request.config.soak_lines.append(line)
        with open(REPORT, "a") as file:
            print(line, file=file)

    return report


@pytest.fixture
def start_kernel(tmp_path):
    """Starts kernels that write nowhere but below the test's folder, and ends them."""
    kernels = []

    def start(**options):
        kernels.append(SoakedKernel(tmp_path, **options))
        return kernels[-1].__enter__()

    yield start
    for kernel in kernels:
        kernel.__exit__()


@pytest.fixture
def kernel(start_kernel):
    return start_kernel()

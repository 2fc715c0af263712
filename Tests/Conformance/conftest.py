"""Installs the kernelspec into a temporary prefix, and hands running kernels to the tests."""

import os
import pathlib
import shutil
import subprocess
import tempfile

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
HOME = pathlib.Path(os.environ.get("MARTLET_HOME", ROOT / ".build" / "martlet"))
MARTLET = HOME / "bin" / "martlet"


def pytest_configure(config):
    if not MARTLET.exists():
        raise pytest.UsageError(f"{MARTLET} is not there: run `make build` first")
    prefix = tempfile.mkdtemp(prefix="martlet-conformance-")
    config.martlet_prefix = prefix
    subprocess.run([MARTLET, "install", "--prefix", prefix], check=True, stdout=subprocess.DEVNULL)
    # Set before any client looks for kernels; the classes of jupyter_kernel_test do so outside of fixtures.
    os.environ["JUPYTER_PATH"] = os.path.join(prefix, "share", "jupyter")
    os.environ["JUPYTER_PLATFORM_DIRS"] = "1"
    # What the tests run does not belong into anybody's history.
    os.environ["XDG_DATA_HOME"] = os.path.join(prefix, "data")


def pytest_unconfigure(config):
    shutil.rmtree(getattr(config, "martlet_prefix", ""), ignore_errors=True)


@pytest.fixture(scope="module")
def kernel():
    """One kernel for all tests of a file."""
    from conversation import Conversation

    with Conversation() as conversation:
        yield conversation


@pytest.fixture
def fresh_kernel():
    """A kernel of the test's own, for tests that end it or change how it answers."""
    from conversation import Conversation

    with Conversation() as conversation:
        yield conversation

"""`martlet doctor` on an installation that is well, and on copies of it that are not."""

import os
import re
import shutil
import subprocess

import pytest
from conftest import HOME, MARTLET


def doctor(program=MARTLET, **environment):
    """The exit status, and the checks by their names: what was found, and what is to be done where all is not well."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("MARTLET_")}
    run = subprocess.run([program, "doctor"], capture_output=True, text=True, timeout=120, env=known | environment)
    checks = {}
    for line in run.stdout.splitlines():
        if found := re.match("[✓✗] ([^:]+): (.*)", line):
            name = found[1]
            checks[name] = (found[2], None)
        else:
            checks[name] = (checks[name][0], line.strip())
    return run.returncode, checks


def wrong(checks):
    return {name for name, (_, remedy) in checks.items() if remedy}


@pytest.fixture
def copy(tmp_path):
    """An installation to break."""
    return shutil.copytree(HOME, tmp_path / "copy", symlinks=True)


def test_nothing_is_wrong():
    status, checks = doctor()
    assert (status, wrong(checks)) == (0, set()), checks
    assert {"toolchain", "linker", "installation", "worker", "a cell", "Jupyter"} <= set(checks)


def test_no_toolchain(tmp_path):
    status, checks = doctor(MARTLET_TOOLCHAIN=str(tmp_path))
    assert (status, wrong(checks)) == (1, {"toolchain", "a cell"})
    finding, remedy = checks["toolchain"]
    assert str(tmp_path) in finding and "PATH" in remedy


def test_a_path_without_a_toolchain(tmp_path):
    """As a desktop has it that starts Jupyter: the toolchain that built Martlet is found by its recorded folder."""
    status, checks = doctor(PATH=str(tmp_path))
    assert not wrong(checks) & {"toolchain", "a cell"}


def test_a_toolchain_that_does_not_run(tmp_path):
    status, checks = doctor(MARTLET_TOOLCHAIN=str(toolchain(tmp_path, "exit 1")))
    assert status == 1 and "does not run" in checks["toolchain"][0]


def test_another_toolchain(tmp_path):
    status, checks = doctor(MARTLET_TOOLCHAIN=str(toolchain(tmp_path, "echo 'Swift version 6.3.9 (local)'")))
    assert status == 1
    finding, remedy = checks["toolchain"]
    assert "6.3.9" in finding and (HOME / "lib/martlet/toolchain-version").read_text().splitlines()[0] in finding
    assert "build" in remedy


def toolchain(folder, frontend):
    """A folder that looks like a toolchain and whose compiler does as a line of shell says."""
    library = folder / "lib" / "swift" / "linux" / os.uname().machine
    library.mkdir(parents=True)
    (library / "swiftrt.o").touch()
    program = folder / "bin" / "swift-frontend"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{frontend}\n")
    program.chmod(0o755)
    return folder


def test_no_worker(copy):
    (copy / "lib/martlet/martlet-worker").unlink()
    status, checks = doctor(copy / "bin/martlet")
    assert (status, wrong(checks)) == (1, {"installation", "a cell"})


def test_a_worker_that_may_not_run(copy):
    (copy / "lib/martlet/martlet-worker").chmod(0o644)
    status, checks = doctor(copy / "bin/martlet")
    assert (status, wrong(checks)) == (1, {"worker", "a cell"})


def test_a_toolkit_that_does_not_load(copy):
    (copy / "lib/martlet/libMartlet.so").write_bytes(b"")
    status, checks = doctor(copy / "bin/martlet")
    assert (status, wrong(checks)) == (1, {"worker", "a cell"})
    assert "libMartlet.so" in checks["worker"][0]


def test_no_logos(copy):
    shutil.rmtree(copy / "lib/martlet/kernelspec")
    status, checks = doctor(copy / "bin/martlet")
    assert status == 1 and "kernelspec" in checks["installation"][0]

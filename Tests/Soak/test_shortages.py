"""What a session needs and does not get: each time a clear error, and a session that goes on when it is there again."""

import contextlib
import os
import pathlib
import resource
import shutil
import subprocess

import pytest
from kernels import KernelEnded, KernelSilent


def toolchain():
    """The folder of the toolchain that is first in the path."""
    return pathlib.Path(os.path.realpath(shutil.which("swift"))).parent.parent


def limited(**limits):
    """For `preexec_fn`: sets soft and hard limits, such as `NOFILE=40`."""

    def apply():
        for name, value in limits.items():
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (value, value))

    return apply


# Disk

@pytest.fixture
def small_disk(tmp_path):
    """A folder on a file system of eight megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "martlet-soak", folder], capture_output=True, text=True)
    if mounted.returncode != 0:
        pytest.skip(f"mounting a small file system needs root: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder, leaving=0):
    """Fills a file system, but for some kilobytes."""
    with open(folder / "filler", "wb", buffering=0) as filler, contextlib.suppress(OSError):
        while True:
            filler.write(bytes(65536))
    with open(folder / "filler", "rb+") as filler:
        filler.truncate(max(0, os.fstat(filler.fileno()).st_size - 1024 * leaving))


@pytest.mark.parametrize("leaving", [0, 4, 12, 24, 48])
def test_a_full_disk(start_kernel, small_disk, leaving):
    """However little is left, so that source, object and library each are the first that does not fit."""
    kernel = start_kernel(temporary=small_disk)
    kernel.succeeds("import Foundation\nvar kept = [1, 2, 3]\nfunc twice(_ n: Int) -> Int { 2 * n }")
    fill(small_disk, leaving)
    # A short text that makes a large object.
    content = kernel.fails("\n".join(f"func f{n}<T: Comparable>(_ a: [T]) -> [[T]] {{ a.sorted().map {{ [$0, $0] }} }}" for n in range(9)) + "\nf3([3, 1]).count + f4([2.5]).count")
    print(leaving, content["ename"], content["evalue"])
    assert f"There is no space left in {small_disk}" in content["evalue"], content
    for again in ("func twice(_ n: Int) -> [Int] { [n, n] }", "let kept = 1.5", "kept.count"):
        assert f"There is no space left in {small_disk}" in kernel.fails(again)["evalue"], "a cell that would take an earlier one's place"
    (small_disk / "filler").unlink()
    assert kernel.succeeds("twice(kept.count)") == "6"
    kernel.succeeds("let more = 1")
    assert kernel.succeeds("more + kept[2]") == "4"


def test_a_disk_that_is_full_from_the_beginning(start_kernel, small_disk):
    fill(small_disk)
    kernel = start_kernel(temporary=small_disk)
    content = kernel.fails("1 + 1")
    assert "space" in content["evalue"].lower(), content
    (small_disk / "filler").unlink()
    assert kernel.run("1 + 1").content["status"] in ("ok", "error")
    assert kernel.succeeds("1 + 1") == "2"


def test_a_limit_on_the_size_of_files(start_kernel):
    """`ulimit -f`, as some batch systems set it; exceeding it is a signal that ends whoever does not expect it."""
    kernel = start_kernel(preexec_fn=limited(FSIZE=40_000))
    content = kernel.fails("let long = \"" + "x" * 60_000 + "\"")
    print(content["ename"], content["evalue"])
    assert "ulimit -f" in content["evalue"], content
    assert kernel.succeeds("let a = 40\na + 2") == "42"
    content = kernel.fails('import Foundation\ntry Data(count: 100_000).write(to: URL(fileURLWithPath: NSTemporaryDirectory() + "large"))')
    assert content["ename"] != "WorkerDied", "a cell's file that becomes too large is the cell's error"
    assert kernel.succeeds("a") == "40"


# The cell folder

@pytest.mark.parametrize("how", ["deleted", "unwritable"])
def test_a_missing_cell_folder(kernel, how):
    """Something tidies /tmp while the session runs."""
    kernel.succeeds("import Foundation\nvar kept = [1, 2, 3]\nfunc twice(_ n: Int) -> Int { 2 * n }")
    folder = kernel.cell_folder()
    if how == "deleted":
        # The compiler may still be writing there.
        shutil.rmtree(folder, ignore_errors=True)
    elif os.getuid() == 0:
        pytest.skip("root may write anywhere")
    else:
        folder.chmod(0o500)
    exchange = kernel.run("let next = 1")
    if how == "deleted":
        assert exchange.content["status"] == "ok" and "nothing is lost" in exchange.text("stderr"), exchange.text("stderr")
        assert kernel.succeeds("kept.append(4)\ntwice(kept.count)") == "8", "earlier variables and functions go on"
        assert "In[1]" not in kernel.fails("kept[17]")["evalue"]
        assert kernel.succeeds("next + kept[3]") == "5"
    else:
        assert str(folder) in exchange.content["evalue"], exchange.content
    if how == "unwritable":
        folder.chmod(0o700)
    assert kernel.run("40 + 2").result == "42", "cells run again"
    kernel.succeeds("let after = 1")
    assert kernel.succeeds("after + 1") == "2"


# The toolchain

def test_a_kernel_without_a_toolchain(start_kernel, tmp_path):
    link = tmp_path / "toolchain"
    kernel = start_kernel(environment={"MARTLET_TOOLCHAIN": str(link)})
    content = kernel.fails("1 + 1")
    assert "No Swift toolchain" in content["evalue"] and str(link) in content["evalue"], content
    assert any("martlet doctor" in line for line in content["traceback"])
    link.symlink_to(toolchain())
    kernel.run("1 + 1")
    assert kernel.succeeds("1 + 1") == "2", "the toolchain was installed meanwhile"


def test_a_toolchain_that_goes_away(start_kernel, tmp_path):
    link = tmp_path / "toolchain"
    link.symlink_to(toolchain())
    kernel = start_kernel(environment={"MARTLET_TOOLCHAIN": str(link)})
    kernel.succeeds("let kept = 1")
    link.unlink()
    compiler = kernel.child("compiler")
    if compiler:
        compiler.kill()
    content = kernel.fails("kept + 1")
    print(content["evalue"])
    assert str(link) in content["evalue"], content
    link.symlink_to(toolchain())
    assert kernel.succeeds("kept + 1") == "2"


# File descriptors

def test_a_cell_that_uses_up_the_descriptors(kernel):
    kernel.succeeds("import Foundation\nlet kept = 1\nvar opened: [Int32] = []")
    kernel.succeeds('while true { let one = open("/dev/null", O_RDONLY); if one < 0 { break }; opened.append(one) }\nprint(opened.count)')
    assert kernel.succeeds("kept + 1") == "2", "the cells that could close them still run"
    assert "Index out of range" in kernel.fails("[1][opened.count]")["evalue"]
    kernel.succeeds("for one in opened { close(one) }")
    assert kernel.succeeds("kept + 2") == "3"


@pytest.mark.parametrize("descriptors", [24, 32, 40, 48, 64, 128])
def test_a_kernel_with_few_descriptors(start_kernel, descriptors):
    """It says what is missing, or it works."""
    try:
        kernel = start_kernel(preexec_fn=limited(NOFILE=descriptors), patience=10)
    except (KernelEnded, KernelSilent) as problem:
        assert f"Only {descriptors} files may be open here" in problem.log, problem.log
        return
    exchange = kernel.run("1 + 1")
    print(descriptors, exchange.content.get("evalue"), exchange.result)
    if exchange.content["status"] == "error":
        assert f"Only {descriptors} files may be open here" in kernel.log.read_text(), exchange.content
        return
    assert kernel.fails("let zero = [1].count - 1\n1 / zero")["ename"]
    kernel.succeeds("2 + 2")
    assert kernel.manager.is_alive()


# Memory

def test_a_cell_that_asks_for_a_terabyte(kernel):
    kernel.succeeds("import Foundation\nlet kept = 1")
    for code in ("[UInt8](repeating: 1, count: 1 << 42)", "UnsafeMutableRawPointer.allocate(byteCount: 1 << 45, alignment: 16)", "Data(count: 1 << 44).count"):
        content = kernel.fails(code)
        print(content["ename"], content["evalue"])
        assert content["ename"] == "Trap", content
        assert kernel.succeeds("kept") == "1"


def test_a_cell_that_uses_up_a_limited_memory(kernel):
    kernel.succeeds("import Foundation\nlet kept = 1\nvar hoard: [[UInt8]] = []")
    kernel.succeeds("""
var limit = rlimit()
getrlimit(__rlimit_resource_t(9), &limit)
let pages = Int(try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")[0])!
limit.rlim_cur = UInt(pages * 4096) + 1_500_000_000
setrlimit(__rlimit_resource_t(9), &limit)
""")
    content = kernel.fails("while true { hoard.append([UInt8](repeating: 1, count: 10_000_000)) }")
    print(content["ename"], content["evalue"])
    assert content["ename"] == "Trap", content
    assert kernel.fails("while true { hoard.append([UInt8](repeating: 1, count: 4096)) }")["ename"] == "Trap"
    for _ in range(3):
        assert kernel.succeeds("kept") == "1", "cells that need little memory run"
    kernel.succeeds("hoard = []")
    assert kernel.succeeds("[UInt8](repeating: 1, count: 10_000_000).count") == "10000000"


def test_a_kernel_with_little_memory(start_kernel):
    """The compiler needs some; who limits it too much is told so."""
    kernel = start_kernel(preexec_fn=limited(AS=1_200_000_000))
    exchange = kernel.run("1 + 1")
    print(exchange.content.get("ename"), exchange.content.get("evalue"), exchange.result)
    assert exchange.content["status"] in ("ok", "error")
    assert kernel.manager.is_alive()

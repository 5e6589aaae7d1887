"""Code that ends its own process: the cell says so, and Jupyter gets a kernel that has ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Iterator

import pytest
from conftest import KERNEL, Kernel
from jupyter_client.manager import start_new_kernel


# So that running out of memory takes a second, not the machine's memory.
SMALL_HEAP = {**os.environ, "NODE_OPTIONS": "--max-old-space-size=200"}


@pytest.fixture()
def fresh(tmp_path: Path) -> Iterator[Kernel]:
    with (tmp_path / "log").open("w") as log:
        manager, client = start_new_kernel(
            kernel_name=KERNEL, cwd=str(tmp_path), stderr=log, env=SMALL_HEAP
        )
        yield Kernel(manager, client)
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def ends(kernel: Kernel) -> int:
    return kernel.manager.provisioner.process.wait(timeout=10)


@pytest.mark.parametrize(
    ("code", "ename", "words"),
    [
        ("process.abort()", "KernelCrashed", "native code ended the process"),
        (
            "process.kill(process.pid, 'SIGKILL'); for (;;) {}",
            "KernelCrashed",
            "" if sys.platform == "win32" else "killed from outside",
        ),
        (
            "const kept: object[] = []; for (;;) { kept.push(new Array(100_000).fill(0.5)); }",
            "OutOfMemory",
            "more memory than JavaScript may use",
        ),
    ],
    ids=["native abort", "killed", "out of memory"],
)
def test_a_crash_is_the_cells_error(fresh: Kernel, code: str, ename: str, words: str) -> None:
    fresh.ok("const before = 1;")
    crashing = fresh.client.execute(code)
    waiting = fresh.client.execute("'never run'")
    result = fresh.collect(crashing)
    assert (result.reply["status"], result.reply["ename"]) == ("error", ename)
    assert words in result.reply["evalue"]
    assert "All variables are lost" in result.reply["evalue"]
    assert [c["ename"] for c in result.of_type("error")] == [ename]
    assert fresh.collect(waiting).reply["status"] == "aborted"
    assert ends(fresh) != 0


def test_a_crash_between_cells_is_printed_in_the_one_that_ran_last(fresh: Kernel) -> None:
    msg_id = fresh.client.execute("setTimeout(() => process.abort(), 300);")
    fresh.collect(msg_id)
    while True:
        message = fresh.client.get_iopub_msg(timeout=10)
        if message["msg_type"] == "stream":
            break
    assert message["parent_header"]["msg_id"] == msg_id
    assert "KernelCrashed: native code ended the process" in message["content"]["text"]
    assert ends(fresh) != 0


def test_after_a_crash_the_restarted_kernel_is_whole(fresh: Kernel) -> None:
    fresh.run("process.abort()")
    ends(fresh)
    fresh.manager.restart_kernel(now=True)
    fresh.client.wait_for_ready(timeout=60)
    assert fresh.ok("1 + 1").value == "2"


@pytest.mark.skipif(sys.platform == "win32", reason="looks up processes the POSIX way")
@pytest.mark.parametrize("code", ["1", "for (;;) {}"], ids=["idle", "in a loop"])
def test_when_the_server_is_killed_the_users_code_ends_too(fresh: Kernel, code: str) -> None:
    user = int(fresh.ok("process.pid").value)
    fresh.client.execute(code)
    time.sleep(0.5)
    assert is_alive(user)
    fresh.manager.provisioner.process.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and is_alive(user):
        time.sleep(0.05)
    assert not is_alive(user)


def is_alive(pid: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True)
    # Z: it has ended, and nobody has asked for its exit code yet.
    return state.stdout.strip() != "" and not state.stdout.strip().startswith("Z")
